import { daysInMonth, type Month } from '#domain/calendar/dates';
import { compareFractions, type Fraction, fraction, ratio, sumFractions } from '#domain/money';
import { say, type Text } from '#domain/text';

/** What is recorded of a person's month, each value with its own source: hours, nights, and the manager's two yes-or-no. */
export const hourFields = ['required', 'attended', 'overtime', 'overtimeRestDay', 'overtimeHoliday', 'nights'] as const;
export const flagFields = ['compliance', 'conduct'] as const;
export const factFields = [...hourFields, ...flagFields] as const;
export type HourField = (typeof hourFields)[number];
export type FlagField = (typeof flagFields)[number];
export type FactField = (typeof factFields)[number];

export const factLabel: Record<FactField, { zh: string; en: string }> = {
  required: { zh: '应出勤工时', en: 'required hours' },
  attended: { zh: '实出勤工时', en: 'attended hours' },
  overtime: { zh: '加班工时', en: 'overtime hours' },
  overtimeRestDay: { zh: '其中休息日加班', en: 'of these on rest days' },
  overtimeHoliday: { zh: '其中法定节假日加班', en: 'of these on statutory holidays' },
  nights: { zh: '夜班', en: 'nights' },
  compliance: { zh: '按规范、按时完成', en: 'done by the rules and in time' },
  conduct: { zh: '表现良好', en: 'good conduct' },
};

export const isFlag = (field: FactField): field is FlagField => (flagFields as readonly string[]).includes(field);

/** Values by field: decimal text, or `yes` / `no`. */
export type MonthValues = Partial<Record<FactField, string>>;

const quantity = (values: MonthValues, field: HourField): Fraction | undefined => {
  const written = values[field];
  return written === undefined ? undefined : fraction(written);
};
const more = (a: Fraction | undefined, b: Fraction | undefined): boolean =>
  a !== undefined && b !== undefined && compareFractions(a, b) > 0;

/**
 * What cannot be, in a person's month with all that is known of it; empty when it can. Hours overlap when attendance and overtime together
 * are more than the month has, or the parts of the overtime are more than the whole.
 */
export function hoursProblems(month: Month, values: MonthValues): Text[] {
  const problems: Text[] = [];
  const days = daysInMonth(month);
  const all = ratio(BigInt(days * 24), 1n);
  const of = (field: HourField) => quantity(values, field);
  const [required, attended, overtime] = [of('required'), of('attended'), of('overtime')];
  if (required && required.numerator === 0n)
    problems.push(
      say(
        '应出勤工时不能是 0，否则无法按比例计算。',
        'The required hours cannot be 0: nothing could be in proportion to them.',
      ),
    );
  if (attended && !required)
    problems.push(
      say('先要有应出勤工时，再写实出勤工时。', 'The required hours must be known before the attended ones.'),
    );
  if (more(attended, required))
    problems.push(
      say(
        `实出勤 ${values.attended} 小时多于应出勤 ${values.required} 小时；多出的请写进加班。`,
        `${values.attended} attended hours are more than the ${values.required} required; put the rest into overtime.`,
      ),
    );
  for (const field of ['required', 'overtime'] as const)
    if (more(of(field), all))
      problems.push(
        say(
          `${factLabel[field].zh} ${values[field]} 多于 ${month} 的 ${days * 24} 小时。`,
          `${factLabel[field].en}: ${values[field]} is more than the ${days * 24} hours of ${month}.`,
        ),
      );
  if (attended && overtime && more(sumFractions([attended, overtime]), all))
    problems.push(
      say(
        `实出勤和加班加起来超过 ${month} 的 ${days * 24} 小时，时间重叠了。`,
        `Attendance and overtime together are more than the ${days * 24} hours of ${month}: they overlap.`,
      ),
    );
  const parts = [of('overtimeRestDay'), of('overtimeHoliday')].filter((part) => part !== undefined);
  if (parts.length > 0 && more(sumFractions(parts), overtime ?? ratio(0n, 1n)))
    problems.push(
      say(
        '休息日和节假日加班之和多于加班总工时。',
        'Overtime on rest days and holidays is more than all the overtime.',
      ),
    );
  if (values.nights !== undefined && !/^\d+$/.test(values.nights))
    problems.push(say('夜班要写整数。', 'Nights are a whole number.'));
  else if (more(of('nights'), ratio(BigInt(days), 1n)))
    problems.push(
      say(
        `${month} 只有 ${days} 天，夜班 ${values.nights} 次不可能。`,
        `${month} has ${days} days; ${values.nights} nights cannot be.`,
      ),
    );
  return problems;
}

/** JW-P2.2, JW-P3: a "no" costs money, so it needs a reason. */
export const flagProblems = (values: MonthValues, reason: string | undefined): Text[] =>
  flagFields.some((field) => values[field] === 'no') && !reason?.trim()
    ? [say('写「否」要说明原因。', 'A “no” needs a reason.')]
    : [];
