import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField, yesNo } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { saidIn } from '#bot/said';
import { payCorrectionCard } from '#cards/pay-correction-card';
import { onePerson } from '#commands/people/lookup';
import { isLocked } from '#db/locked-months';
import { holdCorrections } from '#db/pay-runs';
import { UserError } from '#domain/errors';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { findCorrections, storeCorrections } from '#usecases/pay/correct';
import { demandAct } from './access.ts';

/** `/pay correct <month> [person] [apply=yes]`: what changed in a locked month since, and its difference for the next open one. */
export const correctPay = defineCommand({
  name: 'pay correct',
  aliases: ['工资 更正'],
  summary: {
    zh: '锁定的月份事实变了：算出差额，写进下一个月',
    en: 'facts of a locked month changed: the difference goes into the next one',
  },
  example: {
    zh: '/工资 更正 10月 陈静 写入=是 原因=申诉成立',
    en: '/pay correct 2026-10 E1002 apply=yes reason="dispute upheld"',
  },
  roles: rolesFor('correct') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    person: personRef.optional().meta({ word: 2, keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
    apply: yesNo.optional().meta({ keys: ['写入'], label: { zh: '写入更正', en: 'store' } }),
    reason: freeText(300)
      .optional()
      .meta({ keys: ['理由', '备注'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { month, person: word, apply, reason = '' }) {
    demandAct(ctx, 'correct');
    if (!(await isLocked(ctx.tx, month)))
      throw new UserError(
        'pay.not-locked',
        say(`${month} 还没有锁定，不需要更正。`, `${month} is not locked: there is nothing to correct.`),
        say(
          `直接改事实（/工资 事实 姓名 ${month} …），再核算：/工资 核算 ${month}`,
          `Change the facts (/pay facts NAME ${month} …) and run it again: /pay run ${month}`,
        ),
      );
    const person = word === undefined ? undefined : await onePerson(ctx.tx, word);
    if (apply === 'yes') await holdCorrections(ctx.tx, month);
    const found = await findCorrections(ctx.tx, month, { zone: ctx.zone, ...(person && { personIds: [person.id] }) });
    if (apply !== 'yes') return { card: payCorrectionCard({ month, stored: false, rows: found }) };
    if (found.some(({ personId }) => personId === ctx.actor.id))
      throw new UserError(
        'denied.own-correction',
        say('不能更正自己的工资。', 'Nobody corrects their own pay.'),
        say(
          '请另一位财务或人事来做，或者写明只更正哪个人。',
          'Ask another person of finance or HR, or name the person to correct.',
        ),
      );
    const stored = await storeCorrections(ctx.tx, found, {
      reason,
      ...saidIn(ctx),
    });
    for (const each of stored)
      await ctx.record({
        subject: `pay-correction:${each.personId}:${month}`,
        after: { amountFen: each.amountFen, intoMonth: each.intoMonth, changed: each.changed, reason },
      });
    const open = found.filter(({ problem }) => problem !== undefined);
    const news = say(`已写入 ${stored.length} 条更正`, `${stored.length} corrections stored`);
    return {
      card: payCorrectionCard({ month, stored: stored.length > 0, rows: [...stored, ...open] }),
      toast: { tone: 'success', text: news },
    };
  },
});
