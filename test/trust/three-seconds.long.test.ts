import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenDatabase, openPostgres } from '#db/client';
import { rowsOf } from '#db/rows';
import { familyOf } from '#test/support/processes';
import { botEnv, builtProgram, type Child, startChild } from '#test/trust/child';
import { steady } from '#test/trust/steady';
import { seed } from '../../bench/seed.ts';
import { delivery, messageOn } from '../../bench/webhook.ts';
import { type Server, startPostgres } from '../../scripts/postgres.ts';

/**
 * The platform gives up on an answer after three seconds and delivers the event again. The real program on a PostgreSQL of its own takes
 * events at a steady pace while its database makes everybody wait a second at a time, the platform's API does not answer and the cores
 * have other work: one after the other, then all at once.
 */

const PER_SECOND = 60;
/** GENDAN_MINUTES shortens it, for a look while something is changed. */
const MINUTES = Number(process.env.GENDAN_MINUTES ?? 10);
const EVENTS = MINUTES * 60 * PER_SECOND;
const WARM_UP = 40;
/** The rest of the three seconds is the network's. */
const LATE_MS = 2_500;
/** Every message is about an order of its own; nine of ten are open. */
const ORDERS = Math.ceil((EVENTS + WARM_UP) / 9) * 10;

let server: Server;
let database: OpenDatabase;
let platform: Awaited<ReturnType<typeof startPlatform>>;
let bot: Child;

beforeAll(async () => {
  server = await startPostgres();
  database = await openPostgres(server.url, { max: 3 });
  await seed(database.db, ORDERS);
  platform = await startPlatform();
});
afterAll(async () => {
  if (bot?.process.exitCode === null) await bot.end('SIGKILL');
  platform?.close();
  await database?.close();
  await server?.stop();
});

it(`${EVENTS} events at ${PER_SECOND} a second through a slow database, a platform that hangs and busy cores: no answer is late, each has its effect once`, async () => {
  const env = botEnv(platform.domain, { DATABASE_URL: server.url });
  bot = startChild(env, { by: builtProgram() });
  const url = new URL('/webhook/event', await bot.listening());
  // what is compiled and read once is no fault of anybody's
  await steady(url, { perSecond: 20, count: WARM_UP }, (n) => delivery(url, env, messageOn(env, EVENTS + n)));

  const stop = new AbortController();
  const troubled = trouble(stop.signal);
  const answers = await steady(url, { perSecond: PER_SECOND, count: EVENTS }, (n) =>
    delivery(url, env, messageOn(env, n)),
  );
  stop.abort();
  const seen = await troubled;

  const late = answers.filter(({ status, ms }) => status !== 200 || ms > LATE_MS);
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => `${Math.round(times[Math.floor((times.length - 1) * share)]!)} ms`;
  process.stdout.write(
    `p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}, slowest ${at(1)}; ${JSON.stringify(seen)}\n`,
  );
  expect(late).toEqual([]);
  for (const kind of Object.keys(seen)) expect(seen[kind as keyof typeof seen], kind).toBeGreaterThan(0);
  const [effects] = rowsOf<{ rows: number; notes: number }>(
    await database.db.execute(sql`
      select count(*)::int as rows, count(distinct note)::int as notes from order_progress where event_id not like 'bench-%'`),
  );
  expect(effects).toEqual({ rows: EVENTS + WARM_UP, notes: EVENTS + WARM_UP });
  expect((await bot.end('SIGTERM')).code).toBe(0);
}, 1_800_000);

/** Goes round until told to stop; says how often there was which trouble. */
async function trouble(stop: AbortSignal) {
  const seen = { locked: 0, stopped: 0, hung: 0, busy: 0 };
  const wait = (ms: number) => pause(ms, undefined, { signal: stop }).catch(() => undefined);

  /** A table of every event: whoever comes waits, and holds a connection meanwhile. */
  async function lock(table: 'inbox' | 'audit' | 'outbox'): Promise<void> {
    await database.db.transaction(async (tx) => {
      await tx.execute(sql.raw(`lock table ${table} in exclusive mode`));
      await tx.execute(sql`select pg_sleep(1)`);
    });
    seen.locked++;
  }
  /** The whole server does nothing for a second. */
  async function halt(): Promise<void> {
    const pids = familyOf(server.pid());
    for (const pid of pids) signal(pid, 'SIGSTOP');
    await pause(1_000);
    for (const pid of pids) signal(pid, 'SIGCONT');
    seen.stopped++;
  }
  async function slow(times: number): Promise<void> {
    for (let time = 0; time < times && !stop.aborted; time++) {
      await (time % 2 === 0 ? lock((['inbox', 'audit', 'outbox'] as const)[seen.locked % 3]!) : halt());
      await wait(1_000);
    }
  }
  async function hang(ms: number): Promise<void> {
    platform.hang();
    await wait(ms);
    platform.goOn();
    seen.hung++;
  }
  async function busy(ms: number): Promise<void> {
    const others = [burn(), burn()];
    await wait(ms);
    for (const other of others) other.kill('SIGKILL');
    seen.busy++;
  }

  while (!stop.aborted) {
    await slow(6);
    // longer than the bot waits for an answer
    await hang(12_000);
    await busy(9_000);
    await Promise.all([slow(2), hang(4_000), busy(4_000)]);
    await wait(3_000);
  }
  return seen;
}

function signal(pid: string, name: NodeJS.Signals): void {
  try {
    process.kill(Number(pid), name);
  } catch {
    // it has ended meanwhile
  }
}

/** A core's worth of work that is none of ours. */
const burn = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });

/** A platform that takes everything, when it answers. */
async function startPlatform() {
  let held: ServerResponse[] | undefined;
  const answer = (response: ServerResponse) => {
    const id = randomBytes(8).toString('hex');
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ...{ code: 0, msg: 'ok', tenant_access_token: 't-test', expire: 7200 },
        bot: { open_id: 'ou_bot', app_name: '跟单' },
        data: { message_id: `om_${id}`, chat_id: 'oc_test', items: [], has_more: false },
      }),
    );
  };
  const listening = createServer((incoming, response) => {
    incoming.resume();
    if (held) held.push(response);
    else answer(response);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    domain: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    hang() {
      held ??= [];
    },
    goOn() {
      const those = held ?? [];
      held = undefined;
      for (const response of those) answer(response);
    },
    close() {
      listening.closeAllConnections();
      listening.close();
    },
  };
}
