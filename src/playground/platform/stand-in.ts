/**
 * A Feishu to develop and test against: the Open API that the bot calls, the events that the bot receives, and the clients that
 * people use. It meets the bot over HTTP (or the long connection) only.
 */
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { ClockMove, Faults, World } from '#playground/page-api';
import { attendanceEndpoints } from '#playground/platform/api/attendance';
import { cardEndpoints } from '#playground/platform/api/card-updates';
import { chatEndpoints, connectionEndpoint } from '#playground/platform/api/chats';
import { commandEndpoints } from '#playground/platform/api/commands';
import { contactEndpoints } from '#playground/platform/api/contact';
import { type Gate, openApi } from '#playground/platform/api/gate';
import { messageEndpoints } from '#playground/platform/api/messages';
import { resourceEndpoints } from '#playground/platform/api/resources';
import { tokenEndpoints } from '#playground/platform/api/token';
import type { BaseClock } from '#playground/platform/clock';
import { FaultBox } from '#playground/platform/faults';
import { Files } from '#playground/platform/files';
import { Journal, type Table } from '#playground/platform/journal';
import { Limits } from '#playground/platform/limits';
import { isWeekday, targetOf } from '#playground/platform/page/clock-moves';
import { pageRoutes } from '#playground/platform/page/routes';
import { People } from '#playground/platform/people';
import { Callbacks } from '#playground/platform/push/callbacks';
import { Courier } from '#playground/platform/push/courier';
import { Deliveries, type Targets } from '#playground/platform/push/deliveries';
import { LongConnection } from '#playground/platform/push/long-connection';
import { type UrlVerdict, verifyUrl } from '#playground/platform/push/verify-url';
import { WireRecord } from '#playground/platform/record';
import { type AppIdentity, State } from '#playground/platform/state';
import { TestWorld } from '#playground/platform/test-world';
import type { WorldSeed } from '#playground/platform/world-seed';

export interface StandInOptions {
  app: AppIdentity;
  world: WorldSeed;
  /** Default: real time. The stand-in adds an offset of its own that the page and tests move. */
  clock?: BaseClock;
  /** State survives a restart, also by `kill -9`; absent = memory. */
  dataDir?: string;
  /** Where events and card callbacks are pushed; also later by `setCallbacks`. */
  eventUrl?: string;
  cardUrl?: string;
  /** Awaited at each step of a clock move (an hour at most), so that the host does what is due by then. */
  onClock?: (now: Date) => Promise<void>;
  /** For the move to the next working day; absent = Monday to Friday. */
  isWorkday?: (isoDate: string) => boolean;
  /** Awaited when the page starts the demo over, after the stand-in has forgotten everything. */
  onReset?: () => Promise<void>;
}

export interface StandIn {
  /** `/open-apis/*`, `/callback/ws/endpoint`, `/playground/api/*` */
  routes: Hono;
  listen(port?: number): Promise<{ url: string; close(): Promise<void> }>;
  setCallbacks(targets: Targets): void;
  /** Checks a request URL as the console does on saving. */
  verifyUrl(url: string, how?: 'plain' | 'encrypted'): Promise<UrlVerdict>;
  world: TestWorld;
  faults: FaultBox;
  record: WireRecord;
  clock: {
    now(): Date;
    advance(ms: number): Promise<void>;
    /** Forward to a moment at once, without the steps on the way: the host does what is due by itself. */
    jump(to: Date): void;
  };
  /** A word that the host wants remembered; a reset forgets it. */
  notes: Pick<Table<string>, 'get' | 'set'>;
  /** Forgets everything and lets the host begin anew, as the page's own button does. */
  startOver(): Promise<void>;
  /** While something is told, people can look but not act; the page shows how far it is. */
  settingUp(progress: World['setup']): void;
  tokens: { ttlSeconds: number; revokeAll(): void; readonly alive: number };
  longConnection: LongConnection;
  /** Pushes everything that is due and waits until the bot has answered all of it. */
  settled(): Promise<void>;
  /** The same, and every retry after it. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

const hour = 3_600_000;
const pumpMs = 500;

export async function createStandIn(options: StandInOptions): Promise<StandIn> {
  const journal = new Journal(options.dataDir && join(options.dataDir, 'stand-in.jsonl'));
  const files = new Files(options.dataDir && join(options.dataDir, 'resources'));
  const state = new State(options.app, options.world, journal, options.clock ?? { now: () => new Date() });
  const faults = new FaultBox();
  const limits = new Limits(() => state.clock.ms());
  const record = new WireRecord(state);
  const targets: Targets = { eventUrl: options.eventUrl, cardUrl: options.cardUrl };
  const long = new LongConnection(state, () => faults.random());
  const courier = new Courier(state, record, long);
  const deliveries = new Deliveries(courier, faults, targets, journal);
  const callbacks = new Callbacks(courier, faults, record, targets);
  const people = new People(state, deliveries, callbacks);
  const gate: Gate = { state, faults, limits, record };

  const tokens = {
    ttlSeconds: 7200,
    revokeAll() {
      for (const [key] of state.tokens.entries()) state.tokens.delete(key);
    },
    get alive() {
      return state.tokens.values().filter((token) => token.expiresAt > state.clock.ms()).length;
    },
  };

  /** Goes to `end` in steps of an hour at most, stopping wherever a push is due, and lets the host do its part at each step. */
  async function moveTo(end: number): Promise<void> {
    await deliveries.runDue();
    while (state.clock.ms() < end) {
      const now = state.clock.ms();
      const due = deliveries.nextDueAt();
      const step = Math.min(end, now + hour, due !== undefined && due > now ? due : end);
      state.clock.shift(step - now);
      state.hub.emit({ kind: 'clock' });
      await deliveries.runDue();
      await options.onClock?.(state.clock.now());
    }
  }

  let busy: Promise<void> = Promise.resolve();
  /** Clock moves and resets take turns: a second move starts where the first ended. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = busy.then(work);
    busy = turn.catch(() => {});
    return turn;
  }

  async function startOver(): Promise<void> {
    // The bot goes on running: its token and the commands that it registered at its start stay.
    journal.clear(['tokens', 'commands']);
    files.clear();
    limits.clear();
    faults.clear();
    record.clear();
    state.plant();
    await options.onReset?.();
    state.hub.emit({ kind: 'world' });
  }

  function setFaults(change: Partial<Faults>): void {
    if (change.revokeTokens) tokens.revokeAll();
    faults.set(change);
    state.hub.emit({ kind: 'world' });
  }

  const routes = new Hono();
  routes.route(
    '/open-apis',
    openApi(gate, [
      ...tokenEndpoints(state, faults, () => tokens.ttlSeconds),
      ...messageEndpoints(gate),
      ...resourceEndpoints(gate, files),
      ...cardEndpoints(gate),
      ...chatEndpoints(gate),
      ...contactEndpoints(gate),
      ...attendanceEndpoints(gate),
      ...commandEndpoints(gate),
      connectionEndpoint(() => long.connections.length),
    ]) as unknown as Hono,
  );
  routes.post('/callback/ws/endpoint', async (c) => c.json(await long.handshake(await c.req.json())));
  const moveClock = (to: ClockMove['to']) =>
    inTurn(async () => moveTo(targetOf(to, state.clock.ms(), options.isWorkday ?? isWeekday)));
  const reset = () => inTurn(startOver);
  routes.route('/playground/api', pageRoutes({ state, files, faults, record, people, setFaults, moveClock, reset }));

  const pump = setInterval(() => deliveries.start(), pumpMs);
  pump.unref();

  return {
    routes,
    listen: (port = 0) => listen(routes, port),
    setCallbacks: (change) => Object.assign(targets, change),
    verifyUrl: (url, how) => verifyUrl(state, record, url, how),
    world: new TestWorld({ state, people, deliveries, files, limits }),
    faults,
    record,
    clock: {
      now: () => state.clock.now(),
      advance: (ms) => inTurn(() => moveTo(state.clock.ms() + ms)),
      jump: (to) => state.clock.shift(Math.max(0, to.getTime() - state.clock.ms())),
    },
    notes: state.notes,
    startOver: reset,
    settingUp(progress) {
      state.setup = progress;
      state.hub.emit({ kind: 'world' });
    },
    tokens,
    longConnection: long,
    settled: () => deliveries.runDue(),
    quiet: () => deliveries.quiet(),
    async close() {
      clearInterval(pump);
      await long.close();
      journal.close();
    },
  };
}

async function listen(routes: Hono, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: routes.fetch, port, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
