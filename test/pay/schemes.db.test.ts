import { describe, expect, it } from 'vitest';
import { builtInSchemeText } from '#app/schemes';
import type { Card } from '#cards/kit';
import { addJob, claimJob, finishJob } from '#db/jobs';
import { settlements } from '#db/tables/pay';
import type { Person } from '#domain/people/person';
import { wordsOf } from '#test/support/bot';
import { cardsTo, expectSound } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { enterLbMonth, lockMonthByBot, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { importFile } from '#usecases/import-file';

const room = await payRoom();

const { say } = room;
/** LB with twice the commission. */
const doubled = builtInSchemeText('lb')!.replace('rate: 0.5‰', 'rate: 1‰');

/** Sends a file in private and does the job that reads it. */
async function send(by: Person, name: string, text: string): Promise<Card> {
  await addJob(
    room.db,
    { kind: 'import-file', args: { messageId: `om_${name}`, key: 'k', name }, by: by.id, cardKey: null },
    now,
  );
  const job = (await claimJob(room.db, now, 60_000))!;
  let last: Card | undefined;
  try {
    await importFile(
      { zone: 'Asia/Shanghai', fetch: async () => new TextEncoder().encode(text) },
      {
        db: room.db,
        job,
        by,
        now: () => now,
        async complete(tx, card) {
          last = card;
          await finishJob(tx, job.id, 'done', now);
        },
      },
    );
  } finally {
    if (!last) await finishJob(room.db, job.id, 'failed', now);
  }
  return last!;
}

describe('/scheme', () => {
  it('lists, shows and checks the schemes of the documents, each card as the platform takes it', async () => {
    await under(room.db, room.people.chen, 'lb');
    const [list] = await say('ou_chen', '/方案 列表');
    expectSound(list!);
    expect(wordsOf(list)).toContain('龙滨橡塑');
    for (const scheme of ['jw', 'lb', 'ft', 'kpi']) {
      const [shown] = await say('ou_chen', `/方案 查看 ${scheme}`);
      expectSound(shown!, { personal: false });
      const [checked] = await say('ou_chen', `/方案 检查 ${scheme}`);
      expectSound(checked!);
    }
    expect(wordsOf((await say('ou_chen', '/方案 查看 lb'))[0])).toContain('所跟单销售额总和的0.5‰');
    expect(wordsOf((await say('ou_chen', '/方案 查看 xx'))[0])).toContain('没有方案');
  });

  it('a file with mistakes is refused line by line and kept nowhere', async () => {
    await expect(send(room.people.hr, 'own.yaml', 'scheme: own\nversions: []')).rejects.toThrow('scheme.invalid');
    await expect(send(room.people.chen, 'own.yaml', doubled)).rejects.toThrow('denied.import-scheme');
  });

  it('a file is checked, replayed, proposed by one and signed by another, and rules from its month on', async () => {
    await under(room.db, room.people.chen, 'lb');
    await under(room.db, room.people.li, 'lb');
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
    const card = await send(room.people.hr, 'lb.yaml', doubled);
    expect(wordsOf(card)).toContain('0.5‰');
    expect(wordsOf(card)).toContain('和现行方案不同');
    const hash = /"text":"([0-9a-f]{64})"/.exec(JSON.stringify(card))![1]!;
    const [replayed] = await say('ou_hr', `/方案 试算 text=${hash}`);
    expectSound(replayed!);
    // 陈静 360 more and 李敏 216.25 more
    expect(wordsOf(replayed)).toContain('576.25');

    expect(wordsOf((await say('ou_hr', `/方案 采用 text=${hash} 起=2026-10`))[0])).toContain('已经结算锁定');
    const proposed = await room.bot.say('ou_hr', `/方案 采用 text=${hash} 起=2026-11`);
    expect(wordsOf(cardsTo(proposed, 'ou_hr'))).toContain('已提议 #1');
    expect(wordsOf(cardsTo(proposed, 'ou_zhao'))).toContain('等第二个人批准');
    await enterLbMonth(room.bot, '2026-11');
    expect(wordsOf((await say('ou_chen', '/工资'))[0])).toContain('3,860.00');
    expect(wordsOf((await say('ou_hr', '/方案 采用 #1'))[0])).toContain('请另一位有权的同事批准');
    expect(wordsOf((await say('ou_chen', '/方案 采用 #1'))[0])).toContain('还不能用');
    expect(wordsOf((await say('ou_zhao', '/方案 采用 #1'))[0])).toContain('从 2026-11 起采用新方案');
    expect(wordsOf((await say('ou_fang', '/方案 采用 #1'))[0])).toContain('已经批准过');
    expect(wordsOf((await say('ou_chen', '/工资'))[0])).toContain('4,220.00');

    room.bot.at('2026-12-03T02:00:00Z');
    await lockMonthByBot(room.bot, room.db, '2026-11');
    const rows = await room.db.select().from(settlements).orderBy(settlements.id);
    expect(rows.map(({ month, totalFen }) => [month, totalFen])).toEqual([
      ['2026-10', 3860_00n],
      ['2026-10', 3716_25n],
      ['2026-11', 4220_00n],
      ['2026-11', 3932_50n],
    ]);
    expect(new Set(rows.map(({ schemeHash }) => schemeHash)).size).toBe(2);
  });
});

describe('a table of pay facts sent in private', () => {
  it('is taken whole, with file and line as the source', async () => {
    await under(room.db, room.people.chen, 'lb');
    await send(
      room.people.fang,
      'facts.csv',
      '工号,月份,销售额,得分\nE1002,2026-11,800000,90\nE1003,2026-11,500000,\n',
    );
    const [card] = await say('ou_chen', '/工资 为什么 LB-P1');
    expect(wordsOf(card)).toContain('360.00');
    expect(wordsOf(card)).toContain('facts.csv 2');
  });

  it('or not at all, each mistake by its line', async () => {
    await under(room.db, room.people.chen, 'lb');
    await expect(
      send(room.people.fang, 'facts.csv', '工号,月份,销售额\nE1002,2026-11,800000\nE9,2026-11,5\nE1003,2026-13,x\n'),
    ).rejects.toMatchObject({ problem: { zh: expect.stringMatching(/第 3 行.*第 4 行/s) } });
    expect(wordsOf((await say('ou_fang', '/工资 事实 陈静 2026-11'))[0])).toContain('还没有财务录入');
  });
});
