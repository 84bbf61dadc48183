import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import type { IsoDate } from '#domain/calendar/dates';
import { reconfirmBy } from '#domain/calendar/deadlines';
import { CalendarGap, type Notices } from '#domain/calendar/notice';
import { say } from '#domain/text';
import { unknownYear } from '#usecases/notices';
import { again, cardFor, demandOwnSheet, step, subjectOf, usualMonth } from './access.ts';
import { demandVersion, version } from './version.ts';

/** `/appraise dispute [month] <reason>` (LB-A4): the employee objects; the manager reviews by the next working day. */
export const disputeSheet = defineCommand({
  name: 'appraise dispute',
  aliases: ['考核 异议', '考核 申诉'],
  summary: { zh: '对我的考核结果提出异议', en: 'object to my result' },
  example: {
    zh: '/考核 异议 10月 原因=“SO-1003 是客户改期”',
    en: '/appraise dispute 2026-10 reason="SO-1003 was postponed by the customer"',
  },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }),
    reason: freeText(1000)
      .refine((words) => words.length > 0)
      .meta({ word: 'rest', keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
    version,
  }),

  async run(ctx, { month = usualMonth(ctx), reason, version: seen }) {
    const { loaded, day } = await demandOwnSheet(ctx, month, 'object');
    demandVersion(loaded, seen);
    await step(ctx, loaded, { kind: 'objected', words: reason });
    const now = await again(ctx, loaded, day);
    const by = dueBy(ctx.today, day.notices);
    const reader = now.steward;
    return {
      card: await cardFor(
        ctx,
        now,
        ctx.actor,
        day,
        say(
          `已收到你的异议，由 ${reader.name} 在 ${by} 前复核。`,
          `Your objection was received; ${reader.name} reviews it by ${by}.`,
        ),
      ),
      toast: { tone: 'success', text: say('已收到你的异议', 'Your objection was received') },
      subject: subjectOf(now),
      also: [
        {
          to: { person: reader.openId },
          content: {
            type: 'card',
            card: await cardFor(
              ctx,
              now,
              reader,
              day,
              say(`本人对考核结果有异议，请在 ${by} 前复核。`, `The employee objects; please review it by ${by}.`),
            ),
            subject: subjectOf(now),
          },
          key: `appraisal:${now.sheet.id}:objected:${now.steps.length}`,
        },
      ],
    };
  },
});

/** The next working day; refused loudly when it falls into a year that nobody has entered. */
function dueBy(today: IsoDate, notices: Notices): IsoDate {
  try {
    return reconfirmBy(today, notices);
  } catch (error) {
    throw error instanceof CalendarGap ? unknownYear(error.year) : error;
  }
}
