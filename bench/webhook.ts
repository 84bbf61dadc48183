import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { orderProgress } from '#db/schema';
import { encrypt, sign } from '#playground/platform/crypto';
import { botEnv, type Child, startChild } from '#test/trust/child';
import type { Server } from '../scripts/postgres.ts';
import { smallestTransactions } from './baseline.ts';
import { type CpuSeconds, cpuSeconds, millisecondsEach } from './cpu.ts';
import { load, ready, requestTo } from './load.ts';
import { median, quantile } from './measure.ts';
import { one, type Part, table, whole } from './part.ts';
import { seed } from './seed.ts';

const BOT = 'ou_bot';
const CONNECTIONS = 50;
/** The program has been compiled where it is hot by then. */
const WARM_UP_MS = 8_000;
/** As many requests are made beforehand. */
const MOST_A_SECOND = 700;

interface WebhookResult {
  connections: number;
  perSecond: number;
  p50: number;
  p99: number;
  requests: number;
  refused: number;
  /** Milliseconds of processor time an event. */
  cpu: CpuSeconds;
}

export interface Running {
  urls: URL[];
  env: Record<string, string>;
  pids: number[];
}

/** So many of the real program, each in a process of its own, with one database, and a platform that takes everything. */
export async function withPrograms<Result>(
  count: number,
  database: Record<string, string>,
  work: (running: Running) => Promise<Result>,
): Promise<Result> {
  const platform = createServer((incoming, answer) => {
    incoming.resume();
    const id = randomBytes(8).toString('hex');
    answer.setHeader('content-type', 'application/json');
    answer.end(
      JSON.stringify({
        code: 0,
        msg: 'ok',
        tenant_access_token: 't-bench',
        expire: 7200,
        bot: { open_id: BOT, app_name: '跟单' },
        data: { message_id: `om_${id}`, chat_id: 'oc_bench', items: [], has_more: false },
      }),
    );
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  const domain = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  const env = botEnv(domain, { ...database, LOG_LEVEL: 'info' });
  const bots: Child[] = [];
  try {
    const urls: URL[] = [];
    for (let at = 0; at < count; at++) {
      const bot = startChild(env);
      bots.push(bot);
      urls.push(new URL('/webhook/event', await bot.listening()));
    }
    return await work({ urls, env, pids: bots.map(({ process }) => process.pid!) });
  } finally {
    await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
    platform.closeAllConnections();
    platform.close();
  }
}

/** Fifty connections, each event on an order of its own, until the time is up. The answer comes after the commit. */
async function benchWebhook(
  programs: number,
  { url, server, events, seconds }: { url: string; server: Server; events: { sent: number }; seconds: number },
): Promise<WebhookResult> {
  return withPrograms(programs, { DATABASE_URL: url }, async ({ urls, env, pids }) => {
    const make = () => delivery(urls[0]!, env, messageOn(env, ++events.sent));
    await load(urls, CONNECTIONS, WARM_UP_MS, ready(make, (WARM_UP_MS / 1_000) * MOST_A_SECOND));
    const next = ready(make, seconds * MOST_A_SECOND);
    const before = cpuSeconds(pids, server);
    const started = performance.now();
    const times = await load(urls, CONNECTIONS, seconds * 1_000, next);
    const took = performance.now() - started;
    const good = times.filter((ms) => !Number.isNaN(ms));
    return {
      connections: CONNECTIONS,
      perSecond: (good.length * 1_000) / took,
      p50: median(good),
      p99: quantile(good, 0.99),
      requests: times.length,
      refused: times.length - good.length,
      cpu: millisecondsEach(before, cpuSeconds(pids, server), good.length),
    };
  });
}

/** Beyond it an event has become dearer in kind: a busy machine gave 9, a quiet one gives more, since a smallest transaction is the disk's. */
const MOST_TRANSACTIONS = 14;

export const webhookPart: Part = {
  name: 'webhook',
  title: 'An `/order update` through the webhook',
  async run({ postgres, server }) {
    const { db, url, close } = await postgres('bench_webhook');
    await seed(db, 50_000);
    const before = await smallestTransactions(db, 3);
    const logged = await db.$count(orderProgress);
    const run = { url, server, events: { sent: 0 }, seconds: 12 };
    const result = await benchWebhook(1, run);
    const two = await benchWebhook(2, run);
    const after = await smallestTransactions(db, 3);
    const recorded = (await db.$count(orderProgress)) - logged;
    await close();
    const transactions = (before + after) / 2;
    const perEvent = transactions / result.perSecond;
    const broken = [
      ...(result.refused + two.refused > 0
        ? [`${result.refused + two.refused} events were not answered with 200`]
        : []),
      ...(recorded < result.requests + two.requests
        ? [`${recorded} entries recorded of ${result.requests + two.requests} events`]
        : []),
      ...(perEvent > MOST_TRANSACTIONS
        ? [`an event costs ${one(perEvent)} transactions, at most ${MOST_TRANSACTIONS}`]
        : []),
    ];
    const row = (name: string, of: (result: WebhookResult) => string) => [name, of(result), of(two)];
    const rows = [
      row('connections', ({ connections }) => whole(connections)),
      row('events a second (aim: 500)', ({ perSecond }) => one(perSecond)),
      row('p50', ({ p50 }) => `${one(p50)} ms`),
      row('p99 (aim: under 300)', ({ p99 }) => `${one(p99)} ms`),
      row('processor time an event: bot, PostgreSQL, load and stand-in', ({ cpu }) => cpuText(cpu)),
      row('so many events a second would fill one core with the bot alone', ({ cpu }) => whole(1_000 / cpu.bot)),
      row('events sent, not answered with 200', ({ requests, refused }) => `${whole(requests)}, ${refused}`),
      ['smallest durable transactions a second, ten connections, same run', one(transactions), ''],
      ['the same as a ratio: one event costs as much as', `${one(perEvent)} of them`, ''],
    ];
    return {
      lines: table(
        ['signed and encrypted `/order update`, PostgreSQL', 'one process', 'two processes, one database'],
        rows,
      ),
      broken,
    };
  },
};

export const cpuText = ({ bot, postgres, load }: CpuSeconds): string =>
  [bot, postgres, load].map((ms) => `${ms.toFixed(2)} ms`).join(', ');

/** Order n belongs to merchandiser n modulo 200, see seed.ts; a tenth of the orders is closed. */
export function messageOn(env: Record<string, string>, n: number): string {
  const order = n + Math.floor((n - 1) / 9);
  const id = randomBytes(12).toString('hex');
  const now = String(Date.now());
  const text = `@_user_1 /order update SO-${order} sewing 500pcs note="第${n}次"`;
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: id,
      event_type: 'im.message.receive_v1',
      create_time: now,
      token: env.FEISHU_VERIFICATION_TOKEN,
      app_id: env.FEISHU_APP_ID,
      tenant_key: 'bench',
    },
    event: {
      sender: { sender_id: { open_id: `ou_bench${order % 200}` }, sender_type: 'user', tenant_key: 'bench' },
      message: {
        message_id: `om_${id}`,
        create_time: now,
        chat_id: `oc_${order % 40}`,
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text }),
        mentions: [{ key: '@_user_1', id: { open_id: BOT }, name: '跟单', tenant_key: 'bench' }],
      },
    },
  });
}

/** One event, encrypted and signed, as a whole request. */
export function delivery(url: URL, env: Record<string, string>, plain: string): Buffer {
  const key = env.FEISHU_ENCRYPT_KEY!;
  const body = JSON.stringify({ encrypt: encrypt(key, plain) });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  return requestTo(url, body, {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': sign(key, timestamp, nonce, body),
  });
}
