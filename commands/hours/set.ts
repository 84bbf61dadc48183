import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { decimal, month as monthField, yesNo } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { saidBy } from '#bot/said';
import { onePerson } from '#commands/people/lookup';
import { hoursOf, valuesOf } from '#db/hours';
import { UserError } from '#domain/errors';
import { factFields, factLabel, isFlag, type MonthValues } from '#domain/hours/hours';
import { say } from '#domain/text';
import { storeHours } from '#usecases/hours';
import { cardOfHours, rightsOn } from './access.ts';

const hours = (field: keyof typeof factLabel, keys: string[], digits = 2) =>
  decimal(digits, digits === 0 ? '3' : '168.5')
    .optional()
    .meta({ keys, label: factLabel[field] });

/** `/hours set <person> <month> …`: hours, nights and the two flags of a month; a correction is a new row beside the old one. */
export const setHours = defineCommand({
  name: 'hours set',
  aliases: ['工时 登记', '工时 设置'],
  summary: { zh: '登记一个人一个月的工时', en: 'record a person’s hours of a month' },
  example: {
    zh: '/工时 登记 陈静 10月 应出勤=176 实出勤=168 加班=20 夜班=2',
    en: '/hours set 陈静 2026-10 required=176 attended=168 overtime=20 nights=2',
  },
  roles: ['finance', 'hr', 'manager', 'general_manager'],
  answers: 'private',
  atLeastOne: [...factFields],
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.meta({ word: 2, label: { zh: '月份', en: 'month' }, bare: true }),
    required: hours('required', ['应出勤']),
    attended: hours('attended', ['实出勤', '出勤']),
    overtime: hours('overtime', ['加班']),
    overtimeRestDay: hours('overtimeRestDay', ['休息日加班', 'rest_day']),
    overtimeHoliday: hours('overtimeHoliday', ['节假日加班', 'holiday']),
    nights: decimal(2, '3')
      .optional()
      .meta({ keys: ['夜班次数'], label: factLabel.nights }),
    compliance: yesNo.optional().meta({ keys: ['规范'], label: factLabel.compliance }),
    conduct: yesNo.optional().meta({ keys: ['表现'], label: factLabel.conduct }),
    reason: freeText(500)
      .optional()
      .meta({ keys: ['理由', '备注'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { person: word, month, reason, ...given }) {
    const person = await onePerson(ctx.tx, word);
    const values: MonthValues = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const rights = await rightsOn(ctx, person);
    const fields = factFields.filter((field) => values[field] !== undefined);
    if (fields.some((field) => (isFlag(field) ? !rights.flags : !rights.hours)))
      throw new UserError(
        'denied.hours-set',
        say(`你不能给 ${person.name} 登记这些。`, `You may not record these for ${person.name}.`),
        say(
          '工时由财务或人事登记，是否规范、表现由上级或人事登记；都不能登记自己的。',
          'Hours are recorded by finance or HR, the two yes-or-no by those above or HR; nobody records their own.',
        ),
      );
    if (month > ctx.today.slice(0, 7))
      throw new UserError(
        'hours.future',
        say(`${month} 还没有开始。`, `${month} has not begun.`),
        say('请写本月或以前的月份，例如 上月。', 'Give this month or an earlier one, like last-month.'),
      );
    const before = valuesOf(await hoursOf(ctx.tx, person.id, month));
    const changed = await storeHours(
      ctx.tx,
      person,
      month,
      { values, reason },
      {
        ...saidBy(ctx),
        via: ctx.via === 'text' ? 'text' : 'form',
        origin: '',
      },
    );
    if (changed > 0) await ctx.record({ subject: `hours:${person.id}:${month}`, before, after: { ...values, reason } });
    const news =
      changed > 0
        ? say(`已登记 ${changed} 项`, `${changed} values recorded`)
        : say('和原来一样，没有改动', 'The same as before; nothing changed');
    return {
      card: await cardOfHours(ctx, person, month, news),
      toast: { tone: 'success', text: news },
      subject: `hours:${person.id}:${month}`,
    };
  },
});
