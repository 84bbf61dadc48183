import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money, Problem, quantity } from '#bot/fields';
import { readMessage } from '#bot/message';
import { commandLines, parseLine } from '#bot/parse';
import { createRegistry } from '#bot/registry';
import { commands } from '#commands/index';
import { UserError } from '#domain/errors';
import { nasty, nastyTexts } from '#test/trust/nasty';

const registry = createRegistry(commands);
const env = { today: '2026-11-23' };
/** Half of them for lines, half for single words. */
const INPUTS = process.env.GENDAN_LONG ? 1_000_000 : 50_000;

const wide = (text: string) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const numberTexts = fc.oneof(
  fc.integer({ min: -10, max: 200_000_000 }).map(String),
  fc.integer({ min: 0, max: 2_000_000 }).map((n) => wide(String(n))),
  fc.integer({ min: 0, max: 200_000_000 }).map((n) => n.toLocaleString('en-US')),
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom(
    '1e3',
    '1E3',
    '0x10',
    '1,000.00',
    '1.000,00',
    '1,00',
    '１，０００',
    '-5',
    '−5',
    '+5',
    '1 000',
    '1\u00a0000',
    '٣',
    '三',
    '一千',
    '²',
    '½',
    '1_000',
    '٠١',
    'NaN',
    'Infinity',
    '1.005',
    '.5',
    '5.',
    '00012',
    '1e',
    '--1',
    '9'.repeat(400),
  ),
);
const units = fc.constantFrom('', '件', '双', '打', '元', '块', 'pcs', 'PCS', '万', 'k', '%', ' 件');
const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '/',
      '／',
      'order',
      '订单',
      'ｏｒｄｅｒ',
      'update',
      '更新',
      'list',
      '列表',
      'new',
      'SO-1001',
      'ＳＯ－１００１',
      '缝制',
      'sewing',
      '数量',
      'qty',
      '备注',
      '=',
      '＝',
      ':',
      '：',
      '“',
      '”',
      '"',
      "'",
      '「',
      '\\',
      '\\"',
      '今天',
      '12-20',
      '2026-13-45',
      '@{ou_chen}',
      '@所有人',
      'constructor',
      '__proto__',
      'toString=1',
      'hasOwnProperty',
    ),
  },
  { weight: 2, arbitrary: fc.tuple(numberTexts, units).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(...nastyTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const separator = fc.constantFrom(' ', ' ', '', '\u3000', '\u00a0', '\t', '\n', '\r\n', '\n/', '\u2028');
const line = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(fc.tuple(word, separator), { maxLength: 12 }).map((parts) => parts.flat().join('')),
  },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(word, separator), { maxLength: 8 })
      .map((parts) => `/订单 更新 SO-1001 ${parts.flat().join('')}`),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.uint16Array({ maxLength: 60 }).map((units) => String.fromCharCode(...units)) },
  { weight: 1, arbitrary: nasty },
);

/** What a text of digits means to somebody who was never told about floating point: exact digits, or nothing. */
function meant(text: string): { digits: string } | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(件|套|条|双|只|个|张|米|箱|pcs?|sets?|pieces?)?$/i.exec(plain);
  return match ? { digits: match[1]!.replaceAll(',', '').replace(/^0+(?=\d)/, '') } : undefined;
}

describe('the command parser is total', () => {
  it(`reads or refuses ${INPUTS / 2} lines in words, and never throws`, () => {
    fc.assert(
      fc.property(line, (text) => {
        for (const each of commandLines(text)) {
          const parsed = parseLine(each, registry, env);
          if ('unknown' in parsed) continue;
          // what counts as understood is what the command's own schema takes: nothing half-read gets through
          for (const { name, schema } of registry.argumentsOf(parsed.command))
            if (name in parsed.args && !schema.safeParse(parsed.args[name]).success)
              throw new Error(`${name} does not fit`);
        }
        try {
          readMessage(text, registry, env);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { numRuns: INPUTS / 2 },
    );
  }, 3_600_000);

  it(`never guesses a quantity or an amount, in ${INPUTS / 2} words`, () => {
    const quantities = quantity.meta()!.field!;
    const amounts = money.meta()!.field!;
    fc.assert(
      fc.property(
        fc.tuple(numberTexts, units).map((parts) => parts.join('')),
        (text) => {
          const qty = quantities.read(text, env);
          if (!(qty instanceof Problem)) {
            expect(String(qty)).toBe(meant(text)?.digits);
            expect(Number.isSafeInteger(qty)).toBe(true);
          }
          const fen = amounts.read(text, env);
          if (fen instanceof Problem) return;
          // an amount has at most two decimals and is the very digits that were typed, commas and signs of currency aside
          const typed = text.normalize('NFKC').replace(/[,\s]|元|块/g, '');
          const [, whole = '', cents = ''] = /^\+?(\d*)\.?(\d{0,2})$/.exec(typed) ?? ['', 'x'];
          expect(String(fen)).toBe(`${whole}${cents.padEnd(2, '0')}`.replace(/^0+(?=\d)/, ''));
        },
      ),
      { numRuns: INPUTS / 2 },
    );
  }, 3_600_000);

  it.each([
    ['800', 800],
    ['８００件', 800],
    ['1,200件', 1200],
    ['１，２００', 1200],
    ['1200PCS', 1200],
    ['0', 0],
    ['1e3', undefined],
    ['1,00', undefined],
    ['1.000', undefined],
    ['1.5', undefined],
    ['-3', undefined],
    ['5打', undefined],
    ['三百', undefined],
    ['0x10', undefined],
    ['٣', undefined],
    ['Infinity', undefined],
    ['100000001', undefined],
  ])('the quantity %s is read as %s or refused', (text, value) => {
    const read = quantity.meta()!.field!.read(text, env);
    if (value === undefined) expect(read).toBeInstanceOf(Problem);
    else expect(read).toBe(value);
  });

  it.each([
    ['1,000.00', 100_000n],
    ['1000', 100_000n],
    ['１２．５', 1_250n],
    ['¥12.34', 1_234n],
    ['12.34元', 1_234n],
    ['1.005', undefined],
    ['1.000,00', undefined],
    ['1e3', undefined],
    ['-1', undefined],
    ['1万', undefined],
    ['10,00', undefined],
    ['', undefined],
  ])('the amount %s is read as %s fen or refused', (text, value) => {
    const read = money.meta()!.field!.read(text, env);
    if (value === undefined) expect(read).toBeInstanceOf(Problem);
    else expect(read).toBe(value);
  });

  it('a message of a megabyte is refused', () => {
    for (const text of ['长', '/订单 更新 ', '"', '=', '\n/', ' ', '1'].map((part) =>
      part.repeat(1_000_000 / part.length),
    )) {
      expect(() => readMessage(text, registry, env)).toThrow(UserError);
    }
  }, 30_000);

  it.each(['长', '/订单 更新 SO-1001 ', '"a" ', 'a=', '=', ' ', '1,', '-', '件', '「'])(
    'a message of the longest kind, all %j, is read or refused; one that is read back and forth would never end',
    (part) => {
      const text = `/订单 更新 SO-1001 ${part.repeat(7_900 / part.length)}`;
      try {
        readMessage(text, registry, env);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    },
    20_000,
  );
});
