import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '#db/audit';
import { type Db, openEmbedded } from '#db/client';
import { inbox, orderProgress, outbox } from '#db/schema';
import { businessDay } from '#domain/calendar/business-day';
import { company, rosterCsv } from '#playground/demo/company';
import { demoGroups } from '#playground/demo/groups';
import type { Message } from '#playground/page-api';
import { createStandIn, type StandIn } from '#playground/platform/stand-in';
import { credentials } from '#test/support/app';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { botEnv, builtProgram, type Child, startChild } from '#test/trust/child';
import { answersTo } from '#test/trust/fleet';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';

/** The real program against the stand-in, killed in the middle of its work again and again. */

const onServer = process.env.GENDAN_TEST_DATABASE === 'postgres';
const isLong = process.env.GENDAN_LONG !== undefined;
const KILLS = onServer ? (isLong ? 100 : 10) : 2;
const HOUR = 3_600_000;

let database: TestDatabase | undefined;
let dataDir: string;
let standIn: StandIn;
let domain: string;
let closeStandIn: () => Promise<void>;
let child: Child;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gendan-crash-'));
  if (onServer) database = await testDatabase();
  // three hours behind, so that the platform's ladder of redeliveries can be gone through without our clock
  standIn = await createStandIn({
    app: { ...credentials, botName: '跟单' },
    world: company,
    clock: { now: () => new Date(Date.now() - 3 * HOUR) },
  });
  ({ url: domain, close: closeStandIn } = await standIn.listen());
});
afterAll(async () => {
  if (child?.process.exitCode === null) await child.end('SIGKILL');
  await closeStandIn();
  await standIn.close();
  await database?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the bot has, looked at from outside: on the server while it runs, in the directory while it does not. */
async function look<T>(at: (db: Db) => Promise<T>): Promise<T> {
  if (database) return at(database.db);
  const opened = await openEmbedded(dataDir);
  try {
    return await at(opened.db);
  } finally {
    await opened.close();
  }
}

async function startBot(): Promise<void> {
  const where: Record<string, string> = database
    ? { DATABASE_URL: database.url! }
    : { DATA_DIR: dataDir, ALLOW_EMBEDDED_DATABASE: '1' };
  child = startChild(botEnv(domain, where), { by: builtProgram() });
  const url = await child.listening();
  standIn.setCallbacks({ eventUrl: `${url}/webhook/event`, cardUrl: `${url}/webhook/card` });
}

const places = [
  ['ou_chen', demoGroups.jw, 'SO-1001'],
  ['ou_ma', demoGroups.lb, 'SO-2001'],
  ['ou_xie', demoGroups.ft, 'SO-3001'],
  ['ou_li', 'bot', 'SO-1002'],
] as const;

describe(`kill -9, ${KILLS} times in the middle of work`, () => {
  it('every acknowledged event has its row, every event one effect, every question one answer', async () => {
    await look(async (db) => {
      const rows = readPeople(await readTable('roster.csv', new TextEncoder().encode(rosterCsv)));
      const now = new Date();
      const month = businessDay(now, 'Asia/Shanghai').slice(0, 7);
      await db.transaction((tx) => importPeople(tx, rows, { by: 'console', via: 'console', month, now }));
    });
    await startBot();
    const questions: Message[] = [];
    const ask = (openId: string, chatId: string, text: string) => {
      const mention = chatId === 'bot' ? '' : `<at id="${standIn.world.botOpenId}"></at> `;
      questions.push(standIn.world.say(openId, chatId, mention + text));
    };
    for (const [openId, chatId, no] of places)
      ask(openId, chatId, `/订单 新建 ${no} 客户=宏达 数量=1200件 货期=2028-12-20`);
    await standIn.settled();

    let asked = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      for (let i = 0; i < 12; i++) {
        const [openId, chatId, no] = places[asked % places.length]!;
        ask(openId, chatId, `/订单 更新 ${no} 备注=第${asked++}条`);
        // the bot is hit at another moment of its work each time
        if (i % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 15 + 7 * (kill % 10)));
      }
      await child.end('SIGKILL');
      const acknowledged = acknowledgedEvents();
      const kept = new Set(
        await look(async (db) => (await db.select({ id: inbox.eventId }).from(inbox)).map(({ id }) => id)),
      );
      expect(acknowledged.filter((eventId) => !kept.has(eventId))).toEqual([]);
      // what it held is free again within ten seconds
      const leases = await look((db) => db.select({ until: outbox.leasedUntil }).from(outbox));
      const soon = Date.now() + 10_000;
      expect(leases.filter(({ until }) => until !== null && until.getTime() > soon)).toEqual([]);
      await startBot();
    }
    // otherwise the kills hit nothing
    expect(standIn.record.pushes.filter(({ ok }) => !ok).length).toBeGreaterThan(KILLS);
    const answers = () => answersTo(standIn, questions);
    const allAnswered = () => standIn.world.until(() => answers().every((count) => count >= 1), 240_000);
    // the platform's own ladder: 15 s, 5 min, 1 h
    for (const ms of [16_000, 301_000]) {
      await standIn.clock.advance(ms);
      await standIn.settled();
    }
    // only the platform's clock moves, so what was on its way at the last kill must be through before its uuid is an hour old there:
    // messages of a chat go in order, and these are the last
    for (const [openId, chatId, no] of places) ask(openId, chatId, `/订单 更新 ${no} 备注=第${asked++}条`);
    await allAnswered();
    await standIn.clock.advance(HOUR + 1_000);
    await standIn.settled();
    await allAnswered();
    const { code } = await child.end('SIGTERM');
    expect(code).toBe(0);

    expect(answers()).toEqual(questions.map(() => 1));
    await look(async (db) => {
      const notes = (await db.select().from(orderProgress)).map(({ note }) => note);
      expect(notes.sort()).toEqual(Array.from({ length: asked }, (_, i) => `第${i}条`).sort());
      const states = (await db.select().from(outbox)).map(({ state }) => state);
      expect(new Set(states)).toEqual(new Set(['sent']));
      expect(await verifyAudit(db)).toEqual([]);
    });
  }, 900_000);
});

/** Events that the platform was told it may forget. */
const acknowledgedEvents = (): string[] => [
  ...new Set(
    standIn.record.pushes
      .filter(({ ok, eventType }) => ok && eventType === 'im.message.receive_v1')
      .map(({ eventId }) => eventId),
  ),
];
