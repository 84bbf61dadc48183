import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { saidIn } from '#bot/said';
import { payFactsCard } from '#cards/pay-facts-card';
import { onePerson } from '#commands/people/lookup';
import { isLocked } from '#db/locked-months';
import { payFactsOf } from '#db/pay-facts';
import { peopleByIds } from '#db/people';
import { momentText } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { type Entry, manualLabel, readEntries } from '#domain/pay/manual-facts';
import { rolesFor } from '#domain/people/access';
import type { Person, Role } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import { storePayFacts } from '#usecases/pay/facts';
import { demandAct, noteAsk } from './access.ts';

const field = (kind: string, keys: string[], placeholder: string, max = 30) =>
  freeText(max).optional().meta({ keys, label: manualLabel[kind]!, placeholder });

/** `/pay facts <person> <month> …`: facts that no other record tells; shows them when none is given. */
export const payFactsCommand = defineCommand({
  name: 'pay facts',
  aliases: ['工资 事实', '工资 录入'],
  summary: {
    zh: '录入算工资要用的事实：销售额、加工费、得分、报关单、打样',
    en: 'enter facts for pay: sales, fees, scores, declarations, samples',
  },
  example: {
    zh: '/工资 事实 陈静 2026-11 加工费=400000 打样="衬衫:4 外套:2"',
    en: '/pay facts E1002 2026-11 fee=400000 samples="衬衫:4"',
  },
  roles: rolesFor('facts') as Role[],
  answers: 'private',
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
    month: monthField.meta({ word: 2, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    sales: field('sales', ['销售'], '800000'),
    processingFee: field('processingFee', ['fee', 'processing_fee'], '400000'),
    score: field('score', ['得分', '分数'], '86.5', 8),
    kpi: field('kpi', [], 'KPI-1:17/18 KPI-3:92', 400),
    samples: field('samples', ['打样'], '衬衫:4 外套:2', 400),
    declarations: field('declarations', ['报关'], '223120260000001:2026-11-08:SO-3003', 900),
    companyLoss: field('companyLoss', ['损失'], '0'),
    contractWage: field('contractWage', [], '5000'),
    contributions: field('contributions', ['社保公积金'], '820'),
    carriedIn: field('carriedIn', [], '0'),
    damagesBalance: field('damagesBalance', [], '0'),
    hours: field('hours', ['工时'], '加班:24 实出勤:168', 120),
    clear: freeText(120)
      .optional()
      .meta({
        keys: ['取消', '删除'],
        label: { zh: '取消录入', en: 'take back' },
        placeholder: say('sample.衬衫', 'sample.衬衫'),
      }),
    reason: freeText(500)
      .optional()
      .meta({ keys: ['理由', '备注'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { person: word, month, clear, reason = '', ...given }) {
    demandAct(ctx, 'facts');
    const person = await onePerson(ctx.tx, word);
    const problems: Text[] = [];
    const entries: Entry[] = [];
    for (const [kind, written] of Object.entries(given)) {
      if (written === undefined) continue;
      const read = readEntries(kind, written);
      if (Array.isArray(read)) entries.push(...read);
      else problems.push(read);
    }
    if (problems.length > 0)
      throw new UserError(
        'pay.facts',
        join(problems, ' '),
        say('改正后整条再发一次；一项也没有记下。', 'Correct it and send the whole line again; nothing was noted.'),
      );
    for (const key of clear?.split(/[\s,，、]+/).filter(Boolean) ?? []) entries.push({ key, value: '' });
    if (entries.length === 0) return { card: await cardOfFacts(ctx, person, month) };
    if (person.id === ctx.actor.id)
      throw new UserError(
        'denied.own-pay-facts',
        say('不能给自己录入工资事实。', 'Nobody enters facts for their own pay.'),
        say('请另一位财务或人事录入。', 'Ask another person of finance or HR.'),
      );
    if (month > ctx.today.slice(0, 7))
      throw new UserError(
        'pay.future',
        say(`${month} 还没有开始。`, `${month} has not begun.`),
        say(`最晚写到本月：${ctx.today.slice(0, 7)}`, `The latest month is this one: ${ctx.today.slice(0, 7)}`),
      );
    const { added, late } = await storePayFacts(ctx.tx, person, month, entries, {
      reason,
      origin: '',
      ...saidIn(ctx),
    });
    if (added.length > 0)
      await ctx.record({
        subject: `pay-facts:${person.id}:${month}`,
        after: { facts: added.map(({ key, value }) => ({ key, value })), reason, late },
      });
    const news =
      added.length === 0
        ? say('和原来一样，没有改动', 'The same as before; nothing changed')
        : late
          ? say(
              `已记下 ${added.length} 项更正，用 /工资 更正 ${month} 算出差额`,
              `${added.length} corrections noted; /pay correct ${month} computes the difference`,
            )
          : say(`已录入 ${added.length} 项`, `${added.length} facts entered`);
    return {
      card: await cardOfFacts(ctx, person, month, news),
      toast: { tone: 'success', text: news },
      subject: `pay-facts:${person.id}:${month}`,
    };
  },
});

async function cardOfFacts(ctx: CommandContext, person: Person, month: string, news?: Text) {
  if (news === undefined) await noteAsk(ctx, 'facts', person, month);
  const facts = await payFactsOf(ctx.tx, [person.id], { from: month, to: month });
  const speakers = await peopleByIds(
    ctx.tx,
    facts.map(({ by }) => by),
  );
  return payFactsCard({
    person,
    month,
    facts: facts.map((fact) => ({
      ...fact,
      by: speakers.get(fact.by)?.name ?? '',
      at: momentText(fact.saidAt, ctx.zone),
    })),
    locked: await isLocked(ctx.tx, month),
    ...(news !== undefined && { news }),
  });
}
