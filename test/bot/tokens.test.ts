import { describe, expect, it } from 'vitest';
import { type Token, tokenize, UnclosedQuote } from '#bot/tokens';

const keys = new Set(['备注', 'note', 'day', '日期']);
const read = (line: string) => tokenize(line, (word) => keys.has(word));
const words = (line: string) =>
  (read(line) as Token[]).map(
    ({ key, text, quoted }) => `${key === undefined ? '' : `${key}=`}${quoted ? `"${text}"` : text}`,
  );

describe('a line is cut into words', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['one', ['one']],
    ['  one   two  ', ['one', 'two']],
    ['one　two\tthree\nfour', ['one', 'two', 'three', 'four']],
    ['８００件 ＳＯ－１', ['800件', 'SO-1']],
    ['a="b c" d', ['a="b c"', 'd']],
    ['"b c" d', ['"b c"', 'd']],
    ['""', ['""']],
    ['a=""', ['a=""']],
    ['a=', ['a=']],
    ['a=b c', ['a=b', 'c']],
    ['a = b', ['a=b']],
    ['a　＝　b c', ['a=b', 'c']],
    ['a=\nb', ['a=', 'b']],
    ['a= “b c”d', ['a="b c"', 'd']],
    ['a=b=c', ['a=b=c']],
    ['ａ＝ｂ', ['a=b']],
    ["it's fine", ["it's", 'fine']],
    ['it’s “so so”', ['it’s', '"so so"']],
    ['x"y z"', ['x"y', 'z"']],
    ['a=x"y z"', ['a=x"y', 'z"']],
  ])('%j', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it.each(['"x y"', "'x y'", '“x y”', '”x y”', '‘x y’', '「x y」', '『x y』', '＂x y＂', '《x y》', '“x y"'])(
    'quotes of every style: %s',
    (text) => {
      expect(words(text)).toEqual(['"x y"']);
      expect(words(`note=${text}z`)).toEqual(['note="x y"', 'z']);
    },
  );

  it('a curly quote is not closed by another style, nor a straight one by a curly one', () => {
    expect(words('「x” y」')).toEqual(['"x” y"']);
    expect(words('"x” y"')).toEqual(['"x” y"']);
    expect(words("'x\" y'")).toEqual(['"x" y"']);
  });

  it('a backslash protects a quote and itself, and is nothing special else', () => {
    expect(words('"a \\" b"')).toEqual(['"a " b"']);
    expect(words('"a \\\\" b')).toEqual(['"a \\"', 'b']);
    expect(words('"a \\n"')).toEqual(['"a \\n"']);
    expect(words('a\\"b')).toEqual(['a\\"b']);
  });

  it('what is quoted stays as it was written, what is not is made plain', () => {
    expect(words('"ＡＢ" ＡＢ note=ＡＢ note="ＡＢ"')).toEqual(['"ＡＢ"', 'AB', 'note=AB', 'note="ＡＢ"']);
  });

  it('a colon separates after a word that is a key, and only there', () => {
    expect(words('备注:面料晚到')).toEqual(['备注=面料晚到']);
    expect(words('备注：面料')).toEqual(['备注=面料']);
    expect(words('备注 ： 面料')).toEqual(['备注=面料']);
    expect(words('12:30 https://x')).toEqual(['12:30', 'https://x']);
    expect(words('备注=12:30')).toEqual(['备注=12:30']);
    expect(words('备注 面料')).toEqual(['备注', '面料']);
    expect(words('day:"1 2"')).toEqual(['day="1 2"']);
  });

  it('a separator without a key before it is part of a word', () => {
    expect(words('=b c')).toEqual(['=b', 'c']);
    expect(words('= b')).toEqual(['=', 'b']);
    expect(words('a =')).toEqual(['a=']);
    expect(words('==')).toEqual(['==']);
    expect(words('：x')).toEqual([':x']);
    expect(words('=')).toEqual(['=']);
  });

  it('each word knows where it stands, counted in characters', () => {
    expect((read('👍 b  c=d "e"') as Token[]).map(({ at }) => at)).toEqual([0, 2, 5, 9]);
  });

  it.each([
    ['"abc', 0, '"'],
    ['x “abc', 2, '“'],
    ['note="abc', 5, '"'],
    ['note= 「abc d', 6, '「'],
    ['"abc\\"', 0, '"'],
    ['"', 0, '"'],
  ])('%j is not closed', (line, at, quote) => {
    const found = read(line);
    expect(found).toBeInstanceOf(UnclosedQuote);
    expect(found).toMatchObject({ at, quote });
  });
});
