import type { Db } from '#db/client';
import { post } from '#db/outbox';
import { busiest, send, sendingKit } from '../test/feishu/support/sending.ts';
import { one, type Part, table, whole } from './part.ts';

const MINUTE = 60_000;
const MOST_RATIO = 1.15;

/** The shortest time in which the platform would take so many: 50 a second up to 1,000, then the next minute. */
const ideal = (count: number): number =>
  Math.floor((count - 1) / 1_000) * MINUTE + (Math.ceil((((count - 1) % 1_000) + 1) / 50) - 1) * 1_000;

async function cards(db: Db, people: number, count: number) {
  const kit = await sendingKit();
  const now = kit.clock.now();
  await db.transaction(async (tx) => {
    for (let n = 0; n < count; n++) {
      const to = { person: `ou_${count}_${n % people}` };
      await post(
        tx,
        `person:${to.person}`,
        send(to, { type: 'card', card: { schema: '2.0', body: { elements: [] } } }),
        now,
      );
    }
  });
  kit.sender(db);
  const real = performance.now();
  const took = await kit.drain();
  const realMs = performance.now() - real;
  const times = kit.feishu.asked.map(({ at }) => at);
  await kit.close();
  return { count, took, realMs, sent: times.length, second: busiest(times, 1_000), minute: busiest(times, MINUTE) };
}

export const cardsPart: Part = {
  name: 'cards',
  title: 'Many cards within the platform’s limits',
  async run({ postgres }) {
    const broken: string[] = [];
    const rows: string[][] = [];
    for (const [name, people, count] of [
      ['1,000 managers, a desk card each', 1_000, 1_000],
      ['2,000 cards to 1,500 people', 1_500, 2_000],
    ] as const) {
      const { db, close } = await postgres(`bench_cards_${count}`);
      const result = await cards(db, people, count);
      await close();
      const ratio = result.took / Math.max(ideal(count), 1);
      if (ratio > MOST_RATIO) broken.push(`${name}: ${ratio.toFixed(2)} × the shortest time, at most ${MOST_RATIO}`);
      if (result.sent !== count || result.second > 50 || result.minute > 1_000)
        broken.push(`${name}: a limit was broken`);
      rows.push([
        name,
        `${one(result.took / 1_000)} s`,
        `${one(ideal(count) / 1_000)} s`,
        ratio.toFixed(2),
        whole(result.second),
        whole(result.minute),
        `${one(result.realMs / 1_000)} s`,
      ]);
    }
    return {
      lines: table(
        ['', 'took', 'shortest', 'ratio (aim: ≤ 1.15)', 'most in a second', 'most in a minute', 'of real time'],
        rows,
      ),
      broken,
    };
  },
};
