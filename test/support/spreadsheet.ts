import { compareFractions, type Fraction, fraction, product, ratio, roundHalfAway, sumFractions } from '#domain/money';

/**
 * Evaluates the small part of spreadsheet language that lines use, exactly: + - * /, ROUND(x,2), MIN, MAX, IF, AND and
 * comparisons. `cell` gives the value behind a cell name in braces.
 */
export function evaluate(formula: string, cell: (path: string) => Fraction): Fraction {
  const tokens = [...formula.matchAll(/\{[^{}]+\}|\d+(?:\.\d+)?|[A-Z]+(?=\()|<=|>=|[-+*/(),=<>]/g)].map(
    ([token]) => token,
  );
  if (tokens.join('') !== formula.replaceAll(' ', '')) throw new Error(`cannot read ${formula}`);
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`expected ${expected} in ${formula}`);
    return token;
  };
  const negative = (value: Fraction) => ratio(-value.numerator, value.denominator);
  const truth = (yes: boolean) => ratio(yes ? 1n : 0n, 1n);

  const list = (): Fraction[] => {
    take('(');
    const values = [comparison()];
    while (tokens[at] === ',') {
      take(',');
      values.push(comparison());
    }
    take(')');
    return values;
  };
  const call = (name: string): Fraction => {
    const values = list();
    const [first, second, third] = values as [Fraction, Fraction, Fraction];
    if (name === 'ROUND') return ratio(roundHalfAway(first.numerator * 100n, first.denominator), 100n);
    if (name === 'IF') return first.numerator === 0n ? third : second;
    if (name === 'AND') return truth(values.every(({ numerator }) => numerator !== 0n));
    const sign = name === 'MIN' ? -1 : 1;
    return values.reduce((best, each) => (compareFractions(each, best) === sign ? each : best));
  };
  const atom = (): Fraction => {
    const token = take();
    if (token === '-') return negative(atom());
    if (token === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (token.startsWith('{')) return cell(token.slice(1, -1));
    return /^\d/.test(token) ? fraction(token) : call(token);
  };
  const term = (): Fraction => {
    let value = atom();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const divides = take() === '/';
      const other = atom();
      value = product(value, divides ? ratio(other.denominator, other.numerator) : other);
    }
    return value;
  };
  const sum = (): Fraction => {
    let value = term();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const minus = take() === '-';
      const other = term();
      value = sumFractions([value, minus ? negative(other) : other]);
    }
    return value;
  };
  const comparison = (): Fraction => {
    const left = sum();
    const sign = tokens[at];
    if (sign === undefined || !['=', '<', '>', '<=', '>='].includes(sign)) return left;
    take();
    const order = compareFractions(left, sum());
    return truth(
      (order === 0 && sign.includes('=')) || (order < 0 && sign.includes('<')) || (order > 0 && sign.includes('>')),
    );
  };
  const value = comparison();
  if (at !== tokens.length) throw new Error(`unread rest in ${formula}`);
  return value;
}
