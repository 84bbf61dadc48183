import { z } from 'zod';
import { isIsoDate, isMonth } from '#domain/calendar/dates';
import { type Fen, type Fraction, fraction, NumberTextError, parseYuan, ratio } from '#domain/money';

/** Small zod fields that the facts format and the scheme format share. Each turns text into an exact value. */

function reading<T>(read: (text: string) => T) {
  return (text: string, context: z.RefinementCtx): T => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof NumberTextError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}

/** Yuan as text, "1,234.56"; becomes fen. */
export const yuanTextField = z.string().transform(reading(parseYuan));

/** Yuan as text, or whole fen as a JSON number; becomes fen. */
export const moneyField = z
  .union([
    yuanTextField,
    z
      .int({ error: '金额请写成元的文字（"1234.56"）或整数分（123456），不能写小数' })
      .transform((fen): Fen => BigInt(fen)),
  ])
  .meta({ id: 'Money', description: 'yuan as text ("1234.56") or whole fen as an integer (123456)' });

export const moneyFromZeroField = moneyField.refine((fen) => fen >= 0n, '金额不能是负数');

/** An exact rate: "5%", "0.5‰", "50/10000"; becomes a fraction. */
export const rateField = z.string().transform(reading(fraction));

/** "168", "168.5": 0 or more, at most `digits` decimals; becomes a fraction that remembers its text. */
function quantityOf(written: string, digits: number): Fraction {
  const value = written.normalize('NFKC').trim();
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(value);
  if (!match || (match[2]?.length ?? 0) > digits) {
    throw new NumberTextError(`「${written}」不是数量。请写成 168 或 168.5，不能是负数，最多 ${digits} 位小数`);
  }
  return { ...fraction(value), text: value };
}

const readQuantity = reading((written: string) => quantityOf(written, 4));
export const quantityField = z
  .union([
    z.string().transform(readQuantity),
    z.number().transform((value, context) => readQuantity(`${value}`, context)),
  ])
  .meta({ id: 'Quantity', description: 'a quantity of 0 or more with at most 4 decimals, as a number or as text' });

/** A score from 0 to 100 with at most one decimal; becomes whole tenths of a point. */
const readScore = reading((written: string): bigint => {
  const score = quantityOf(written, 1);
  const tenths = (score.numerator * 10n) / score.denominator;
  if (tenths > 1000n) throw new NumberTextError(`「${written}」超过 100 分`);
  return tenths;
});
export const scoreField = z
  .union([z.string().transform(readScore), z.number().transform((value, context) => readScore(`${value}`, context))])
  .meta({ id: 'Score', description: 'a score from 0 to 100 with at most one decimal, as a number or as text' });

/** A whole count of 0 or more, as a number or as text; becomes a bigint. */
const readCount = reading((written: string): bigint => {
  if (!/^\d{1,9}$/.test(written.trim())) throw new NumberTextError(`「${written}」不是 0 或正整数`);
  return BigInt(written.trim());
});
export const countField = z
  .union([z.string().transform(readCount), z.number().transform((value, context) => readCount(`${value}`, context))])
  .meta({ id: 'Count', description: 'a whole number of 0 or more' });

export const dateField = z
  .string()
  .refine(isIsoDate, { error: (issue) => `「${issue.input}」不是日期。请写成 2026-07-05` })
  .meta({ id: 'Date', description: 'a date, YYYY-MM-DD', pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const monthField = z
  .string()
  .refine(isMonth, { error: (issue) => `「${issue.input}」不是月份。请写成 2026-07` })
  .meta({ id: 'Month', description: 'a month, YYYY-MM', pattern: '^\\d{4}-\\d{2}$' });

/** 87.5 points of 100 as the exact fraction 875/1000, with the text "87.5%". */
export function scoreFraction(tenths: bigint): Fraction {
  return { ...ratio(tenths, 1000n), text: `${scoreText(tenths)}%` };
}

/** "87.5", "90": tenths of a point for people. */
export function scoreText(tenths: bigint): string {
  return tenths % 10n === 0n ? `${tenths / 10n}` : `${tenths / 10n}.${tenths % 10n}`;
}
