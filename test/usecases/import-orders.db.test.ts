import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Card } from '#cards/kit';
import { tableRows } from '#db/order-table';
import { audit, jobs, orderProgress, orders } from '#db/schema';
import { orderImportRows, orderStages } from '#db/tables/orders';
import { UserError } from '#domain/errors';
import { inLocale } from '#domain/text';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectGoodCard, expectGoodCards } from '#test/support/orders';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import { EXPORT_ORDERS, exportOrders, progressWorkbook } from '#usecases/export-orders';
import { importFile } from '#usecases/import-file';
import { importOrdersFile } from '#usecases/import-orders';

const zone = 'Asia/Shanghai';
const { database, bot, people, begin } = await testRoom();

let batches = 0;
const importBytes = (bytes: Uint8Array, by = people.wang, cards: Card[] = []) =>
  importOrdersFile(database.db, {
    name: 'orders.xlsx',
    bytes,
    by,
    via: 'file',
    batch: `t-${++batches}`,
    now: () => now,
    zone,
    async show(card) {
      cards.push(card);
    },
  });
const sheet = (rows: unknown[][], name = '订单') => writeXlsx({ sheets: [{ name, rows: rows as never }] });
const head = ['订单号', '客户', '数量', '货期', '单价', '明细', '跟单员', '缝制 完成数', '裁剪 实际'];
const good = ['SO-1', '宏达', 1200, '2026-12-20', 12.5, '红 S=500 M=700', 'E1002', 800, '2026-11-20'];

async function problemsOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error ?? new Error('nothing was refused');
  expect(await database.db.select().from(orders).orderBy(orders.id)).toHaveLength(0);
  expect(await database.db.select().from(orderImportRows)).toHaveLength(0);
  return inLocale(error.problem, 'zh');
}

describe('import of orders (O14)', () => {
  it('enters master data, lines, plan and progress, each order with its audit row', async () => {
    const cards: Card[] = [];
    expect(await importBytes(await sheet([head, good]), people.wang, cards)).toEqual({ added: 1, unchanged: 0 });
    for (const card of cards) expectGoodCard(card);
    expect(await database.db.select().from(orders).orderBy(orders.id)).toMatchObject([
      { no: 'SO-1', qty: 1200, amountFen: 1_500_000n, merchandiserId: people.chen.id, paceDone: 800, stage: 'sewing' },
    ]);
    expect(await database.db.select().from(orderProgress).orderBy(orderProgress.id)).toMatchObject([
      { stage: 'cutting', forDay: '2026-11-20', finished: true },
      { stage: 'sewing', qty: 800 },
    ]);
    expect(await database.db.select().from(audit)).toMatchObject([{ subject: 'order:SO-1', command: 'order import' }]);
    const shown = await bot.say('ou_chen', '/订单 查看 SO-1');
    expectGoodCards(shown);
    expect(wordsOf(cardIn(shown[0]))).toContain('800/1200');
    await bot.say('ou_chen', '/订单 更新 SO-1 缝制 +100件');
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 查看 SO-1'))[0]))).toContain('900/1200');
  });

  it.each<[string, unknown[], string]>([
    ['货期', ['SO-2', '宏达', 5, '2026-13-40'], '「订单」第 3 行 货期：「2026-13-40」不是日期'],
    ['数量', ['SO-2', '宏达', 'viel', '2026-12-20'], '「订单」第 3 行 数量'],
    ['客户', ['SO-2', '', 5, '2026-12-20'], '「订单」第 3 行 客户：不能空着'],
    ['单价', ['SO-2', '宏达', 5, '2026-12-20', '1e3'], '「订单」第 3 行 单价'],
    ['明细', ['SO-2', '宏达', 5, '2026-12-20', '', '红 S=4'], '第 3 行 明细：合计 4，和数量 5 不一样'],
    ['跟单员', ['SO-2', '宏达', 5, '2026-12-20', '', '', '没有人'], '第 3 行 跟单员：花名册里没有'],
    ['a repeated number', ['SO-1', '宏达', 5, '2026-12-20'], '第 3 行 订单号：「SO-1」和第 订单!2 行重复'],
    ['more done than ordered', ['SO-2', '宏达', 5, '2026-12-20', '', '', '', 6], '第 3 行 缝制 完成数：6 超过数量 5'],
    ['a day to come', ['SO-2', '宏达', 5, '2026-12-20', '', '', '', '', '2026-12-01'], '还没到'],
  ])('a mistake (%s) is named by sheet, row and column, and nothing is imported', async (_, row, words) => {
    expect(await problemsOf(importBytes(await sheet([head, good, row])))).toContain(words);
  });

  it('an unknown column is named, and a stage that the template lacks', async () => {
    expect(await problemsOf(importBytes(await sheet([[...head, '颜值'], good])))).toContain('颜值：不认识这一列');
    const row = [...good, 'simple', '2026-12-01'];
    expect(await problemsOf(importBytes(await sheet([[...head, '类别', '退税 计划'], row])))).toContain('没有这道');
  });

  it('a merchandiser imports their own orders only', async () => {
    expect(await problemsOf(importBytes(await sheet([head, good]), people.li))).toContain('你只能导入自己的订单');
    expect(await importBytes(await sheet([head, good]), people.chen)).toMatchObject({ added: 1 });
  });

  it('every sheet is read, and the same file again changes nothing', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: '一部', rows: [head, good] as never },
        { name: '二部', rows: [head, ['SO-2', ...good.slice(1)]] as never },
      ],
    });
    expect(await importBytes(bytes)).toEqual({ added: 2, unchanged: 0 });
    expect(await importBytes(bytes)).toEqual({ added: 0, unchanged: 2 });
    const other = await sheet([head, ['SO-1', '明远', ...good.slice(2)]]);
    await expect(importBytes(other)).rejects.toMatchObject({ code: 'orders.import' });
  });

  it('comes in by a file sent in private, with rights', async () => {
    const complete = async () => {};
    const job = { args: { messageId: 'm', key: 'k', name: 'o.xlsx' } };
    const bytes = await sheet([head, good]);
    await importFile(
      { fetch: async () => bytes, zone },
      { db: database.db, job, by: people.wang, now: () => now, complete },
    );
    expect(await database.db.select().from(orders).orderBy(orders.id)).toHaveLength(1);
  });
});

describe('export and round trip (O14)', () => {
  async function fill() {
    await bot.say(
      'ou_chen',
      '/订单 新建 SO-1 客户=宏达 货期=2026-12-20 明细="红 S=300 M=400；蓝 S=500" 单价=12.34 合同号=HT-1',
    );
    await bot.say('ou_chen', '/订单 更新 SO-1 裁剪 1150件 完成\n/订单 更新 SO-1 缝制 800件');
    await bot.say('ou_chen', '/订单 计划 SO-1 包装 12-17');
    await bot.say('ou_li', '/订单 新建 SO-2 客户==1+1 数量=10件 货期=2027-02-20 类别=外贸 要求="=HYPERLINK(1)"');
    await bot.say('ou_li', '/订单 更新 SO-2 装运\n/订单 结单 SO-2');
    await bot.say('ou_li', '/订单 变更 SO-1 货期=12-22 原因=x');
    await bot.say('ou_chen', '/订单 变更 SO-1 货期=12-22 原因=x');
  }
  const stripped = async () => (await tableRows(database.db, {})).map(({ id: _, ...row }) => row);

  it('what is exported and imported into an empty company is the same data', async () => {
    await fill();
    const before = await stripped();
    const bytes = await progressWorkbook(before);
    await begin();
    expect(await importBytes(bytes)).toEqual({ added: 2, unchanged: 0 });
    expect(await stripped()).toEqual(before);
    expect(await importBytes(bytes)).toEqual({ added: 0, unchanged: 2 });
  });

  it('no text becomes a formula, whatever it says (property)', async () => {
    await fill();
    const [row] = await stripped();
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom('=', '+', '-', '@', '\t=', '＝', '"=')
          .chain((start) => fc.string().map((rest) => start + rest)),
        async (text) => {
          const { sheets } = await readXlsx(await progressWorkbook([{ ...row!, customer: text, special: text }]));
          for (const cell of sheets[0]!.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
          expect(typeof sheets[0]!.rows[1]![2]).toBe('string');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is asked for in private and comes as a file; a merchandiser gets their own', async () => {
    await fill();
    const answers = await bot.say('ou_li', '/订单 导出 全部', { group: true });
    expect(answers.map(({ lane }) => lane)).toContain('person:ou_li');
    expectGoodCards(answers);
    const [job] = await database.db.select().from(jobs);
    expect(job).toMatchObject({ kind: EXPORT_ORDERS, by: people.li.id });
    const shown: Card[] = [];
    const complete = async (_: unknown, card: Card) => {
      shown.push(card);
    };
    const show = async (card: Card) => {
      shown.push(card);
    };
    await exportOrders({ zone }, { db: database.db, job: job!, by: people.li, now: () => now, show, complete });
    for (const card of shown) expectGoodCard(card);
    expect(wordsOf(shown.at(-1))).toContain('已导出 1 张订单');
    expect((await bot.posted()).some(({ job }) => job.do === 'send' && job.content.type === 'file')).toBe(true);
  });
});

describe('the size of a company', () => {
  it('10,000 orders in one file, with a card that fills up', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [
      `B-${i}`,
      `客户${i % 300}`,
      1200,
      '2027-01-20',
      12.5,
      '红 S=500 M=700',
      'E1002',
      i % 3 ? 800 : null,
      '2026-11-20',
    ]);
    const bytes = await sheet([head, ...rows]);
    const cards: Card[] = [];
    expect(await importBytes(bytes, people.wang, cards)).toEqual({ added: 10_000, unchanged: 0 });
    expect(cards.length).toBeGreaterThan(5);
    const [last] = await database.db.select().from(orders).orderBy(asc(orders.id)).offset(9_999);
    expect(last).toMatchObject({ no: 'B-9999' });
    expect(await database.db.$count(orderStages)).toBe(90_000);
  }, 120_000);
});
