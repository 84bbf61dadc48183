import { createHash } from 'node:crypto';
import type { Faults } from '#playground/page-api';
import { noFaults } from '#playground/platform/faults';
import { GROUP } from './company.ts';
import { watch } from './invariants.ts';
import { machine as machineOf } from './machine.ts';
import { QTY } from './model.ts';
import { orders, peopleAtWork } from './people-at-work.ts';
import { random as randomOf } from './random.ts';
import type { SimulationDatabase } from './simulation-database.ts';

export interface Outcome {
  problems: string[];
  trace: string[];
  /** Over the trace: the same for the same seed. */
  digest: string;
}

/** Where the company's day, month and working hours turn. */
const starts = [
  '2026-10-31T23:40:00+08:00',
  '2026-11-01T00:20:00+08:00',
  '2026-11-02T08:50:00+08:00',
  '2026-11-23T10:00:00+08:00',
  '2026-11-23T23:50:00+08:00',
];

const storms: Partial<Faults>[] = [
  {},
  { duplicate: true },
  { duplicateMessage: true },
  { duplicate: true, duplicateMessage: true, reorder: true },
  { reorder: true },
  { lateSeconds: 5 },
  { lateSeconds: 400 },
  { lateSeconds: 21_600 },
  { slowMs: 1_500 },
  { slowMs: 12_000 },
  { reset: 0.25 },
  { dropAnswer: 0.25 },
  { rateLimited: 0.25 },
  { chatLimited: 0.3 },
  { htmlError: 0.25 },
  { revokeTokens: true },
];

/** Lives through one seed: five or twelve doings of people in a storm of faults, then calm, then the accounts are compared. */
export async function runSeed(database: SimulationDatabase, seed: number): Promise<Outcome> {
  const random = randomOf(seed);
  // most seeds are a few minutes of work, every fifth is half a day and may settle a month
  const isLong = seed % 5 === 0;
  const doings = isLong ? 12 : 5;
  await database.begin();
  const machine = await machineOf(database.pglite, new Date(random.pick(starts)), random.fork());
  const { time, standIn, trace } = machine;
  standIn.faults.reseed(random.int(1, 2 ** 31));
  const isPayday = random.chance(isLong ? 0.7 : 0.05);
  const people = peopleAtWork(machine, random.fork(), { isPayday });
  const weather = random.fork();
  const watcher = watch(database, machine, people);
  const problems: string[] = [];
  try {
    for (const [at, no] of orders.entries()) {
      people.say(
        'ou_wang',
        `/订单 新建 ${no} 客户=宏达 数量=${QTY}件 货期=2026-12-20 跟单员=${at === 1 ? '李敏' : '陈静'}`,
        'other',
        { must: 'done', inGroup: true },
      );
      await time.pass(300);
    }
    machine.unleash();
    for (let done = 0; done < doings && problems.length === 0; done++) {
      if (weather.chance(0.3)) {
        const storm = { ...noFaults, ...weather.pick(storms), ...(weather.chance(0.3) && weather.pick(storms)) };
        trace.push(`weather: ${JSON.stringify(storm)}`);
        standIn.faults.set(storm);
        if (storm.revokeTokens) standIn.tokens.revokeAll();
      }
      if (weather.chance(0.08)) machine.skew(weather.pick([-90_000, -20_000, 60_000, 0]));
      await people.something();
      await time.pass(weather.pick([1, 40, 700, 2_500]));
      if (weather.chance(0.05)) await time.leap(weather.pick([600_000, 4_200_000, 23_400_000]));
      if (done % 3 !== 2) continue;
      await machine.still();
      problems.push(...(await watcher.always()));
    }
    machine.cease();
    trace.push('calm');
    await rest();
    await people.finishPay();
    for (const no of orders) people.say('ou_zhao', `/订单 查看 ${no}`, 'other', { must: 'done', inGroup: true });
    await rest();
    await machine.still();
    problems.push(...(await watcher.inTheEnd()));
    trace.push(await stateText());
  } catch (error) {
    problems.push(`the simulation itself failed: ${error instanceof Error ? error.stack : error}`);
  } finally {
    await machine.close();
  }
  return {
    problems: [...new Set(problems)],
    trace,
    digest: createHash('sha256').update(trace.join('\n')).digest('hex'),
  };

  /** Until nothing is on its way any more. */
  async function rest(): Promise<void> {
    for (const leap of [
      0, 0, 20_000, 60_000, 320_000, 320_000, 3_700_000, 3_700_000, 21_700_000, 21_700_000, 60_000, 3_700_000, 60_000,
      3_700_000,
    ]) {
      await time.pass(1_500);
      await machine.still();
      const [open] = await database.rows<{ n: number }>(
        `select (select count(*)::int from outbox where state = 'pending') + (select count(*)::int from jobs where state in ('waiting', 'running')) as n`,
      );
      if (machine.running && open!.n === 0 && people.said.every(({ messageId }) => people.isIn(messageId))) return;
      if (leap > 0) await time.leap(leap);
    }
  }

  async function stateText(): Promise<string> {
    const rows = await database.rows(`select no, stage, rev, next_stage, pace_done from orders order by no`);
    return JSON.stringify([rows, standIn.world.messagesIn(GROUP).length]);
  }
}
