import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { decimal, month as monthField, recordNo, yesNo } from '#bot/fact-fields';
import { freeText, money, orderNo, personRef } from '#bot/fields';
import { payIfCard } from '#cards/pay-if-card';
import { findOrder } from '#db/orders';
import { shippedSoFar } from '#db/pay-sources';
import { UserError } from '#domain/errors';
import { formatYuan, multiply, ratio } from '#domain/money';
import type { Facts } from '#domain/pay/facts';
import { settleWhatIsKnown } from '#domain/pay/partial';
import { PayProblemFound } from '#domain/pay/problem';
import { rewardStatement } from '#domain/pay/reward-statement';
import type { SchemeVersion } from '#domain/pay/scheme';
import type { SettleOptions } from '#domain/pay/settle';
import { applyChange, compareSettlements, type FactChange, factChangeSchema } from '#domain/pay/what-if';
import { join, say, type Text } from '#domain/text';
import { settingsOf } from '#usecases/facts/collect';
import { amountOf } from '#usecases/facts/orders';
import { uses } from '#usecases/facts/source';
import { optionsOf, versionOf } from '#usecases/pay/compute';
import { demandBegun, demandPayee, noteAsk } from './access.ts';
import { wholeNumber } from './fields.ts';
import { demandEstimate } from './show.ts';

const changes = [
  'score',
  'kpi',
  'order',
  'sales',
  'fee',
  'without',
  'attended',
  'overtime',
  'nights',
  'conduct',
  'compliance',
  'declarations',
];

interface Assumption {
  change: FactChange;
  said: Text;
}

/** `/pay if …`: the month with other facts. A closed set of changes; nothing is stored. */
export const payIf = defineCommand({
  name: 'pay if',
  aliases: ['工资 如果', '工资 假设'],
  summary: {
    zh: '如果考核 95 分、再出一单、撤掉一条事件……会是多少',
    en: 'what if: another score, one more order, an incident withdrawn',
  },
  example: { zh: '/工资 如果 得分=95 订单=SO-1001', en: '/pay if score=95 order=SO-1001' },
  roles: 'everyone',
  answers: 'private',
  atLeastOne: changes,
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    score: decimal(1, '95')
      .optional()
      .meta({ keys: ['得分', '分数'], label: { zh: '考核得分', en: 'score' } }),
    kpi: freeText(60)
      .optional()
      .meta({ label: { zh: '考核项得分', en: 'criterion' }, placeholder: say('KPI-3:95', 'KPI-3:95') }),
    order: orderNo.optional().meta({ keys: ['出货', 'ship'], label: { zh: '订单', en: 'order' } }),
    sales: money.optional().meta({ keys: ['多销售'], label: { zh: '多出的销售额', en: 'more sales' } }),
    fee: money.optional().meta({ keys: ['多加工费'], label: { zh: '多出的加工费', en: 'more processing fee' } }),
    without: recordNo.optional().meta({ keys: ['撤回', '事件'], label: { zh: '撤回事件', en: 'without incident' } }),
    attended: decimal(2, '168')
      .optional()
      .meta({ keys: ['实出勤', '出勤'], label: { zh: '实出勤工时', en: 'attended' } }),
    overtime: decimal(2, '20')
      .optional()
      .meta({ keys: ['加班'], label: { zh: '加班工时', en: 'overtime' } }),
    nights: wholeNumber.optional().meta({ keys: ['夜班'], label: { zh: '夜班次数', en: 'nights' } }),
    conduct: yesNo.optional().meta({ keys: ['表现'], label: { zh: '表现良好', en: 'good conduct' } }),
    compliance: yesNo.optional().meta({ keys: ['规范'], label: { zh: '按规范按时', en: 'by the rules' } }),
    declarations: wholeNumber
      .optional()
      .meta({ keys: ['报关单', '多报关'], label: { zh: '多几票报关', en: 'more declarations' } }),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' }, hidden: true }),
  }),

  async run(ctx, { month: asked, person: who, ...given }) {
    const person = await demandPayee(ctx, 'see', who);
    const month = demandBegun(ctx, asked ?? ctx.today.slice(0, 7));
    await noteAsk(ctx, 'if', person, month);
    const { facts, collected } = await demandEstimate(ctx, person, month);
    const version = collected.person.version && versionOf(collected.person.version, collected.person.kind);
    if (!facts || !version)
      throw new UserError(
        'pay.no-facts',
        say('登记的事实有矛盾，还不能试算。', 'The recorded facts contradict each other.'),
        say(`看看矛盾在哪里：/工资 为什么 ${month}；由财务更正`, `See where: /pay why ${month}; finance corrects it`),
      );

    const assumed: Assumption[] = [];
    const assume = (change: unknown, said: Text) => assumed.push({ change: readChange(change, said), said });
    if (given.score)
      assume({ change: 'score', score: given.score }, say(`考核 ${given.score} 分`, `the score is ${given.score}`));
    if (given.kpi) {
      const [criterion = '', score = ''] = given.kpi
        .normalize('NFKC')
        .split(/[:=]/)
        .map((part) => part.trim());
      assume(
        { change: 'criterion', criterion: criterion.toUpperCase(), score },
        say(`${criterion} ${score} 分`, `${criterion} is ${score}`),
      );
    }
    if (given.order) assumed.push(...(await shipping(given.order)));
    if (given.sales !== undefined)
      assumed.push({
        change: { change: 'more-sales', amount: given.sales },
        said: say(`销售额多 ${formatYuan(given.sales)}`, `sales are ${formatYuan(given.sales)} more`),
      });
    if (given.fee !== undefined)
      assumed.push({
        change: { change: 'more-processing', amount: given.fee },
        said: say(`加工费多 ${formatYuan(given.fee)}`, `the processing fee is ${formatYuan(given.fee)} more`),
      });
    if (given.without !== undefined) {
      const isFault = facts.faults?.some(({ id }) => id === `${given.without}`) ?? false;
      assume(
        { change: isFault ? 'without-fault' : 'without-incident', id: `${given.without}` },
        say(`撤回事件 #${given.without}`, `incident #${given.without} is withdrawn`),
      );
    }
    if (given.attended)
      assume(
        { change: 'attended', hours: given.attended },
        say(`实出勤 ${given.attended} 小时`, `${given.attended} hours attended`),
      );
    if (given.overtime)
      assume(
        { change: 'overtime', hours: given.overtime },
        say(`加班 ${given.overtime} 小时`, `${given.overtime} overtime hours`),
      );
    if (given.nights)
      assume({ change: 'nights', nights: given.nights }, say(`夜班 ${given.nights} 次`, `${given.nights} nights`));
    for (const flag of ['conduct', 'compliance'] as const)
      if (given[flag])
        assume(
          { change: flag, met: given[flag] === 'yes' },
          flag === 'conduct'
            ? say(`表现良好：${given[flag] === 'yes' ? '是' : '否'}`, `good conduct: ${given[flag]}`)
            : say(`按规范按时：${given[flag] === 'yes' ? '是' : '否'}`, `by the rules: ${given[flag]}`),
        );
    if (given.declarations)
      assume(
        { change: 'more-declarations', count: given.declarations, date: `${month}-01` },
        say(`多 ${given.declarations} 票报关`, `${given.declarations} more declarations`),
      );

    const options = optionsOf(collected.inputs);
    const before = settleWhatIsKnown(facts, version, options);
    const hoped = changed(facts, assumed);
    const after = settleWhatIsKnown(hoped, version, options);
    const [was, would] = [facts, hoped].map((each) => yearlyReward(each, version, options));
    return {
      card: payIfCard({
        person,
        month,
        other: person.id !== ctx.actor.id,
        what: assumed.map(({ said }) => said),
        result: {
          ...compareSettlements(before.settlement, after.settlement),
          beforeFen: before.settlement.totalFen,
          afterFen: after.settlement.totalFen,
        },
        partial: after.open.length > 0 || collected.problems.length > 0,
        yearly: was && would && { beforeFen: was.earnedFen, afterFen: would.earnedFen, payBy: would.payBy },
      }),
    };

    /** One more order shipped: what of it has not left yet. */
    async function shipping(no: string): Promise<Assumption[]> {
      const order = await findOrder(ctx.tx, no);
      if (!order || order.merchandiserId !== person.id)
        throw new UserError(
          'pay.not-your-order',
          say(`没有找到你跟的订单 ${no}。`, `There is no order ${no} of yours.`),
          say('你手上的订单：/订单 列表', 'Your orders: /order list'),
        );
      const left = order.qty - ((await shippedSoFar(ctx.tx, [order.id])).get(order.id) ?? 0);
      const settings = await settingsOf(ctx.tx, month);
      return (
        [
          ['sales', 'amountFen', 'more-sales'],
          ['processingFee', 'processingFeeFen', 'more-processing'],
        ] as const
      ).flatMap(([measure, column, change]): Assumption[] => {
        const whole = uses(version, measure) ? amountOf(order, column, { settings }, []) : undefined;
        if (whole === undefined || left <= 0) return [];
        const amount = multiply(whole, ratio(BigInt(left), BigInt(order.qty)));
        return [
          {
            change: { change, amount },
            said: say(`订单 ${no} 其余 ${left}${order.unit} 出货`, `the other ${left} of order ${no} ship`),
          },
        ];
      });
    }
  },
});

const EXAMPLES = say(
  '可以这样问：/工资 如果 得分=95；/工资 如果 订单=SO-1001；全部写法：/帮助 工资 如果',
  'Ask like: /pay if score=95; /pay if order=SO-1001; all ways: /help pay if',
);

function readChange(change: unknown, said: Text): FactChange {
  const read = factChangeSchema.safeParse(change);
  if (read.success) return read.data;
  throw new UserError(
    'pay.if',
    join([say('这个假设不可能：', 'This cannot be assumed: '), said]),
    join([
      say('得分是 0 到 100，工时、夜班、票数不小于 0。', 'Scores are 0 to 100; hours, nights and counts at least 0. '),
      EXAMPLES,
    ]),
  );
}

/** The reward of the year so far; undefined without one, or while its facts are missing. */
const yearlyReward = (facts: Facts, version: SchemeVersion, options: SettleOptions) =>
  facts.declarations && facts.faults ? rewardStatement(facts, version, options) : undefined;

function changed(facts: Facts, assumed: readonly Assumption[]): Facts {
  try {
    return assumed.reduce((sofar, { change }) => applyChange(sofar, change), facts);
  } catch (error) {
    if (!(error instanceof PayProblemFound)) throw error;
    const [problem] = error.problems;
    throw new UserError('pay.if', problem!.text, EXAMPLES);
  }
}
