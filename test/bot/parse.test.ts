import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Command, defineCommand } from '#bot/command';
import { choice, freeText, isoDate, orderNo, quantity } from '#bot/fields';
import { commandLines, hasSlash, type Parsed, parseLine, parseNamed, stripSlash, type Unknown } from '#bot/parse';
import { createRegistry } from '#bot/registry';

const base = {
  summary: { zh: '一', en: 'one' },
  example: { zh: '', en: '' },
  roles: 'everyone' as const,
  answers: 'anywhere' as const,
  run: async () => ({}),
};
const label = (zh: string, en: string) => ({ zh, en });

const log = defineCommand({
  ...base,
  name: 'box log',
  aliases: ['箱子 登记'],
  atLeastOne: ['qty', 'note'],
  input: z.object({
    no: orderNo.meta({ word: 1, label: label('编号', 'number') }),
    kind: choice([
      { value: 'red', label: label('红', 'red') },
      { value: 'blue', label: label('蓝', 'blue') },
    ])
      .optional()
      .meta({ word: 2, label: label('颜色', 'colour'), bare: true }),
    qty: quantity
      .max(500)
      .optional()
      .meta({ keys: ['pieces'], label: label('数量', 'quantity'), bare: true }),
    day: isoDate.optional().meta({ label: label('日期', 'day'), bare: true }),
    note: freeText(20)
      .optional()
      .meta({ label: label('备注', 'note') }),
    secret: freeText(20)
      .optional()
      .meta({ label: label('暗号', 'secret'), hidden: true }),
  }),
});
const tell = defineCommand({
  ...base,
  name: 'tell',
  aliases: ['告诉'],
  input: z.object({
    whom: freeText(20).meta({ word: 1, label: label('谁', 'whom') }),
    words: freeText(100)
      .optional()
      .meta({ word: 'rest', label: label('话', 'words') }),
  }),
});
const plain = defineCommand({ ...base, name: 'plain', aliases: [], input: z.object({}) });
const turned = defineCommand({
  ...base,
  name: 'turned',
  aliases: ['倒过来'],
  input: z.object({
    second: freeText(20)
      .optional()
      .meta({ word: 2, label: label('乙', 'second') }),
    first: freeText(20).meta({ word: 1, label: label('甲', 'first') }),
    day: isoDate.optional().meta({ label: label('日期', 'day'), bare: true }),
    note: freeText(20)
      .optional()
      .meta({ label: label('备注', 'note') }),
  }),
});
const twoDays = defineCommand({
  ...base,
  name: 'days',
  aliases: ['两天'],
  input: z.object({
    until: isoDate.optional().meta({ label: label('止', 'until'), bare: true }),
    from: isoDate.meta({ word: 1, label: label('起', 'from') }),
  }),
});
const registry = createRegistry([log, tell, plain, turned, twoDays]);
const env = { today: '2026-11-23' };
const read = (line: string) => parseLine(line, registry, env) as Parsed;
const argsOf = (line: string) => read(line).args;
const problemsOf = (line: string) =>
  read(line).problems.map((problem) => (typeof problem === 'string' ? problem : problem.zh));
const inEnglish = (line: string) =>
  read(line).problems.map((problem) => (typeof problem === 'string' ? problem : problem.en));

describe('a message is cut into commands', () => {
  it.each([
    ['', []],
    [' \n ', []],
    ['/a', ['/a']],
    ['/a\n/b', ['/a', '/b']],
    ['/a\r\n／b', ['/a', '／b']],
    ['/a x="1\n2"\n  /b', ['/a x="1\n2"', '  /b']],
    ['\nhello\nworld', ['hello\nworld']],
    ['/a\n\nx', ['/a\n\nx']],
    ['say a/b', ['say a/b']],
  ])('%j', (text, lines) => {
    expect(commandLines(text)).toEqual(lines);
  });

  it('a slash of either width begins one, at the start of the line only', () => {
    expect(['/a', '  ／a', 'a/b', '', ' a'].map(hasSlash)).toEqual([true, true, false, false, false]);
    expect(['/a b', ' ／ a', 'a/b', '  a', '//a'].map(stripSlash)).toEqual(['a b', 'a', 'a/b', '  a', '/a']);
  });
});

describe('the name of the command', () => {
  it.each([
    '/box log B-1 3件',
    '/箱子 登记 B-1 3件',
    '/箱子登记 B-1 3件',
    '／ＢＯＸ　ｌｏｇ B-1 3件',
    'box log B-1 3件',
    '/  box   log B-1 3件',
  ])('%s', (line) => {
    expect(read(line).command).toBe(log);
    expect(argsOf(line)).toEqual({ no: 'B-1', qty: 3 });
  });

  it('one word may be all of it', () => {
    expect(read('/tell 王芳 你好').command).toBe(tell);
    expect(read('/告诉 王芳').args).toEqual({ whom: '王芳' });
  });

  it('that nobody knows comes with the nearest ones', () => {
    expect(parseLine('/box lag', registry, env)).toEqual({ unknown: 'box', suggestions: ['/box log'] });
    expect(parseLine('  ', registry, env)).toMatchObject({ unknown: '' });
    expect((parseLine('/ｔｅｌ x', registry, env) as Unknown).unknown).toBe('tel');
  });
});

describe('bare words', () => {
  it('stand for what they look like, else for the next that is expected', () => {
    expect(argsOf('/box log B-1 red 3件 12-05')).toEqual({ no: 'B-1', kind: 'red', qty: 3, day: '2026-12-05' });
    expect(argsOf('/box log 3件 B-1 明天 蓝')).toEqual({ no: 'B-1', kind: 'blue', qty: 3, day: '2026-11-24' });
    expect(argsOf('/box log red B-1 note=x')).toEqual({ no: 'B-1', kind: 'red', note: 'x' });
  });

  it('when quoted are only what is expected next', () => {
    expect(problemsOf('/box log B-1 "3件"')).toHaveLength(1);
    expect(read('/box log B-1 "3件"').raw).toEqual({ no: 'B-1', kind: '3件' });
  });

  it('that are left over go to what takes the rest, joined by blanks', () => {
    expect(argsOf('/tell 王芳 明天  来 一下')).toEqual({ whom: '王芳', words: '明天 来 一下' });
    expect(argsOf('/tell 王芳')).toEqual({ whom: '王芳' });
  });

  it('that fit nowhere are named, with a key to write before them', () => {
    expect(problemsOf('/box log B-1 red 3件 12-05 hello')).toEqual(['「hello」没看懂，要写明是什么，例如 备注=hello']);
    expect(inEnglish('/box log B-1 red 3件 12-05 hello')).toEqual([
      '“hello” was not understood; say what it is, like note=hello',
    ]);
    const long = 'x'.repeat(31);
    expect(problemsOf(`/box log B-1 red 3件 12-05 ${long}`)[0]).toContain(`「${'x'.repeat(30)}…」`);
    expect(problemsOf(`/box log B-1 red 3件 12-05 ${'x'.repeat(30)}`)[0]).toContain(`「${'x'.repeat(30)}」`);
    expect(problemsOf('/plain hello')).toEqual(['「hello」没看懂，要写明是什么，例如 =hello']);
  });
});

describe('named words', () => {
  it('by name, label and other keys, in any case and width', () => {
    for (const key of ['qty', 'QTY', 'ｑｔｙ', '数量', 'pieces'])
      expect(argsOf(`/box log B-1 ${key}=3`)).toEqual({ no: 'B-1', qty: 3 });
    expect(argsOf('/box log 编号=B-1 备注：面料 晚到')).toMatchObject({ no: 'B-1', note: '面料' });
  });

  it('given twice are a question, not a choice', () => {
    expect(problemsOf('/box log B-1 qty=3 数量=4')).toEqual(['数量写了两次：3 和 4']);
    expect(inEnglish('/box log B-1 qty=3 数量=4')).toEqual(['quantity is given twice: 3 and 4']);
    expect(argsOf('/box log B-1 qty=3 数量=4')).toEqual({ no: 'B-1', qty: 3 });
  });

  it('that are not what they should be are quoted back', () => {
    expect(problemsOf('/box log B-1 qty=1e3')[0]).toContain('「1e3」不是数量');
    expect(problemsOf('/box log B-1 qty=501')).toEqual(['数量不能是「501」']);
    expect(inEnglish('/box log B-1 qty=501')).toEqual(['quantity cannot be “501”']);
    expect(argsOf('/box log B-1 qty=501')).toEqual({ no: 'B-1' });
    expect(read('/box log B-1 qty=501').raw).toEqual({ no: 'B-1', qty: '501' });
  });

  it('of no key are named with the nearest, or with all that are offered', () => {
    expect(problemsOf('/box log B-1 qyt=3 note=x')).toEqual([
      '没有「qyt」这一项。可以写：编号、颜色、数量、日期、备注',
    ]);
    expect(problemsOf('/box log B-1 qt=3 note=x')).toEqual(['没有「qt」这一项。你是想写「数量=」吗？']);
    expect(inEnglish('/box log B-1 PIECE=3 note=x')).toEqual(['There is no “PIECE”. Did you mean “qty=”?']);
    expect(problemsOf('/box log B-1 peices=3 note=x')).toEqual(['没有「peices」这一项。你是想写「数量=」吗？']);
    expect(inEnglish('/box log B-1 something=3 note=x')).toEqual([
      'There is no “something”. Known: no, kind, qty, day, note',
    ]);
    expect(problemsOf('/box log B-1 secre=3 note=x')[0]).not.toContain('暗号');
  });
});

describe('what is missing', () => {
  const missing = (line: string) => read(line).missing.map(({ name }) => name);

  it('what is required, and of several of which one suffices all while there is none', () => {
    expect(missing('/box log')).toEqual(['no', 'qty', 'note']);
    expect(missing('/box log B-1')).toEqual(['qty', 'note']);
    expect(missing('/box log B-1 note=x')).toEqual([]);
    expect(missing('/box log B-1 qty=nothing')).toEqual([]);
    expect(missing('/tell')).toEqual(['whom']);
    expect(missing('/plain')).toEqual([]);
  });

  it('nothing, when a quote is not closed: that is said first', () => {
    expect(read('/box log B-1 note="面料晚到一二三四五六七八九十')).toEqual({
      command: log,
      args: {},
      raw: {},
      missing: [],
      problems: [
        { zh: '引号没有收尾："面料晚到一二三四五六七…', en: 'A quote is not closed: "面料晚到一二三四五六七…' },
      ],
    });
  });
});

describe('where several readings are possible', () => {
  it('positions count, not the order of declaration', () => {
    expect(argsOf('/turned x y')).toEqual({ first: 'x', second: 'y' });
  });

  it('a word of a clear shape is that, unless the next one expected looks like it, too', () => {
    expect(argsOf('/turned 2026-11-01 x')).toEqual({ day: '2026-11-01', first: 'x' });
    expect(argsOf('/days 2026-11-01 2026-11-02')).toEqual({ from: '2026-11-01', until: '2026-11-02' });
  });

  it('what is one too many is not understood, and shown how', () => {
    expect(problemsOf('/turned x y z')).toEqual(['「z」没看懂，要写明是什么，例如 备注=z']);
    expect(problemsOf('/box log B-1 red 3件 5件')).toEqual([expect.stringContaining('「5件」没看懂')]);
  });

  it('a colon belongs to the word, where no key stands before it', () => {
    expect(argsOf('/tell A see https://x at 12:30')).toEqual({ whom: 'A', words: 'see https://x at 12:30' });
  });

  it('blanks before the command are nothing', () => {
    expect(argsOf('  tell A')).toEqual({ whom: 'A' });
    expect(commandLines(' \nhello')).toEqual(['hello']);
  });
});

describe('from a button or a form', () => {
  const named = (command: Command, values: Record<string, string>) => parseNamed(command, registry, values, env);

  it('the same arguments, by name', () => {
    expect(named(log, { no: 'B-1', qty: '3', note: 'a "b" c=d' })).toMatchObject({
      args: { no: 'B-1', qty: 3, note: 'a "b" c=d' },
      problems: [],
      missing: [],
    });
  });

  it('empty ones are not given', () => {
    expect(named(log, { no: 'B-1', qty: ' ', note: '' }).missing.map(({ name }) => name)).toEqual(['qty', 'note']);
    expect(named(log, { no: 'B-1', qty: ' ', note: '' }).problems).toEqual([]);
  });

  it('unknown ones are a problem', () => {
    expect(named(tell, { whom: 'x', what: 'y' }).problems).toHaveLength(1);
  });
});
