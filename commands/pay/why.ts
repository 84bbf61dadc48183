import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText, pageNumber, personRef } from '#bot/fields';
import { payWhyCard, sourcesShown, WHY_A_PAGE } from '#cards/pay-why-card';
import { openIdNames } from '#db/people';
import { UserError } from '#domain/errors';
import type { Line, MissedPay } from '#domain/pay/context';
import type { SchemeVersion } from '#domain/pay/scheme';
import { type Settlement, whyNotMore } from '#domain/pay/settle';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { opensFor } from '#usecases/message-links';
import { lockedPay } from '#usecases/pay/open';
import { demandBegun, demandPayee, noteAsk } from './access.ts';
import { demandEstimate } from './show.ts';

/** `/pay why [line] [month]`: from each line to its formula, clause, facts, and the message that recorded each. */
export const whyPay = defineCommand({
  name: 'pay why',
  aliases: ['工资 为什么', '工资 原因'],
  summary: {
    zh: '每一行是怎么算的、依据哪条、事实是谁登记的',
    en: 'how each line comes about, by which clause and facts',
  },
  example: { zh: '/工资 为什么 JW-P3 10月', en: '/pay why JW-P3 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    line: freeText(60)
      .optional()
      .meta({
        word: 1,
        keys: ['条款'],
        label: { zh: '项目', en: 'line' },
        placeholder: say('JW-P3 或 夜班费', 'JW-P3'),
      }),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { month: asked, line: word, person: who, page = 1 }) {
    const person = await demandPayee(ctx, 'see', who);
    const month = demandBegun(ctx, asked ?? ctx.today.slice(0, 7));
    await noteAsk(ctx, 'why', person, month);
    const { settlement, version, missed, locked } = await payOf(ctx, person, month);
    const chosen = word === undefined ? undefined : demandLine(settlement, word);
    const pages = Math.max(1, Math.ceil(settlement.lines.length / WHY_A_PAGE));
    const shown = { lines: settlement.lines, page: Math.min(page, pages), chosen };
    const sources = sourcesShown(shown);
    const authors = sources.flatMap(({ author }) => author ?? []);
    const messageIds = sources.flatMap(({ messageId }) => messageId ?? []);
    const { opens, seeks } = await opensFor(ctx.tx, messageIds, { viewer: ctx.actor.openId, now: ctx.now });
    return {
      seeks,
      card: payWhyCard({
        ...shown,
        person,
        month,
        other: person.id !== ctx.actor.id,
        scheme: say(`${version.name.zh}（${version.from} 起）`, `${version.name.en} (from ${version.from})`),
        locked,
        totalFen: settlement.totalFen,
        missed,
        opens,
        names: await openIdNames(ctx.tx, authors),
        zone: ctx.zone,
      }),
    };
  },
});

interface Pay {
  settlement: Settlement;
  version: SchemeVersion;
  missed: readonly MissedPay[];
  locked: boolean;
}

/** The locked settlement, else the estimate. */
async function payOf(ctx: CommandContext, person: Person, month: string): Promise<Pay> {
  const locked = await lockedPay(ctx.tx, person.id, month);
  if (locked) {
    const { settlement, facts, version, options } = locked;
    return { settlement, version, missed: whyNotMore(facts, version, options), locked: true };
  }
  const { settlement, collected, missed, problems } = await demandEstimate(ctx, person, month);
  if (!settlement)
    throw new UserError(
      'pay.unreadable-facts',
      say(
        `登记的事实有矛盾，还算不出来：${problems
          .map(({ text }) => text.zh)
          .join('；')
          .slice(0, 500)}`,
        `The recorded facts contradict each other: ${problems
          .map(({ text }) => text.en)
          .join('; ')
          .slice(0, 500)}`,
      ),
      say(
        '请财务更正录入的事实，或请登记的人撤回错的那条。',
        'Finance corrects what was entered, or who recorded it takes it back.',
      ),
    );
  return { settlement, version: collected.person.version!, missed, locked: false };
}

/** The line that a word names: its id, its clause, the end of its clause, its label. */
export function demandLine({ lines }: Settlement, word: string): Line {
  const wanted = word.normalize('NFKC').trim().toLowerCase();
  const found =
    lines.find(({ id }) => id.toLowerCase() === wanted) ??
    lines.find(({ clause }) => clause.toLowerCase() === wanted) ??
    lines.find(({ label }) => label.zh.normalize('NFKC') === wanted || label.en.toLowerCase() === wanted) ??
    lines.find(({ clause }) => clause.toLowerCase().endsWith(`-${wanted}`));
  if (found) return found;
  const known = [...new Set(lines.map(({ clause, label }) => `${clause} ${label.zh}`))].join('、');
  throw new UserError(
    'pay.no-line',
    say(`这个月没有「${word}」这一项。`, `There is no line “${word}” in this month.`),
    say(`有：${known}`, `Known: ${known}`),
  );
}
