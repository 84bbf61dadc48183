import { z } from 'zod';
import {
  type Fen,
  type Fraction,
  formatYuan,
  larger,
  multiply,
  shortYuan,
  smaller,
  sumFen,
  yuanText,
} from '#domain/money';
import { rateField, yuanTextField } from '#domain/pay/fields';
import { type Text, text } from '#domain/pay/text';

/**
 * Bands of an amount. 以上, 以下, 以内 include the number (`from`, `upTo`); 不满, 超过 do not (`below`, `over`).
 * Where two bands include the same number, the employee gets the better one.
 */
export const bandSchema = z
  .strictObject({
    from: yuanTextField.optional(),
    over: yuanTextField.optional(),
    upTo: yuanTextField.optional(),
    below: yuanTextField.optional(),
    rate: rateField.optional(),
    amount: yuanTextField.optional(),
    effects: z.array(z.enum(['year-end-bonus-lost'])).default([]),
  })
  .refine(({ rate, amount }) => (rate === undefined) !== (amount === undefined), {
    error: '每一档需要 rate（比例）或 amount（金额）之一',
  })
  .refine(({ from, over }) => from === undefined || over === undefined, {
    error: 'from（含）与 over（不含）只能写一个',
  })
  .refine(({ upTo, below }) => upTo === undefined || below === undefined, {
    error: 'upTo（含）与 below（不含）只能写一个',
  });
export type Band = z.output<typeof bandSchema>;

/** Does the band include this number? */
export function includes(band: Band, fen: Fen): boolean {
  if (band.from !== undefined && fen < band.from) return false;
  if (band.over !== undefined && fen <= band.over) return false;
  if (band.upTo !== undefined && fen > band.upTo) return false;
  return band.below === undefined || fen < band.below;
}

/** The first and the last whole fen of a band; `undefined` for no end above. */
export function limits(band: Band): { first: Fen; last: Fen | undefined } {
  const first = band.from ?? (band.over === undefined ? 0n : band.over + 1n);
  return { first, last: band.upTo ?? (band.below === undefined ? undefined : band.below - 1n) };
}

export interface BandResult {
  readonly fen: Fen;
  readonly formula: string;
  /** Spreadsheet arithmetic with `cell` for the amount; rounded. */
  readonly sheet: string;
  readonly effects: readonly string[];
}

/** The whole amount is charged by the band it falls into; the better one for the employee where two include it. */
export function chargeWhole(bands: readonly Band[], fen: Fen, cell: string): BandResult | undefined {
  const sheet = wholeSheet(bands, cell);
  const results = bands.filter((band) => includes(band, fen)).map((band) => ({ ...byBand(band, fen), sheet }));
  return results.reduce<BandResult | undefined>(
    (best, each) => (best && !isBetter(each, best) ? best : each),
    undefined,
  );
}

function byBand({ rate, amount = 0n, effects }: Band, fen: Fen) {
  return rate
    ? { fen: multiply(fen, rate), formula: `${formatYuan(fen)} × ${rate.text}`, effects }
    : { fen: amount, formula: formatYuan(amount), effects };
}

/** The smallest charge among the bands that include the cell; the others count as more than any pay. */
function wholeSheet(bands: readonly Band[], cell: string): string {
  const choices = bands.map(({ from, over: above, upTo, below, rate, amount = 0n }) => {
    const inside = [
      from === undefined ? '' : `${cell}>=${yuanText(from)}`,
      above === undefined ? '' : `${cell}>${yuanText(above)}`,
      upTo === undefined ? '' : `${cell}<=${yuanText(upTo)}`,
      below === undefined ? '' : `${cell}<${yuanText(below)}`,
    ].filter(Boolean);
    const charge = rate ? `ROUND(${cell}*${over(rate)},2)` : yuanText(amount);
    return inside.length === 0 ? charge : `IF(AND(${inside.join(',')}),${charge},9999999999.99)`;
  });
  return `MIN(${choices.join(',')})`;
}

function isBetter(a: BandResult, b: BandResult): boolean {
  return a.fen < b.fen || (a.fen === b.fen && a.effects.length < b.effects.length);
}

/** Each part of the amount is charged by its own band, like income tax; parts are exact and rounded once together. */
export function chargeMarginal(bands: readonly Band[], fen: Fen, cell: string): BandResult | undefined {
  if (!bands.some((band) => includes(band, fen))) return undefined;
  const parts = bands.flatMap((band) => {
    const floor = band.from ?? band.over ?? 0n;
    const part = larger(0n, smaller(fen, band.upTo ?? band.below ?? fen) - floor);
    return part === 0n ? [] : [{ band, part }];
  });
  const common = parts.reduce((all, { band }) => all * (band.rate?.denominator ?? 1n), 1n);
  const exact = sumFen(
    parts.map(({ band, part }) =>
      band.rate ? part * band.rate.numerator * (common / band.rate.denominator) : (band.amount ?? 0n) * common,
    ),
  );
  return {
    fen: multiply(exact, { numerator: 1n, denominator: common, text: '' }),
    formula:
      parts
        .map(({ band, part }) =>
          band.rate ? `${formatYuan(part)} × ${band.rate.text}` : formatYuan(band.amount ?? 0n),
        )
        .join(' + ') || '0',
    sheet: `ROUND(${bands.map((band) => marginalSheet(band, cell)).join('+')},2)`,
    effects: parts.flatMap(({ band }) => band.effects),
  };
}

function marginalSheet(band: Band, cell: string): string {
  const floor = yuanText(band.from ?? band.over ?? 0n);
  const top = band.upTo ?? band.below;
  if (!band.rate) return `IF(${cell}>${floor},${yuanText(band.amount ?? 0n)},0)`;
  return `MAX(0,${top === undefined ? cell : `MIN(${cell},${yuanText(top)})`}-${floor})*${over(band.rate)}`;
}

const over = ({ numerator, denominator }: Fraction) => `${numerator}/${denominator}`;

/** "3,000 至 10,000：10%". */
export function bandSentence(band: Band): Text {
  const lower = band.from ?? band.over;
  const upper = band.upTo ?? band.below;
  const zh = [
    lower === undefined ? '' : `${shortYuan(lower)}${band.from === undefined ? '（不含）' : '（含）'}以上`,
    upper === undefined ? '' : `${shortYuan(upper)}${band.upTo === undefined ? '（不含）' : '（含）'}以下`,
  ].filter(Boolean);
  const en = [
    lower === undefined ? '' : `${band.from === undefined ? 'over' : 'from'} ${shortYuan(lower)}`,
    upper === undefined ? '' : `${band.upTo === undefined ? 'below' : 'up to'} ${shortYuan(upper)}`,
  ].filter(Boolean);
  const charge = band.rate?.text ?? shortYuan(band.amount ?? 0n);
  const lost = band.effects.includes('year-end-bonus-lost');
  return text(
    `${zh.join('、') || '任何金额'}：${charge}${lost ? '，取消年终奖' : ''}`,
    `${en.join(' ') || 'any amount'}: ${charge}${lost ? ', year-end bonus lost' : ''}`,
  );
}
