import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditHead, sealAudit, verifyAudit } from '#db/audit';
import type { Db } from '#db/client';
import { inbox, orderProgress, orders, outbox } from '#db/schema';
import { cardIn, type TestBot, testBot, wordsOf } from '#test/support/bot';
import { elsewhere, testRoom } from '#test/support/room';
import { nasty, nastyTexts } from '#test/trust/nasty';

/** Two bots on one database, as two processes are. */
const { database, bot: one, begin } = await testRoom();
const second = await elsewhere(database);
let two: TestBot;
beforeEach(async () => {
  two = testBot(second);
  await one.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
});

const progress = () => database.db.select().from(orderProgress);

describe('each event has one effect', () => {
  it('fifty copies at once, over two instances: one row, one reply', async () => {
    const message = one.message('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true });
    await one.posted();
    await Promise.all(Array.from({ length: 50 }, (_, i) => [one, two][i % 2]!.receive(message)));
    expect(await progress()).toHaveLength(1);
    expect(await one.posted()).toHaveLength(1);
  });

  it('fifty copies under fifty event ids: the message is what counts', async () => {
    const message = one.message('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true });
    await one.posted();
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => [one, two][i % 2]!.receive({ ...message, eventId: `copy-${i}` })),
    );
    expect(await progress()).toHaveLength(1);
    expect(await one.posted()).toHaveLength(1);
  });

  it('fifty copies of a message that is refused, and of one without a stage: one answer each', async () => {
    for (const text of ['/订单 更新 SO-9999 缝制 800件', '/订单 更新 SO-1001 备注=又来一次']) {
      const message = one.message('ou_chen', text, { group: true });
      await one.posted();
      await Promise.all(Array.from({ length: 50 }, (_, i) => [one, two][i % 2]!.receive(message)));
      expect(await one.posted()).toHaveLength(1);
    }
  });

  it('the same order entered by two people at once is entered once, and the other is told', async () => {
    await one.posted();
    const line = '/订单 新建 SO-2002 客户=宏达 数量=10件 货期=2026-12-20';
    await Promise.all([
      one.receive({ ...one.message('ou_chen', line), eventId: 'a', messageId: 'om_a' }),
      two.receive({ ...two.message('ou_li', line), eventId: 'b', messageId: 'om_b' }),
    ]);
    expect((await database.db.select().from(orders)).filter(({ no }) => no === 'SO-2002')).toHaveLength(1);
    const words = (await one.posted()).map((entry) => wordsOf(cardIn(entry)));
    expect(words.filter((said) => said.includes('已新建订单'))).toHaveLength(1);
    expect(words.filter((said) => said.includes('已经有了'))).toHaveLength(1);
  });
});

describe('no update is lost', () => {
  it('two instances, a hundred concurrent updates each on one order: two hundred rows, and the newest said is where it stands', async () => {
    const [before] = await database.db.select().from(orders);
    const at = (i: number) => new Date(Date.UTC(2026, 10, 23, 1, 0, i));
    const stages = ['裁剪', '缝制', '后整', '包装'];
    const writes = Array.from({ length: 200 }, (_, i) => {
      const bot = [one, two][i % 2]!;
      const message = bot.message('ou_chen', `/订单 更新 SO-1001 ${stages[i % 4]} 备注=第${i}条`, {
        group: true,
        at: at(i),
      });
      return bot.receive({ ...message, eventId: `e-${i}`, messageId: `om_${i}` });
    });
    await Promise.all(writes);
    const rows = await progress();
    expect(new Set(rows.map(({ note }) => note)).size).toBe(200);
    const [after] = await database.db.select().from(orders);
    expect(after).toMatchObject({ stage: 'packing', rev: before!.rev + 200, lastProgressAt: at(199) });
    while ((await sealAudit(database.db)) > 0);
    expect(await verifyAudit(database.db, [await auditHead(database.db)])).toEqual([]);
  }, 60_000);

  it('any order of arrival, with any repetitions, gives the same end', async () => {
    const said = ['裁剪 1200件', '缝制 300件', '缝制 800件', '备注=面料晚到', '后整 200件'].map((what, i) => ({
      ...one.message('ou_chen', `/订单 更新 SO-1001 ${what}`, {
        group: true,
        at: new Date(Date.UTC(2026, 10, 23, 1, i)),
      }),
      eventId: `p-${i}`,
      messageId: `om_p${i}`,
    }));
    let end: string | undefined;
    await fc.assert(
      fc.asyncProperty(
        fc
          .shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
          .chain((first) => fc.array(fc.nat(4), { maxLength: 4 }).map((again) => [...first, ...again])),
        async (arrivals) => {
          await begin();
          await one.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
          for (const i of arrivals) await one.receive(said[i]!);
          const [order] = await database.db.select().from(orders);
          const rows = (await progress()).sort((a, b) => a.saidAt.getTime() - b.saidAt.getTime());
          const state = JSON.stringify([
            order!.stage,
            order!.lastProgressAt,
            order!.rev,
            rows.map(({ stage, qty, note }) => [stage, qty, note]),
          ]);
          end ??= state;
          expect(state).toBe(end);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);
});

describe('nothing is acknowledged that is not kept', () => {
  /** The database as it is, but its commits fail: what was written is undone and the caller hears of it. */
  const failingCommits = (db: Db, code: string): Db =>
    new Proxy(db, {
      get(target, key) {
        if (key !== 'transaction') return Reflect.get(target, key);
        return async (work: (tx: Db) => Promise<unknown>) => {
          await target.transaction(async (tx) => {
            await work(tx as unknown as Db);
            throw Object.assign(new Error('connection lost at commit'), { code });
          });
        };
      },
    });

  it.each(['57P01', '08006', 'CONNECTION_CLOSED', '53100', '25006'])(
    'a commit that fails with %s is not acknowledged, and the redelivery succeeds',
    async (code) => {
      await one.posted();
      const broken = testBot(failingCommits(database.db, code));
      const message = one.message('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true });
      await expect(broken.receive(message)).rejects.toMatchObject({ code });
      expect(await progress()).toHaveLength(0);
      expect(await database.db.select().from(outbox)).toHaveLength(1);
      await one.receive(message);
      expect(await progress()).toHaveLength(1);
      expect(await one.posted()).toHaveLength(1);
    },
  );

  it('a fault of ours is answered with a number, keeps the event to be run again, and changes nothing', async () => {
    await database.master.execute(sql`alter table order_progress add constraint broken check (note <> '触发故障')`);
    try {
      const [answer] = await one.say('ou_chen', '/订单 更新 SO-1001 备注=触发故障', { group: true });
      expect(wordsOf(cardIn(answer))).toMatch(/编号 [0-9A-F]{4}/);
      expect(wordsOf(cardIn(answer))).not.toContain('触发故障');
      const kept = await database.db.select().from(inbox);
      expect(kept.filter(({ outcome }) => outcome === 'failed')).toMatchObject([{ payload: { kind: 'message' } }]);
      expect(await progress()).toHaveLength(0);
    } finally {
      await database.master.execute(sql`alter table order_progress drop constraint broken`);
    }
  });
});

describe('whatever is said is answered', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      ...nastyTexts,
      '\u0000',
      'a\u0000b',
      '\ud83d',
      '\udc00x',
      `${'长'.repeat(39)}👍👍`,
      `${'x'.repeat(29)}👍`,
      '\uffff',
      '\u2028',
    ),
    fc.uint16Array({ maxLength: 50 }).map((units) => String.fromCharCode(...units)),
    nasty,
  );
  const line = fc.oneof(
    odd,
    odd.map((text) => `/订单 更新 SO-1001 备注=${text}`),
    odd.map((text) => `/订单 更新 SO-1001 备注="${text}"`),
    odd.map((text) => `/订单 更新 SO-1001 数量=${text}`),
    odd.map((text) => `/订单 更新 ${text} 缝制`),
    odd.map((text) => `/订单 新建 ${text} 客户=${text}`),
    odd.map((text) => `/订单 列表 客户=${text} ${text}`),
    odd.map((text) => `/${text}`),
    odd.map((text) => `/人员 查看 ${text}`),
    odd.map((text) => `/帮助 ${text}`),
  );

  it('by exactly one message, also NUL, halves of characters and emoji at the cut, and never with a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom('ou_chen', 'ou_wang', 'ou_nobody'), async (text, openId) => {
        expect(await one.say(openId, text)).toHaveLength(1);
      }),
      { numRuns: process.env.GENDAN_LONG ? 3_000 : 80 },
    );
    const failed = (await database.db.select().from(inbox)).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ payload }) => payload)).toEqual([]);
  }, 1_800_000);
});
