import { describe, expect, it } from 'vitest';
import { post } from '#db/outbox';
import { claimMessages } from '#db/sending';
import { PLATFORM_LIMITS } from '#feishu/sender';
import { elsewhere } from '#test/support/room';
import type { Asked } from './scripted-feishu.ts';
import { busiest, rows, send, sendingRoom } from './support/sending.ts';

const { database, kit } = await sendingRoom();
const second = await elsewhere(database, { max: 4 });

const MINUTE = 60_000;
const card = { type: 'card' as const, card: { schema: '2.0', body: { elements: [] } } };
const people = (count: number) => Array.from({ length: count }, (_, n) => `ou_${n}`);

async function enqueue(to: string[]) {
  const now = kit.clock.now();
  await database.db.transaction(async (tx) => {
    for (const person of to) await post(tx, `person:${person}`, send({ person }, card), now);
  });
}

/** The most calls that the platform saw in any second and minute, and in any second for one person. */
function breaches(asked: Asked[]) {
  const times = asked.map(({ at }) => at);
  const lanes = new Map<unknown, number[]>();
  for (const { body, at } of asked) lanes.set(body.receive_id, [...(lanes.get(body.receive_id) ?? []), at]);
  return {
    second: busiest(times, 1000),
    minute: busiest(times, MINUTE),
    lane: Math.max(...[...lanes.values()].map((calls) => busiest(calls, 1000))),
  };
}

describe('the platform’s limits', () => {
  it('hold for 2,000 cards to 1,500 people, in at most 1.15 of the shortest time', { timeout: 300_000 }, async () => {
    await enqueue([...people(1500), ...people(500)]);
    kit.sender(database.db);
    const took = await kit.drain();
    // 1,000 at 50 a second, then the window of a minute opens again, 50 a second
    const ideal = MINUTE + 19_000;
    expect(kit.feishu.asked).toHaveLength(2000);
    expect(breaches(kit.feishu.asked)).toMatchObject({ second: 50, minute: 1000 });
    expect(breaches(kit.feishu.asked).lane).toBeLessThanOrEqual(5);
    expect(took).toBeLessThanOrEqual(ideal * 1.15);
    expect((await rows(database.db)).every(({ state, tries }) => state === 'sent' && tries === 1)).toBe(true);
  });

  it('hold for one busy person', async () => {
    await enqueue(Array.from({ length: 23 }, () => 'ou_1'));
    kit.sender(database.db);
    const took = await kit.drain();
    expect(breaches(kit.feishu.asked)).toMatchObject({ lane: 5 });
    expect(took).toBeGreaterThanOrEqual(4000);
    expect(took).toBeLessThan(4200);
  });

  it('hold over a restart', async () => {
    await enqueue(people(45));
    const before = kit.sender(database.db);
    await kit.drain();
    await before.stop();
    await enqueue(people(60));
    kit.sender(database.db);
    await kit.drain();
    expect(breaches(kit.feishu.asked).second).toBe(50);
    expect(kit.feishu.asked).toHaveLength(105);
  });

  it('are shared by two processes, and no message goes out twice', { timeout: 120_000 }, async () => {
    await enqueue([...people(150), ...people(150), ...people(100)]);
    const other = second;
    const attempts = [0, 0];
    const counting = (n: number) => ({ metrics: { attempt: () => void attempts[n]!++ } });
    await kit.drain(
      kit.sender(database.db, { parallel: 8, ...counting(0) }),
      kit.sender(other, { parallel: 8, ...counting(1) }),
    );
    expect(kit.feishu.asked).toHaveLength(400);
    expect(new Set(kit.feishu.asked.map(({ body }) => body.uuid)).size).toBe(400);
    const seen = breaches(kit.feishu.asked);
    expect(seen.second).toBeLessThanOrEqual(50);
    expect(seen.lane).toBeLessThanOrEqual(5);
    for (const count of attempts) expect(count).toBeGreaterThan(0);
  });

  it('are looked at again soon while another process’s calls fill the window', async () => {
    await enqueue(people(51));
    const claim = () =>
      claimMessages(database.db, { now: kit.clock.now(), max: 50, limits: PLATFORM_LIMITS, leaseMs: 150_000 });
    expect((await claim()).messages).toHaveLength(50);
    const { messages, nextAt } = await claim();
    expect(messages).toEqual([]);
    expect(nextAt!.getTime() - kit.clock.now().getTime()).toBeLessThan(500);
  });

  it('may be set lower', async () => {
    await enqueue(people(30));
    kit.sender(database.db, { limits: { perSecond: 8, perMinute: 20, perLaneSecond: 1 } });
    const took = await kit.drain();
    expect(breaches(kit.feishu.asked)).toEqual({ second: 8, minute: 20, lane: 1 });
    expect(took).toBeGreaterThanOrEqual(MINUTE);
    expect(took).toBeLessThan(MINUTE + 2000);
  });
});
