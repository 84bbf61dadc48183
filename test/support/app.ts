import { type App, startApp } from '#app/app';
import type { FeishuConfig } from '#app/config';
import { createLog } from '#app/log';
import type { Log } from '#bot/log';
import { silent } from '#bot/log';
import type { Card } from '#cards/kit';
import { businessDay } from '#domain/calendar/business-day';
import { systemClock } from '#feishu/clock';
import { company, rosterCsv } from '#playground/demo/company';
import type { Message, World } from '#playground/page-api';
import { createStandIn, type StandIn } from '#playground/platform/stand-in';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';
import type { TestDatabase } from './database.ts';

export const credentials: FeishuConfig = {
  appId: 'cli_9f5343c580712544',
  appSecret: 'test-secret',
  encryptKey: 'test-encrypt-key',
  verificationToken: 'test-token',
  events: 'webhook',
  domain: '',
  tenantKey: undefined,
};

/** How long an answer may take, in real time. */
export const PATIENCE_MS = 100_000;

export interface Live {
  standIn: StandIn;
  app: App;
  /** Says something in a group (with a mention of the bot) or in private, and waits for the bot's answer. */
  ask(openId: string, chatId: string, text: string): Promise<Message>;
  /** What the page of the stand-in would show. */
  world(): Promise<World>;
  /** Starts the bot again on the same database, as after a crash or a deployment. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The real bot against the stand-in, each on a port of its own, by the official SDK and over HTTP: as in production. */
export async function live(
  database: TestDatabase,
  { log = silent, feishu = {} }: { log?: Log; feishu?: Partial<FeishuConfig> } = {},
): Promise<Live> {
  const standIn = await createStandIn({ app: { ...credentials, botName: '跟单' }, world: company });
  const { url: domain, close: closeStandIn } = await standIn.listen();
  const clock = { ...systemClock, now: () => standIn.clock.now() };
  const start = () =>
    startApp({
      config: {
        port: 0,
        host: '127.0.0.1',
        databaseUrl: undefined,
        dataDir: '',
        feishu: { ...credentials, ...feishu, domain },
        adminOpenIds: [],
        timezone: 'Asia/Shanghai',
        locale: 'zh',
        logLevel: 'info',
      },
      log,
      clock,
      database: { ...database.opened, close: async () => {} },
    });
  let app = await start();
  const callbacks = () =>
    standIn.setCallbacks({ eventUrl: `${app.url}/webhook/event`, cardUrl: `${app.url}/webhook/card` });
  callbacks();
  const rows = readPeople(await readTable('roster.csv', new TextEncoder().encode(rosterCsv)));
  const now = clock.now();
  await database.db.transaction((tx) =>
    importPeople(tx, rows, {
      by: 'console',
      via: 'console',
      month: businessDay(now, 'Asia/Shanghai').slice(0, 7),
      now,
    }),
  );

  return {
    standIn,
    get app() {
      return app;
    },
    async ask(openId, chatId, text) {
      const inGroup = chatId !== 'bot';
      const said = standIn.world.say(
        openId,
        chatId,
        inGroup ? `<at id="${standIn.world.botOpenId}"></at> ${text}` : text,
      );
      return standIn.world.until(
        () =>
          standIn.world
            .messagesIn(said.chatId)
            .find(
              (message) =>
                message.sender.kind === 'bot' &&
                (inGroup
                  ? message.parentId === said.messageId
                  : message.at >= said.at && message.messageId !== said.messageId),
            ),
        // only ends what hangs, also on a busy machine
        PATIENCE_MS,
      );
    },
    world: async () => (await (await fetch(`${domain}/playground/api/world?as=ou_chen`)).json()) as World,
    async restart() {
      await app.stop();
      app = await start();
      callbacks();
    },
    async stop() {
      await app.stop();
      await closeStandIn();
      await standIn.close();
    },
  };
}

export const cardOf = (message: Message | undefined): Card => message?.content as Card;

export { createLog };
