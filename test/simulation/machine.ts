import type { PGlite } from '@electric-sql/pglite';
import axios from 'axios';
import type { Hono } from 'hono';
import { startApp } from '#app/app';
import type { Log } from '#bot/log';
import { createStandIn, type StandIn } from '#playground/platform/stand-in';
import { credentials } from '#test/support/app';
import { world } from './company.ts';
import { databaseOf, type Life, type Point } from './mortal.ts';
import type { Random } from './random.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';
import { BOT_URL, toBot, toPlatform } from './wire.ts';

/** One machine with the whole application on it, which dies and starts again, and the platform that it talks to. */
export interface Machine {
  time: VirtualTime;
  standIn: StandIn;
  /** What happened, in order; the same for the same seed. */
  trace: string[];
  /** Faults of ours that were logged. */
  faults: string[];
  /** From now on it may die. */
  unleash(): void;
  /** From now on nothing dies and nothing fails. */
  cease(): void;
  /** How far the application's clock is from the platform's, in ms. */
  skew(ms: number): void;
  /** The process ends now, and starts again after so long. */
  kill(why: string, downMs: number): void;
  /** No transaction is open: the database can be looked at. */
  still(): Promise<void>;
  readonly running: boolean;
  close(): Promise<void>;
}

/** How often a process dies where it may. */
const RISK: Record<Point, number> = {
  'in a transaction': 1 / 250,
  'before a commit': 1 / 60,
  'after a commit': 1 / 60,
  'before the answer': 1 / 60,
  'before a call': 1 / 60,
  'after a call': 1 / 60,
};
const MOST_DEATHS = 3;

export async function machine(pglite: PGlite, start: Date, chance: Random): Promise<Machine> {
  const time = virtualTime(start);
  const uninstall = time.install();
  const { fetch } = globalThis;
  const { random } = Math;
  const adapter = axios.defaults.adapter;
  Math.random = chance.fork().next;
  const standIn = await createStandIn({
    app: { ...credentials, botName: '跟单' },
    world,
    clock: { now: () => new Date(time.ms()), wait: (ms) => time.wait(ms) },
    eventUrl: `${BOT_URL}/webhook/event`,
    cardUrl: `${BOT_URL}/webhook/card`,
  });
  const trace: string[] = [];
  const faults: string[] = [];
  const deaths = chance.fork();
  let skewMs = 0;
  let mayDie = false;
  let died = 0;
  let closed = false;
  /** Transactions that a slow database keeps open: whoever else looks waits for them, and they wait for time to pass. */
  let held = 0;
  const still = async () => {
    while (held > 0) await time.pass(500);
  };
  let current: { life: Life; routes: Hono; end(): void } | undefined;
  globalThis.fetch = toBot(() => current, time.stir);

  const note = (line: string) => trace.push(`${new Date(time.ms()).toISOString()} ${line}`);

  function log(): Log {
    const write = (level: string) => (about: Record<string, unknown>, words: string) => {
      if (level === 'error' || level === 'warn') note(`${level}: ${words}`);
      if (/could not be carried out|failed for good|task of the schedule failed|sending failed/.test(words))
        faults.push(`${words} ${JSON.stringify(about)}`);
    };
    return { debug() {}, info() {}, warn: write('warn'), error: write('error') } as unknown as Log;
  }

  function newLife(): { life: Life; end(): void } {
    let dead = false;
    let reject: (error: Error) => void;
    const ended = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    ended.catch(() => undefined);
    const end = () => {
      dead = true;
      reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }));
    };
    const life: Life = {
      get dead() {
        return dead;
      },
      died: ended,
      stir: time.stir,
      async wait(ms) {
        held += 1;
        await time.wait(ms);
        held -= 1;
      },
      note,
      slowness: () => (mayDie && deaths.chance(1 / 50) ? deaths.pick([800, 2_700, 4_000]) : 0),
      pass(point, what) {
        if (dead) return true;
        if (!mayDie || died >= MOST_DEATHS || !deaths.chance(RISK[point])) return false;
        died += 1;
        end();
        startLater(`died ${point} (${what})`, deaths.pick([500, 3_000, 20_000, 20_000, 400_000]));
        return true;
      },
    };
    return { life, end };
  }

  function startLater(why: string, downMs: number) {
    note(`${why}, back in ${downMs / 1000} s`);
    current = undefined;
    void time.wait(downMs).then(() => closed || current || begin());
  }

  function begin() {
    const { life, end } = newLife();
    axios.defaults.adapter = toPlatform(standIn.routes, life);
    note('starts');
    const clock = { now: () => new Date(time.ms() + skewMs), wait: time.wait };
    void startApp({
      config: {
        port: 0,
        host: '127.0.0.1',
        databaseUrl: undefined,
        dataDir: '',
        feishu: { ...credentials, domain: 'http://platform.simulated' },
        adminOpenIds: [],
        timezone: 'Asia/Shanghai',
        locale: 'zh',
        logLevel: 'info',
      },
      log: log(),
      clock,
      database: { db: databaseOf(pglite, life), kind: 'embedded', durability: '', close: async () => undefined },
      front: {
        port: 1,
        serve(routes) {
          current = { life, routes, end };
        },
        close: async () => undefined,
      },
    }).catch((error) => faults.push(`the start failed: ${error}`));
  }

  begin();
  await time.calm();
  return {
    time,
    standIn,
    trace,
    faults,
    unleash() {
      mayDie = true;
    },
    cease() {
      mayDie = false;
      skewMs = 0;
      standIn.faults.clear();
    },
    skew(ms) {
      skewMs = ms;
    },
    kill(why, downMs) {
      if (!current) return;
      current.end();
      startLater(why, downMs);
    },
    still,
    get running() {
      return current !== undefined;
    },
    async close() {
      closed = true;
      current?.end();
      await still();
      await time.calm();
      await standIn.close();
      uninstall();
      globalThis.fetch = fetch;
      Math.random = random;
      if (adapter) axios.defaults.adapter = adapter;
    },
  };
}
