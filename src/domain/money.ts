/**
 * Money is whole fen in a bigint, rates are exact fractions, and rounding is a visible step taken once.
 * Yuan exist only in text. Nothing here ever becomes a binary floating-point number.
 */

/** Whole fen; negative for what a person owes. */
export type Fen = bigint;

/** An exact rational number; `text` is how its author wrote it, kept for formulas that people read. */
export interface Fraction {
  readonly numerator: bigint;
  /** Always positive. */
  readonly denominator: bigint;
  readonly text: string;
}

/** A text that is no amount, rate or quantity. The message is Chinese, one line, and quotes what was written. */
export class NumberTextError extends Error {
  override name = 'NumberTextError';
}

const yuanShape = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;
const decimalShape = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const unitOf: Record<string, bigint> = { '': 1n, '%': 100n, '‰': 1000n };
/** Ten trillion yuan: beyond any payroll, and below what a JSON reader would spoil. */
const largestFen = 10n ** 15n;

/** Full-width digits, signs, points and commas read like their ASCII forms; outer blanks are dropped. */
function plain(text: string): string {
  // all of ASCII is plain already
  if (/^[ -~]*$/.test(text)) return text.trim();
  return text.normalize('NFKC').replaceAll('−', '-').replaceAll('，', ',').replaceAll('。', '.').trim();
}

/**
 * Reads an amount in yuan: "3,000.00", "¥3000", "３０００．５元".
 *
 * Throws NumberTextError for anything else: exponents, more than two decimals, misplaced separators, words, emptiness.
 */
export function parseYuan(text: string): Fen {
  const bare = plain(text)
    .replace(/^([+-]?)[¥￥]\s*/, '$1')
    .replace(/\s*(元|圆|yuan|CNY|RMB)$/i, '');
  const match = yuanShape.exec(bare);
  if (!match) throw new NumberTextError(`「${text}」不是金额。请写成 3000 或 3,000.00，最多两位小数`);
  const [, sign, whole = '', cents = ''] = match;
  const fen = BigInt(whole.replaceAll(',', '')) * 100n + BigInt(cents.padEnd(2, '0'));
  if (fen > largestFen) throw new NumberTextError(`「${text}」超出可结算的金额范围`);
  return sign === '-' ? -fen : fen;
}

/** "1234.56", "-0.05": plain yuan without separators, always two decimals. */
export function yuanText(fen: Fen): string {
  const digits = absolute(fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "1,234.56", "-0.05": yuan for people, always two decimals. */
export function formatYuan(fen: Fen): string {
  let shown = yuanText(fen);
  const first = fen < 0n ? 1 : 0;
  for (let at = shown.length - 6; at > first; at -= 3) shown = `${shown.slice(0, at)},${shown.slice(at)}`;
  return shown;
}

/** "1,234.56" or "1,234" when there are no cents; for sentences that state a rule. */
export function shortYuan(fen: Fen): string {
  return formatYuan(fen).replace(/\.00$/, '');
}

/**
 * Reads an exact rate: "50/10000", "0.5‰", "5%", "0.1", "2".
 *
 * Throws NumberTextError for other texts and for a zero denominator.
 */
export function fraction(text: string): Fraction {
  const written = plain(text);
  const parts = written.split('/');
  const last = parts.at(-1) ?? '';
  const unit = /[%‰]$/.exec(last)?.[0] ?? '';
  parts[parts.length - 1] = unit ? last.slice(0, -1) : last;
  const [over, under] = parts.map((part) => decimal(part.trim()));
  if (parts.length > 2 || !over || (parts.length === 2 && (!under || under.numerator <= 0n))) {
    throw new NumberTextError(`「${text}」不是比例。请写成 5%、0.5‰ 或 50/10000`);
  }
  const divisor = under ?? { numerator: 1n, denominator: 1n };
  return {
    numerator: over.numerator * divisor.denominator,
    denominator: over.denominator * divisor.numerator * (unitOf[unit] ?? 1n),
    text: written,
  };
}

function decimal(text: string): { numerator: bigint; denominator: bigint } | undefined {
  const match = decimalShape.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', digits = ''] = match;
  const magnitude = BigInt(whole + digits);
  return { numerator: sign === '-' ? -magnitude : magnitude, denominator: 10n ** BigInt(digits.length) };
}

/** The fraction `numerator / denominator`; the sign is moved to the numerator. A zero denominator is a programming error. */
export function ratio(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  const sign = denominator < 0n ? -1n : 1n;
  return {
    numerator: sign * numerator,
    denominator: sign * denominator,
    text: denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`,
  };
}

/** Product of fractions, exact; its text joins theirs with ×. */
export function product(...factors: Fraction[]): Fraction {
  return {
    numerator: factors.reduce((all, { numerator }) => all * numerator, 1n),
    denominator: factors.reduce((all, { denominator }) => all * denominator, 1n),
    text: factors.map(({ text }) => text).join(' × '),
  };
}

/** Sum of fractions, exact and reduced; its text is the reduced fraction. */
export function sumFractions(parts: readonly Fraction[]): Fraction {
  const total = parts.reduce(
    (sum, part) => ({
      numerator: sum.numerator * part.denominator + part.numerator * sum.denominator,
      denominator: sum.denominator * part.denominator,
    }),
    { numerator: 0n, denominator: 1n },
  );
  const shared = greatestCommonDivisor(absolute(total.numerator), total.denominator);
  return ratio(total.numerator / shared, total.denominator / shared);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a || 1n : greatestCommonDivisor(b, a % b);
}

/** −1, 0 or 1 as `a` is smaller than, equal to or larger than `b`; exact. */
export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The whole number nearest to `numerator / denominator`, halves away from zero. The denominator must be positive. */
export function roundHalfAway(numerator: bigint, denominator: bigint): bigint {
  const magnitude = (2n * absolute(numerator) + denominator) / (2n * denominator);
  return numerator < 0n ? -magnitude : magnitude;
}

/** `amount` × every factor, exact, then rounded once to the fen, half away from zero. */
export function multiply(amount: Fen, ...factors: Fraction[]): Fen {
  const { numerator, denominator } = product(...factors);
  return roundHalfAway(amount * numerator, denominator);
}

/** `amount` × `rate` rounded down to the fen: for legal caps on a deduction. `amount` must not be negative. */
export function multiplyRoundingDown(amount: Fen, rate: Fraction): Fen {
  if (amount < 0n || rate.numerator < 0n) throw new RangeError('only amounts of 0 or more are rounded down');
  return (amount * rate.numerator) / rate.denominator;
}

/**
 * Shares `amount` by `weights`; the shares always add up to the amount.
 *
 * What integer division leaves over goes fen by fen to the largest remainders, earlier shares first.
 */
export function allocate(amount: Fen, weights: readonly bigint[]): Fen[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('weights must be 0 or more and must not all be 0');
  }
  const sign = amount < 0n ? -1n : 1n;
  const size = absolute(amount);
  const shares = weights.map((weight) => (size * weight) / whole);
  const left = size - shares.reduce((sum, share) => sum + share, 0n);
  const inLine = weights
    .map((weight, index) => ({ index, rest: (size * weight) % whole }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  inLine.forEach(({ index }, place) => {
    if (BigInt(place) < left) shares[index] = (shares[index] ?? 0n) + 1n;
  });
  return shares.map((share) => sign * share);
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

export function absolute(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
