/** Mutants that survive because they change nothing that anybody could see; matched by file, part of the line and of the replacement. */
export const why: readonly { file: string; line: string; to?: string; because: string }[] = [
  {
    file: 'src/domain/money.ts',
    line: "whole = '', cents = ''",
    to: 'Stryker',
    because: 'the shape that was matched has a whole part: the default is for the type checker',
  },
  {
    file: 'src/domain/money.ts',
    line: "parts.at(-1) ?? ''",
    to: 'Stryker',
    because: 'splitting gives at least one part: the default is for the type checker',
  },
  {
    file: 'src/domain/money.ts',
    line: "whole = '', digits = ''",
    to: 'Stryker',
    because: 'as above: the shape has a whole part',
  },
  { file: 'src/domain/money.ts', line: "text.normalize('NFKC')", because: 'NFKC has made the comma plain already' },
  {
    file: 'src/domain/money.ts',
    line: 'formatYuan(fen).replace',
    because: 'a point stands only before the last two digits',
  },
  {
    file: 'src/domain/money.ts',
    line: 'const unit =',
    because: 'a unit elsewhere stays in the number, which is refused for it',
  },
  { file: 'src/domain/money.ts', line: 'const sign = denominator', because: '0 was refused the line before' },
  { file: 'src/domain/money.ts', line: 'return numerator < 0n', because: '−0 and 0 are one whole number' },
  { file: 'src/domain/money.ts', line: 'const sign = amount', because: '−0 and 0 are one whole number' },
  {
    file: 'src/domain/money.ts',
    line: '.sort((a, b) => (a.rest',
    because: 'sorting is stable: equal remainders stay in their places either way',
  },
  { file: 'src/domain/money.ts', line: 'return amount < 0n', because: '−0 and 0 are one whole number' },
  { file: 'src/domain/money.ts', line: 'return a < b ? a : b', because: 'of two equal ones it does not matter which' },
  { file: 'src/domain/money.ts', line: 'return a > b ? a : b', because: 'of two equal ones it does not matter which' },
  {
    file: 'src/bot/intake.ts',
    line: 'Object.entries(value).sort',
    because: 'keys are never equal, and any fixed order does',
  },
  {
    file: 'src/bot/intake.ts',
    line: 'CONNECTION_|ECONN',
    because: 'what is no text matches none of these when it is read as one',
  },
];
