import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField, yesNo } from '#bot/fact-fields';
import { choice, freeText } from '#bot/fields';
import { saidIn } from '#bot/said';
import { paySettingsCard } from '#cards/pay-settings-card';
import { isLocked } from '#db/locked-months';
import { addPaySetting, paySettingsIn } from '#db/pay-facts';
import { peopleByIds } from '#db/people';
import { putSetting, setting } from '#db/settings';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import {
  choiceNames,
  companySettingProblem,
  figureNames,
  readContributions,
  readPairs,
} from '#domain/pay/company-settings';
import { type ChoiceName, choices, defaultSettings } from '#domain/pay/settings';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { DEFAULT_OBJECTION_DAYS, OBJECTION_DAYS } from '#usecases/pay/open';
import { demandAct, LINE_SEES_PAY } from './access.ts';
import { wholeNumber } from './fields.ts';

const answers = (name: ChoiceName) =>
  Object.entries(choices[name].answers as Record<string, { zh: string; en: string }>).map(([value, label]) => ({
    value,
    label,
  }));
const question = (name: ChoiceName) => choices[name].question as { zh: string; en: string };

/** One select for each choice of domain section 9. */
const choiceShape = Object.fromEntries(
  choiceNames.map((name) => [
    name,
    choice(answers(name))
      .optional()
      .meta({ label: question(name) }),
  ]),
);

const figure = (name: keyof typeof figureNames, keys: string[], label: { zh: string; en: string }) =>
  freeText(20).optional().meta({ keys, label, placeholder: figureNames[name] });

/** `/pay settings …`: what the company decided where the documents leave it open; from a month on. */
export const paySettingsCommand = defineCommand({
  name: 'pay settings',
  aliases: ['工资 设置'],
  summary: {
    zh: '公司的工资设置：合规检查、地区、夜班费、汇率、打样价',
    en: 'company settings: legal guard, region, night rate, currency rates, prices',
  },
  example: {
    zh: '/工资 设置 guard=enforce 地区=上海 起=2026-11',
    en: '/pay settings guard=enforce region=上海 from=2026-11',
  },
  roles: rolesFor('settings') as Role[],
  answers: 'private',
  input: z.object({
    from: monthField.optional().meta({ keys: ['起', '月份'], label: { zh: '从哪个月起', en: 'from' } }),
    region: freeText(60)
      .optional()
      .meta({ keys: ['地区'], label: { zh: '所在地区', en: 'region' }, placeholder: say('上海 或 广东/深圳', '上海') }),
    hoursApproval: freeText(60)
      .optional()
      .meta({ keys: ['批准文号'], label: { zh: '综合工时批准文号', en: 'approval of comprehensive hours' } }),
    hoursApprovalUntil: figure('hoursApprovalUntil', ['批准到期'], { zh: '批准有效期至', en: 'approval until' }),
    nightRate: figure('nightRate', ['夜班费'], { zh: '夜班费（元/次）', en: 'night rate' }),
    minimumWage: figure('minimumWage', ['最低工资'], { zh: '当地最低工资（元/月）', en: 'minimum wage' }),
    damagesCap: figure('damagesCap', ['赔偿上限'], { zh: '赔偿上限（不高于 20%）', en: 'cap of damages' }),
    overtimeMultiples: figure('overtimeMultiples', ['加班倍数'], { zh: '加班倍数（%）', en: 'overtime multiples' }),
    probationShare: figure('probationShare', ['试用期比例'], { zh: '试用期比例（不低于 80%）', en: 'probation share' }),
    takeHome: choice([
      { value: 'off', label: { zh: '关', en: 'off' } },
      { value: 'on', label: { zh: '开', en: 'on' } },
    ])
      .optional()
      .meta({ keys: ['实发估算'], label: { zh: '实发估算', en: 'take-home estimate' } }),
    paidIn: choice([
      { value: 'next-month', label: { zh: '次月发放', en: 'paid in the next month' } },
      { value: 'same-month', label: { zh: '当月发放', en: 'paid in the same month' } },
    ])
      .optional()
      .meta({ keys: ['发放月份'], label: { zh: '工资发放月份', en: 'paid in' } }),
    contributions: freeText(400)
      .optional()
      .meta({
        keys: ['缴费', '社保'],
        label: { zh: '个人社保公积金比例与基数上下限', en: 'contributions of employees' },
        placeholder: say('养老:8%:4492-24930 公积金:7%:2690-37302:元', 'pension:8%:4492-24930'),
      }),
    rate: freeText(200)
      .optional()
      .meta({ keys: ['汇率'], label: { zh: '汇率', en: 'rates' }, placeholder: say('USD:7.12', 'USD:7.12') }),
    price: freeText(400)
      .optional()
      .meta({
        keys: ['打样价', 'prices'],
        label: { zh: '打样单价', en: 'sample prices' },
        placeholder: say('衬衫:15 外套:40', 'shirt:15'),
      }),
    objectionDays: wholeNumber
      .optional()
      .meta({ keys: ['异议期'], label: { zh: '异议期（天）', en: 'objection days' } }),
    lineSeesPay: yesNo
      .optional()
      .meta({ keys: ['上级可见'], label: { zh: '上级能看下属工资', en: 'the line sees pay' } }),
    ...choiceShape,
  }),

  async run(ctx, { from, rate, price, contributions, objectionDays, lineSeesPay, ...given }) {
    demandAct(ctx, 'settings');
    const month = from ?? ctx.today.slice(0, 7);
    const wanted: [string, string][] = Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value === '无' ? '' : value] as [string, string]] : [],
    );
    for (const [prefix, written] of [
      ['rate', rate],
      ['price', price],
    ] as const) {
      if (written === undefined) continue;
      const pairs = readPairs(prefix, written);
      if (!Array.isArray(pairs))
        throw new UserError(
          'pay.settings',
          say(`「${pairs.wrong}」没看懂。`, `“${pairs.wrong}” was not understood.`),
          say('请写成 名称:数字，例如 USD:7.12', 'Write NAME:NUMBER, like USD:7.12'),
        );
      wanted.push(...pairs);
    }
    if (contributions !== undefined) {
      const rows = readContributions(contributions);
      if (!Array.isArray(rows))
        throw new UserError(
          'pay.settings',
          say(`「${rows.wrong}」没看懂。`, `“${rows.wrong}” was not understood.`),
          say(
            '请写成 险种:比例:下限-上限，例如 养老:8%:4492-24930',
            'Write SCHEME:RATE:FLOOR-CAP, like pension:8%:4492-24930',
          ),
        );
      wanted.push(...rows);
    }
    for (const [name, value] of wanted) {
      const problem = companySettingProblem(name, value);
      if (problem !== undefined)
        throw new UserError(
          'pay.settings',
          problem,
          say('现在的设置：/工资 设置；一项也没有改。', 'What is set now: /pay settings; nothing was changed.'),
        );
    }
    if (wanted.length > 0 && (await isLocked(ctx.tx, month)))
      throw new UserError(
        'month.locked',
        say(`${month} 已经锁定，设置不能从这个月起。`, `${month} is locked; a setting cannot begin with it.`),
        say('请从下一个未锁定的月份起。', 'Let it begin with the next open month.'),
      );
    const before = await paySettingsIn(ctx.tx, month);
    const changed = wanted.filter(([name, value]) => (before.get(name)?.value ?? '') !== value);
    for (const [name, value] of changed)
      await addPaySetting(ctx.tx, {
        name,
        value,
        fromMonth: month,
        ...saidIn(ctx),
      });
    const general: Record<string, unknown> = {
      ...(objectionDays !== undefined && { [OBJECTION_DAYS]: Math.min(60, Math.max(1, Number(objectionDays))) }),
      ...(lineSeesPay !== undefined && { [LINE_SEES_PAY]: lineSeesPay === 'yes' }),
    };
    for (const [name, value] of Object.entries(general)) await putSetting(ctx.tx, name, value, ctx.now);
    const count = changed.length + Object.keys(general).length;
    if (count > 0)
      await ctx.record({
        subject: `pay-settings:${month}`,
        before: Object.fromEntries(changed.map(([name]) => [name, before.get(name)?.value ?? null])),
        after: { ...Object.fromEntries(changed), ...general },
      });
    const news =
      count > 0 ? say(`已设置 ${count} 项，从 ${month} 起`, `${count} settings changed from ${month} on`) : undefined;
    return {
      card: await cardOfSettings(ctx, month, news),
      ...(news !== undefined && { toast: { tone: 'success' as const, text: news } }),
      subject: 'pay-settings',
    };
  },
});

async function cardOfSettings(ctx: CommandContext, month: Month, news?: Text) {
  const own = await paySettingsIn(ctx.tx, month);
  const people = await peopleByIds(
    ctx.tx,
    [...own.values()].map(({ by }) => by),
  );
  const told = (name: string) => {
    const row = own.get(name);
    return { from: row?.fromMonth, by: row ? (people.get(row.by)?.name ?? '') : '' };
  };
  const answerOf = (name: ChoiceName, value: string): Text =>
    (choices[name].answers as Record<string, { zh: string; en: string }>)[value] ?? value;
  const others = [...own].filter(([name]) => !(choiceNames as string[]).includes(name));
  return paySettingsCard({
    month,
    rows: [
      ...choiceNames.map((name) => ({
        name,
        question: question(name) as Text,
        answer: answerOf(name, own.get(name)?.value ?? defaultSettings[name]),
        ...told(name),
      })),
      ...others.map(([name, { value }]) => ({ name, question: name as Text, answer: value as Text, ...told(name) })),
    ],
    objectionDays: (await setting<number>(ctx.tx, OBJECTION_DAYS)) ?? DEFAULT_OBJECTION_DAYS,
    lineSeesPay: (await setting<boolean>(ctx.tx, LINE_SEES_PAY)) === true,
    ...(news !== undefined && { news }),
  });
}
