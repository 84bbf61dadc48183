import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked } from '#db/asked';
import { sealAudit, verifyAudit } from '#db/audit';
import { type OpenDatabase, openPostgres } from '#db/client';
import { doOnce } from '#db/done-once';
import { doneOnce, orderProgress } from '#db/schema';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { seedPeople } from '#test/support/people';

/** Fewer connections than people. A command that asked for a second one inside its transaction would wait for itself. */

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function withPool(max: number, work: (bot: TestBot) => Promise<void>): Promise<void> {
  await database.reset();
  const pool: OpenDatabase = await openPostgres(database.url!, { max });
  try {
    await seedPeople(pool.db);
    await work(testBot(pool.db));
    while ((await sealAudit(pool.db)) > 0);
    expect(await verifyAudit(pool.db)).toEqual([]);
  } finally {
    await pool.close();
  }
}

describe('two connections', () => {
  it('serve fifty people at once, each with several questions', async () => {
    await withPool(2, async (bot) => {
      await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
      const lines = (i: number) => [
        `/订单 更新 SO-1001 备注=第${i}条`,
        `/订单 新建 SO-2${String(i).padStart(3, '0')} 客户=宏达 数量=10件 货期=2026-12-20`,
        '/订单 列表',
        '/订单 查看 SO-1001',
        '/帮助',
      ];
      const clients = Array.from({ length: 50 }, async (_, i) => {
        for (const [n, line] of lines(i).entries())
          await bot.receive({
            ...bot.message('ou_chen', line),
            eventId: `e-${i}-${n}`,
            messageId: `om_${i}_${n}`,
          });
      });
      await Promise.all(clients);
      // the first answer was read with the first order
      expect(await bot.posted()).toHaveLength(250);
      const notes = (await database.db.select().from(orderProgress)).map(({ note }) => note);
      expect(new Set(notes).size).toBe(50);
    });
  });
});

describe('one connection', () => {
  it('is enough for every kind of question: none asks for a second one while it holds the first', async () => {
    await withPool(1, async (bot) => {
      const ask = async (openId: string, line: string) => {
        const answers = await bot.say(openId, line);
        expect([line, answers.length > 0]).toEqual([line, true]);
      };
      await ask('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
      for (const line of [
        '/订单 更新 SO-1001 缝制 800件',
        '/订单 日志 SO-1001',
        '/订单 看板',
        '/订单 报表',
        '/撤销',
        '/我',
      ])
        await ask('ou_chen', line);
      for (const line of ['/人员 列表', '/人员 查看 陈静', '/考核', '/工资', '/工时 查看 陈静', '/方案 列表', '/日历'])
        await ask('ou_wang', line);
      for (const line of ['/工资 核算 2026-10', '/工资 事实 陈静 2026-10 得分=90', '/工资 导出 2026-10'])
        await ask('ou_fang', line);
    });
  });
});

describe('a commit that the server answers with a rollback', () => {
  it('is a fault, also when nobody looked at the statement that failed', async () => {
    await database.reset();
    for (let again = 0; again < 3; again++) {
      const forgetful = database.db.transaction(async (tx) => {
        await doOnce(tx, 'rolled back', 'a', new Date(0));
        asked(tx, 'select 1 / $1::int', [0]).catch(() => undefined);
        return 'done';
      });
      await expect(forgetful).rejects.toMatchObject({ code: '22012' });
      expect(await database.db.$count(doneOnce)).toBe(0);
    }
  });
});
