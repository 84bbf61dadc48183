import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { faultOf, type Log } from '#bot/log';
import { findPerson } from '#db/people';
import { isWorkday } from '#domain/calendar/workdays';
import { systemClock } from '#feishu/clock';
import { company } from '#playground/demo/company';
import { begins, moment, present } from '#playground/demo/past/act';
import { pageRoutes } from '#playground/page-routes';
import { createStandIn } from '#playground/platform/stand-in';
import { type App, startApp } from './app.ts';
import { type Config, ConfigProblems, type FeishuConfig } from './config.ts';
import { clearDemo, enterCompany, isOurs } from './demo.ts';
import { livePast } from './live-demo.ts';
import { type Front, listen } from './server.ts';

/** Credentials of the stand-in: good for nothing else. */
const credentials: FeishuConfig = {
  appId: 'cli_a1b2c3d4e5f60718',
  appSecret: 'playground-secret',
  encryptKey: 'playground-encrypt-key',
  verificationToken: 'playground-token',
  events: 'webhook',
  domain: 'self',
  tenantKey: undefined,
};

const foreign = () =>
  new ConfigProblems([
    'DATABASE_URL names a database with people that are not the demo: set the FEISHU_… credentials, or give the playground a database of its own',
  ]);

export interface Playground extends App {
  /** The demo company is there with all its past, and everything can be done. */
  ready: Promise<void>;
}

/** Written down when the past was lived through to its end: a start that was cut short begins again. */
const LIVED = 'lived';

/**
 * The whole product on one machine: the bot and, on the same port, a stand-in Feishu with its chat page. They meet over HTTP only. The
 * page is there first; while the database opens, and at the first start the demo's past is lived through, it says so.
 */
export async function startPlayground(config: Config, log: Log): Promise<Playground> {
  let app: App | undefined;
  const standIn = await createStandIn({
    app: { ...credentials, botName: '跟单' },
    world: { ...company, beginsAt: moment(begins).toISOString() },
    dataDir: join(config.dataDir, 'playground'),
    // the bot lives by the stand-in's clock, so that a month can be lived through in two minutes
    onClock: async () => app?.settle(),
    isWorkday: (date) => isWorkday(date),
    onReset: async () => app && begin(app),
  });
  const clock = { ...systemClock, now: () => standIn.clock.now() };
  const routes = new Hono();
  routes.route('/', standIn.routes);
  routes.route('/', pageRoutes());

  /** From an empty database to the demo's present. */
  async function begin(app: App): Promise<void> {
    standIn.settingUp({ done: 0, of: 1 });
    const { db } = app.database;
    if (!(await isOurs(db))) throw foreign();
    await clearDemo(db);
    await enterCompany(db, { now: clock.now(), zone: config.timezone });
    await livePast(standIn, app, stopping.signal);
    standIn.notes.set(LIVED, present);
    standIn.settingUp(undefined);
  }

  const stopping = new AbortController();
  standIn.settingUp({ done: 0, of: 1 });
  let front: Front | undefined;
  try {
    front = await listen(routes, config);
    app = await startApp({
      // the demo can be started over, which to an auditor is a chain cut off
      config: { ...config, feishu: credentials, anchorFile: undefined },
      log,
      clock,
      routes,
      front,
      onListening: (url) => standIn.setCallbacks({ eventUrl: `${url}/webhook/event`, cardUrl: `${url}/webhook/card` }),
    });
    if (!(await isOurs(app.database.db))) throw foreign();
  } catch (error) {
    await standIn.close();
    await (app ? app.stop() : front?.close(0));
    throw error;
  }
  const running = app;
  const isLived =
    standIn.notes.get(LIVED) !== undefined && (await findPerson(app.database.db, company.users[0]!.openId));
  const ready = isLived ? Promise.resolve(standIn.settingUp(undefined)) : standIn.startOver();
  // whoever waits hears of it; the process must not end over it
  const settled = ready.catch((error) => {
    if (!stopping.signal.aborted) log.error({ fault: faultOf(error) }, 'the demo company could not be set up');
  });
  return {
    ...app,
    ready,
    async stop() {
      stopping.abort();
      await settled;
      await standIn.close();
      await running.stop();
    },
  };
}

/** Forgets everything that was done in the playground. */
export async function resetPlayground(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'playground'), { recursive: true, force: true });
  await rm(join(dataDir, 'db'), { recursive: true, force: true });
}
