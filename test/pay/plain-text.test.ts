import { describe, expect, it } from 'vitest';
import { plainText } from '#usecases/pay/workbook';

describe('text that a spreadsheet program might take for a formula', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\u00a0=1',
    '\u3000＝1',
    '＝cmd',
    '＋1',
    '－1',
    '＠x',
    '\u200b=1',
    'a\n=1',
    '|cmd',
    '%0A',
  ])('%j is kept as text', (typed) => {
    expect(plainText(typed).startsWith("'")).toBe(true);
  });
  it.each(['李敏', 'SO-1001', '12 件', 'a=b'])('%j stays as it is', (typed) => expect(plainText(typed)).toBe(typed));
});
