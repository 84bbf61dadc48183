import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Log } from '#bot/log';
import { isWorkday } from '#domain/calendar/workdays';
import { systemClock } from '#feishu/clock';
import { company } from '#playground/demo/company';
import { pageRoutes } from '#playground/page-routes';
import { createStandIn } from '#playground/platform/stand-in';
import { type App, startApp } from './app.ts';
import type { Config, FeishuConfig } from './config.ts';
import { clearDemo, seedDemo } from './demo.ts';

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

/** The whole product on one machine: the bot and, on the same port, a stand-in Feishu with its chat page. They meet over HTTP only. */
export async function startPlayground(config: Config, log: Log): Promise<App> {
  let app: App | undefined;
  const standIn = await createStandIn({
    app: { ...credentials, botName: '跟单' },
    world: company,
    dataDir: join(config.dataDir, 'playground'),
    // the bot lives by the stand-in's clock, so that a month can be lived through in two minutes
    onClock: async () => app?.settle(),
    isWorkday: (date) => isWorkday(date),
    async onReset() {
      if (!app) return;
      await clearDemo(app.database.db);
      await seedDemo(app.database.db, { now: standIn.clock.now(), zone: config.timezone });
    },
  });
  const clock = { ...systemClock, now: () => standIn.clock.now() };
  const routes = new Hono();
  routes.route('/', standIn.routes);
  routes.route('/', pageRoutes());
  try {
    app = await startApp({
      config: { ...config, feishu: credentials },
      log,
      clock,
      routes,
      onListening: (url) => standIn.setCallbacks({ eventUrl: `${url}/webhook/event`, cardUrl: `${url}/webhook/card` }),
      prepare: (db) => seedDemo(db, { now: clock.now(), zone: config.timezone }),
    });
  } catch (error) {
    await standIn.close();
    throw error;
  }
  const { stop } = app;
  return {
    ...app,
    async stop() {
      await standIn.close();
      await stop();
    },
  };
}

/** Forgets everything that was done in the playground. */
export async function resetPlayground(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'playground'), { recursive: true, force: true });
  await rm(join(dataDir, 'db'), { recursive: true, force: true });
  await rm(join(dataDir, 'anchors.jsonl'), { force: true });
}
