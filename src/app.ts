import { Hono } from 'hono';
import { createBot } from '#bot/bot';
import { faultOf, type Log } from '#bot/log';
import { commands } from '#commands/index';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '#db/client';
import { housekeeping } from '#db/housekeeping';
import { outboxState } from '#db/sending';
import { putSetting } from '#db/settings';
import { businessDay } from '#domain/calendar/business-day';
import { createApi } from '#feishu/api';
import { botIdentity } from '#feishu/bot-identity';
import { type Clock, systemClock } from '#feishu/clock';
import { createIntake } from '#feishu/intake';
import { lateAnswer } from '#feishu/late-answer';
import { type LongConnection, longConnection } from '#feishu/long-connection';
import { createSender } from '#feishu/sender';
import { registerSlashCommands } from '#feishu/slash-commands';
import { tenantCheck } from '#feishu/tenant';
import { webhookRoutes } from '#feishu/webhook';
import { applyPersonEvent, ensureAdmins } from '#usecases/directory';
import { forgetLeavers } from '#usecases/forget-leavers';
import { draftings } from '#usecases/pay/drafting';
import { fileReply } from '#usecases/reply-files';
import { tellAuditors } from '#usecases/tell-auditors';
import { publishAnchors } from './anchors.ts';
import type { Config, FeishuConfig } from './config.ts';
import { dueTasks } from './due-tasks.ts';
import { jobHandlers } from './job-handlers.ts';
import { createJobRunner } from './jobs.ts';
import { createMetrics } from './metrics.ts';
import { createSchedule } from './schedule.ts';
import { type Front, listen, operationsRoutes } from './server.ts';
import { slashCommandsOf } from './slash-list.ts';
import { takeFile } from './take-file.ts';
import { takeUpFailed } from './take-up-failed.ts';

export interface App {
  url: string;
  database: OpenDatabase;
  /** Everything that is due now is done and sent: for tests and for the playground's clock. */
  settle(): Promise<void>;
  /** Everything that was taken so far is done and answered. */
  answered(): Promise<void>;
  receive: ReturnType<typeof createBot>['receive'];
  stop(): Promise<void>;
}

export interface AppOptions {
  config: Config & { feishu: FeishuConfig };
  log: Log;
  clock?: Clock;
  /** More routes of the same server: the playground's. */
  routes?: Hono;
  /** A server that listens already; it serves the bot from when that can work. Without it one is started on the port of the settings. */
  front?: Front;
  /** Called when the server listens and before anything is asked of the platform: the playground's stand-in is that server. */
  onListening?: (url: string) => void;
  /** An open database instead of the one that the settings name. */
  database?: OpenDatabase;
  /** Called when the schema is there and before any event is taken. */
  prepare?: (db: Db) => Promise<void>;
}

const OLDEST_MESSAGE_MS = 5 * 60_000;
const HOUSEKEEPING_MS = 60 * 60_000;
const PLATFORM_CHECK_MS = 30_000;

/** Wires everything and starts it. */
export async function startApp({
  config,
  log,
  clock = systemClock,
  routes,
  front,
  onListening,
  prepare,
  database: opened,
}: AppOptions): Promise<App> {
  const { feishu, timezone: zone, locale } = config;
  const now = () => clock.now();
  const database =
    opened ??
    (config.databaseUrl
      ? await openPostgres(config.databaseUrl, { migrationUrl: config.migrationUrl })
      : await openEmbedded(config.dataDir));
  const { db } = database;
  log.info({ database: database.kind }, database.durability);
  await prepare?.(db);

  const root = new Hono();
  // replaced below; until then a request finds nothing but is answered
  let server: Front;
  try {
    server = front ?? (await listen(new Hono(), { port: config.port, host: config.host }));
  } catch (error) {
    await database.close();
    throw error;
  }
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${server.port}`;
  onListening?.(url);
  const domain = feishu.domain === 'self' ? url : feishu.domain;

  const metrics = createMetrics(async () => {
    const { pending, dead, oldestMs } = await outboxState(db, now());
    return { pending, dead, oldestSeconds: oldestMs / 1000 };
  });
  const api = createApi({ appId: feishu.appId, appSecret: feishu.appSecret, domain, now, log });
  const sender = createSender({
    db,
    api,
    appId: feishu.appId,
    clock,
    log,
    metrics: {
      attempt(result, ms) {
        metrics.sends.inc({ result });
        metrics.sendSeconds.observe(ms / 1000);
      },
    },
  });
  const threads = draftings(db, database.kind === 'postgres' ? config.databaseUrl : undefined);
  const jobs = createJobRunner({
    db,
    handlers: jobHandlers({
      ...{ api, zone, brand: feishu.domain, draftings: threads },
      surroundings: () => bot.surroundings,
    }),
    now,
    log,
    onCommitted: () => sender.kick(),
  });
  const onCommitted = () => {
    sender.kick();
    jobs.kick();
  };

  const identity = botIdentity(db, api, now);
  let botOpenId = '';
  const knowBot = async (): Promise<string> => {
    botOpenId = await identity();
    return botOpenId;
  };
  const bot = createBot({
    db,
    commands,
    now,
    zone,
    locale,
    log,
    botOpenId: () => botOpenId,
    onCommitted,
    onReply: (tx, reply) => fileReply(tx, reply, now()),
    onFile: (tx, actor, file) => takeFile(tx, actor, file, now()),
    onPerson: (tx, change) => applyPersonEvent(tx, change, { now: now(), today: businessDay(now(), zone) }),
  });
  /** The last event could not be stored (disk full, read-only …), though the database may answer. */
  let unstored = false;
  const intake = createIntake({
    async receive(incoming) {
      const done = metrics.eventSeconds.startTimer({ kind: incoming.kind });
      metrics.events.inc({ kind: incoming.kind });
      try {
        const answer = await bot.receive(incoming);
        unstored = false;
        return answer;
      } catch (error) {
        unstored = true;
        throw error;
      } finally {
        done();
      }
    },
    botOpenId: knowBot,
    isOurTenant: tenantCheck(db, { ...(feishu.tenantKey && { configured: feishu.tenantKey }), now }),
    deliverLate: lateAnswer({ api, clock, log }),
    clock,
    log,
  });
  const tasks = [
    ...dueTasks(),
    takeUpFailed(bot.receive),
    ...(config.anchorFile ? [publishAnchors(config.anchorFile, log)] : []),
    tellAuditors(config.auditorOpenIds ?? []),
    forgetLeavers(config.leaverRetentionMonths ?? 36),
  ];
  const schedule = createSchedule({ db, tasks, now, zone, locale, log, onCommitted });

  let connection: LongConnection | undefined;
  if (feishu.events === 'ws') {
    connection = longConnection({ appId: feishu.appId, appSecret: feishu.appSecret, domain, intake, clock, log });
    connection.start();
  } else
    root.route(
      '/',
      webhookRoutes({
        credentials: {
          appId: feishu.appId,
          encryptKey: feishu.encryptKey,
          verificationToken: feishu.verificationToken,
        },
        intake,
        clock,
        log,
      }),
    );

  let platformSeen = 0;
  async function check(): Promise<{ ready: boolean; problems: string[] }> {
    const problems: string[] = [];
    const test = async (what: string, probe: () => Promise<unknown>) => {
      const fine = await probe().catch(() => false);
      if (fine === false) problems.push(what);
    };
    await test('the database takes no writes', () => putSetting(db, 'ready', { at: now().toISOString() }, now()));
    const hasDatabase = problems.length === 0;
    if (hasDatabase && unstored) problems.push('the last event could not be stored');
    await test('the platform refuses our credentials or cannot be reached', async () => {
      if (Math.abs(now().getTime() - platformSeen) < PLATFORM_CHECK_MS) return;
      platformSeen = 0;
      await api.botInfo();
      platformSeen = now().getTime();
    });
    if (hasDatabase)
      await test('messages wait to be sent for more than five minutes', async () =>
        (await outboxState(db, now())).oldestMs < OLDEST_MESSAGE_MS);
    if (connection) await test('the long connection is down', async () => connection.state().state === 'connected');
    return { ready: problems.length === 0, problems };
  }
  root.route('/', operationsRoutes({ check, metrics }));
  if (routes) root.route('/', routes);
  server.serve(root);

  await ensureAdmins(db, config.adminOpenIds, now());
  const tidy = () =>
    housekeeping(db, now()).catch((error) =>
      log.warn({ fault: faultOf(error) }, 'housekeeping failed; it will be tried again'),
    );
  const tidying = setInterval(tidy, HOUSEKEEPING_MS);
  tidying.unref();
  sender.start();
  jobs.start();
  schedule.start();
  registerSlashCommands(api, slashCommandsOf(commands), log).catch((error) =>
    log.warn({ fault: faultOf(error) }, 'the slash commands could not be registered; typing them works all the same'),
  );
  log.info({ port: server.port, events: feishu.events, today: businessDay(now(), zone) }, 'Gendan is listening');

  const answered = async () => {
    await jobs.idle();
    await sender.idle();
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    database,
    receive: bot.receive,
    async settle() {
      await schedule.tick();
      await answered();
    },
    answered,
    stop() {
      stopped ??= (async () => {
        clearInterval(tidying);
        await connection?.stop();
        await server.close(3_000);
        await Promise.all([intake.settled(), schedule.stop(), jobs.stop()]);
        await Promise.all([sender.stop(), threads.close()]);
        api.close();
        await database.close();
      })();
      return stopped;
    },
  };
}
