import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { verifyAudit } from '#db/audit';
import type { Db } from '#db/client';
import { inbox, orderProgress, outbox } from '#db/schema';
import { businessDay } from '#domain/calendar/business-day';
import { company, rosterCsv } from '#playground/demo/company';
import { demoGroups } from '#playground/demo/groups';
import type { Message } from '#playground/page-api';
import { createStandIn, type StandIn } from '#playground/platform/stand-in';
import { credentials } from '#test/support/app';
import { botEnv, builtProgram, type Child, startChild } from '#test/trust/child';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';

/**
 * Several instances of the real program on one PostgreSQL, behind a distributor that deals events out in turn, and people who go on
 * asking whatever happens to them. In the end each question has exactly one effect and one answer.
 */
export interface Fleet {
  standIn: StandIn;
  instances: Set<Child>;
  /** Starts one more instance and lets it take part; resolves with its base URL once it listens. */
  start(
    how?: Parameters<typeof startChild>[1] & { env?: Record<string, string> },
  ): Promise<{ child: Child; url: string }>;
  /** Lets no more events go to this one. */
  retire(child: Child): void;
  /** So many questions at once, from several people in several chats. */
  ask(count: number): void;
  asked(): number;
  /** Waits until everything asked so far is answered. */
  answered(): Promise<void>;
  /** Everything that was acknowledged has its row. */
  expectKept(db: Db): Promise<void>;
  /** The platform's ladder of redeliveries, then: one effect and one answer for each question, the chain whole. */
  expectAllOnce(db: Db): Promise<void>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;
type Place = readonly [openId: string, chatId: string, order: string];
export const inGroups: readonly Place[] = [
  ['ou_chen', demoGroups.jw, 'SO-1001'],
  ['ou_ma', demoGroups.lb, 'SO-2001'],
  ['ou_xie', demoGroups.ft, 'SO-3001'],
];
const everywhere: readonly Place[] = [...inGroups, ['ou_li', 'bot', 'SO-1002']];

/** Where people ask; `bot` is somebody's private chat. */
export async function startFleet(databaseUrl: string, db: Db, places: readonly Place[] = everywhere): Promise<Fleet> {
  const standIn = await createStandIn({
    app: { ...credentials, botName: '跟单' },
    world: company,
    // behind our clock, so that the ladder of redeliveries can be gone through without it
    clock: { now: () => new Date(Date.now() - 3 * HOUR) },
  });
  const { url: domain, close: closeStandIn } = await standIn.listen();
  const rows = readPeople(await readTable('roster.csv', new TextEncoder().encode(rosterCsv)));
  const now = new Date();
  const month = businessDay(now, 'Asia/Shanghai').slice(0, 7);
  await db.transaction((tx) => importPeople(tx, rows, { by: 'console', via: 'console', month, now }));

  const instances = new Set<Child>();
  const urls = new Map<Child, string>();
  const distributor = await distribute(() => [...urls.values()]);
  standIn.setCallbacks({ eventUrl: `${distributor.url}/webhook/event`, cardUrl: `${distributor.url}/webhook/card` });

  const questions: Message[] = [];
  let updates = 0;
  const say = (openId: string, chatId: string, text: string) => {
    const mention = chatId === 'bot' ? '' : `<at id="${standIn.world.botOpenId}"></at> `;
    questions.push(standIn.world.say(openId, chatId, mention + text));
  };
  let opened = false;

  const fleet: Fleet = {
    standIn,
    instances,
    async start({ env = {}, by } = {}) {
      const child = startChild(botEnv(domain, { DATABASE_URL: databaseUrl, ...env }), { by: by ?? builtProgram() });
      instances.add(child);
      const url = await child.listening();
      urls.set(child, url);
      if (!opened) {
        opened = true;
        for (const [openId, chatId, no] of places)
          say(openId, chatId, `/订单 新建 ${no} 客户=宏达 数量=1200件 货期=2028-12-20`);
        await standIn.settled();
      }
      return { child, url };
    },
    retire: (child) => void urls.delete(child),
    ask(count) {
      for (let i = 0; i < count; i++) {
        const [openId, chatId, no] = places[updates % places.length]!;
        say(openId, chatId, `/订单 更新 ${no} 备注=第${updates++}条`);
      }
    },
    asked: () => updates,
    async answered() {
      await standIn.world.until(() => answersTo(standIn, questions).every((count) => count >= 1), 120_000);
    },
    async expectKept(at) {
      const kept = new Set((await at.select({ id: inbox.eventId }).from(inbox)).map(({ id }) => id));
      const acknowledged = standIn.record.pushes.filter(
        ({ ok, eventType }) => ok && eventType === 'im.message.receive_v1',
      );
      expect(acknowledged.map(({ eventId }) => eventId).filter((id) => !kept.has(id))).toEqual([]);
    },
    async expectAllOnce(at) {
      for (const ms of [16_000, 301_000, HOUR + 1_000]) {
        await standIn.clock.advance(ms);
        await standIn.settled();
      }
      const answers = () => answersTo(standIn, questions);
      await standIn.world.until(() => answers().every((count) => count >= 1), 240_000);
      await fleet.expectKept(at);
      expect(answers()).toEqual(questions.map(() => 1));
      const notes = (await at.select({ note: orderProgress.note }).from(orderProgress)).map(({ note }) => note);
      expect(notes.sort()).toEqual(Array.from({ length: updates }, (_, i) => `第${i}条`).sort());
      await expect
        .poll(
          async () => [...new Set((await at.select({ state: outbox.state }).from(outbox)).map(({ state }) => state))],
          {
            timeout: 60_000,
          },
        )
        .toEqual(['sent']);
      expect(await verifyAudit(at)).toEqual([]);
    },
    async close() {
      await Promise.all(
        [...instances].map(
          (child) => child.process.exitCode === null && child.process.signalCode === null && child.end('SIGKILL'),
        ),
      );
      await distributor.close();
      await closeStandIn();
      await standIn.close();
    },
  };
  return fleet;
}

/** How many answers each question has. In a group an answer is a reply; in the private chat there are as many as there were questions. */
export function answersTo({ world }: StandIn, questions: readonly Message[]): number[] {
  const chats = new Map<string, (messageId: string) => number>();
  // each chat is read once: there are hundreds of questions, and they are counted after each change
  for (const { chatId } of questions) if (!chats.has(chatId)) chats.set(chatId, answersIn(chatId, world));
  return questions.map(({ messageId, chatId }) => chats.get(chatId)!(messageId));
}

function answersIn(chatId: string, world: StandIn['world']): (messageId: string) => number {
  const messages = world.messagesIn(chatId);
  if (chatId.startsWith('oc_demo')) {
    const replies = new Map<string | undefined, number>();
    for (const { parentId } of messages) replies.set(parentId, (replies.get(parentId) ?? 0) + 1);
    return (messageId) => replies.get(messageId) ?? 0;
  }
  const fromBot = messages.filter(({ sender }) => sender.kind === 'bot').length;
  const fromPerson = messages.length - fromBot;
  const each = fromBot === fromPerson ? 1 : fromBot > fromPerson ? 2 : 0;
  return () => each;
}

/** Deals requests out in turn, as a load balancer does; one that cannot be reached is answered with 502. */
async function distribute(targets: () => string[]): Promise<{ url: string; close(): Promise<void> }> {
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const urls = targets();
    const target = urls[turn++ % Math.max(1, urls.length)];
    const fail = () => {
      if (!answer.headersSent) answer.writeHead(502);
      answer.end();
    };
    if (!target) return fail();
    const onwards = request(
      new URL(incoming.url!, target),
      { method: incoming.method, headers: incoming.headers, agent: false },
      (reply) => {
        answer.writeHead(reply.statusCode!, reply.headers);
        reply.on('error', fail).pipe(answer);
      },
    ).on('error', fail);
    incoming.on('error', () => onwards.destroy()).pipe(onwards);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
