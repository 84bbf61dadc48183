import { beforeEach, expect, it } from 'vitest';
import { auditHead, sealAudit } from '#db/audit';
import { cardIn, wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import type { DueContext } from '#usecases/due';
import { tellAuditors } from '#usecases/tell-auditors';

const { database, bot } = await testRoom();
beforeEach(async () => {
  await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
  while ((await sealAudit(database.db)) > 0);
});

const at = (today: string, hour: number) => ({ db: database.db, now, today, hour }) as DueContext;

it('each auditor gets the head of the chain once a day, in private, not before nine, from two instances at once', async () => {
  const instances = [0, 1].map(() => tellAuditors(['ou_audit', 'ou_zhao']));
  for (const [day, hour] of [
    ['2026-11-23', 8],
    ['2026-11-23', 9],
    ['2026-11-23', 15],
    ['2026-11-24', 10],
  ] as const)
    await Promise.all(instances.map((task) => task.run(at(day, hour))));
  const { count, hash } = await auditHead(database.db);
  const sent = await bot.posted();
  expect(sent.map(({ lane }) => lane).sort()).toEqual([
    'person:ou_audit',
    'person:ou_audit',
    'person:ou_zhao',
    'person:ou_zhao',
  ]);
  for (const entry of sent) expect(wordsOf(cardIn(entry))).toContain(`verify --anchor ${count}:${hash}`);
});

it('nobody is told when nobody is named', async () => {
  await tellAuditors([]).run(at('2026-11-23', 12));
  expect(await bot.posted()).toEqual([]);
});
