import {
  type Fen,
  type Fraction,
  fraction,
  larger,
  multiply,
  NumberTextError,
  parseYuan,
  smaller,
} from '#domain/money';
import { text } from '#domain/pay/text';

/**
 * The employee's own social insurance and housing fund, for the take-home estimate: a rate of a base that is set once a year and lies
 * between a floor and a cap. All of it is the company's dated setting; nothing is built in, because it differs by city and year.
 */
export const contributionSchemes = {
  pension: text('养老', 'pension'),
  medical: text('医疗', 'medical'),
  unemployment: text('失业', 'unemployment'),
  fund: text('公积金', 'housing fund'),
} as const;
export type ContributionScheme = keyof typeof contributionSchemes;

export interface Contribution {
  readonly scheme: ContributionScheme;
  readonly rate: Fraction;
  /** A few yuan on top, where a city has them. */
  readonly fixedFen: Fen;
  readonly floorFen: Fen | undefined;
  readonly capFen: Fen | undefined;
  /** Rounded to the whole yuan, as many cities do with the housing fund. */
  readonly wholeYuan: boolean;
}

export const contributionScheme = (written: string): ContributionScheme | undefined =>
  (Object.keys(contributionSchemes) as ContributionScheme[]).find(
    (scheme) =>
      scheme === written.toLowerCase() || [contributionSchemes[scheme].zh].includes(written.replace(/保险|住房/g, '')),
  );

/** `8%:7546-37731`, `2%+3`, `7%:2690-37302:yuan`; undefined when it is not written like that or makes no sense. */
export function readContribution(scheme: string, written: string): Contribution | undefined {
  const match =
    /^(\d+(?:\.\d+)?%)(?:\+(\d+(?:\.\d{1,2})?))?(?::(\d+(?:\.\d{1,2})?)-(\d+(?:\.\d{1,2})?))?(:yuan)?$/.exec(written);
  if (!match || !Object.hasOwn(contributionSchemes, scheme)) return undefined;
  const [, percent = '', fixed, floor, cap, yuan] = match;
  try {
    const rate = fraction(percent);
    const floorFen = floor === undefined ? undefined : parseYuan(floor);
    const capFen = cap === undefined ? undefined : parseYuan(cap);
    if (rate.numerator > rate.denominator / 2n || (floorFen !== undefined && floorFen > capFen!)) return undefined;
    return {
      scheme: scheme as ContributionScheme,
      rate,
      fixedFen: fixed === undefined ? 0n : parseYuan(fixed),
      floorFen,
      capFen,
      wholeYuan: yuan !== undefined,
    };
  } catch (error) {
    if (error instanceof NumberTextError) return undefined;
    throw error;
  }
}

/** What one scheme takes, with the arithmetic; the base is brought between floor and cap first. */
export function contributionOf(rule: Contribution, baseFen: Fen): { amountFen: Fen; baseFen: Fen } {
  const { floorFen, capFen, rate, fixedFen, wholeYuan } = rule;
  const raised = floorFen === undefined ? baseFen : larger(floorFen, baseFen);
  const base = capFen === undefined ? raised : smaller(capFen, raised);
  const exact = multiply(base, rate);
  return { baseFen: base, amountFen: (wholeYuan ? ((exact + 50n) / 100n) * 100n : exact) + fixedFen };
}
