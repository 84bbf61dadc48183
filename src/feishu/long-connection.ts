import type { EventDispatcher } from '@larksuiteoapi/node-sdk';
import { faultOf, type Log } from '#bot/log';
import type { Clock } from './clock.ts';
import { parseEnvelope } from './envelope.ts';
import type { Intake } from './intake.ts';
import { redactingLogger } from './redact.ts';
import { LoggerLevel, WSClient } from './sdk.ts';
import { baseUrl } from './transport.ts';

export interface LongConnectionOptions {
  appId: string;
  appSecret: string;
  /** `feishu`, `lark` or a base URL. */
  domain: string;
  intake: Intake;
  clock: Clock;
  log: Log;
  /** For tests: the client to run instead of the SDK's. */
  connect?: (settings: ConnectSettings) => Connection;
}

export interface ConnectionState {
  /** `down`: given up by the client; a new one is started after a pause. */
  state: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'down';
  since: Date;
  lastEventAt?: Date;
}

export interface LongConnection {
  start(): void;
  stop(): Promise<void>;
  state(): ConnectionState;
}

/** What we use of the SDK's client. */
export interface Connection {
  start(handler: { eventDispatcher: EventDispatcher }): Promise<void>;
  close(): void;
}

export interface ConnectSettings {
  onUp(): void;
  onReconnecting(): void;
  /** The client will not try again by itself. */
  onGivenUp(): void;
}

/** An event that the platform should push again. Says nothing else: the SDK writes thrown errors into its log. */
class PushAgain extends Error {
  override name = 'PushAgain';
  constructor() {
    super('event not taken');
  }
}

/** No frame for this long after a ping: the socket is half dead. */
const PING_TIMEOUT_S = 20;
const HANDSHAKE_MS = 15_000;
const RESTART_MS = [1000, 5000, 15_000, 60_000];
/** The client itself waits up to two minutes between two tries; a fresh one tries at once. */
const STUCK_MS = 40_000;
const LOOK_MS = 5000;
/** Between the answer of a click and the platform's having understood it. */
const AFTER_ANSWER_MS = 500;

/**
 * Events over a connection that we open, for places without a public address. The same path as the webhook's; there is no signature,
 * since the connection itself is authenticated, but app and tenant are checked.
 *
 * The platform gives each event to one of all connections of the app: no second process may run beside this one.
 */
export function longConnection(options: LongConnectionOptions): LongConnection {
  const { appId, intake, clock, log, connect = (settings) => sdkClient(options, settings) } = options;
  let current: ConnectionState = { state: 'idle', since: clock.now() };
  let connection: Connection | undefined;
  let supervising: Promise<void> | undefined;
  const stopping = new AbortController();

  function become(state: ConnectionState['state']) {
    if (current.state === state) return;
    log.info({ state }, 'long connection');
    current = { ...current, state, since: clock.now() };
  }

  /** @returns the answer of a click. @throws PushAgain when the event was not stored. */
  async function take(data: unknown): Promise<unknown> {
    const startedAt = clock.now();
    current = { ...current, lastEventAt: startedAt };
    const envelope = parseEnvelope(data);
    if (!envelope) {
      log.error({}, 'event without an envelope');
      throw new PushAgain();
    }
    const about = { eventId: envelope.eventId, type: envelope.type };
    if (envelope.appId !== appId) {
      log.warn(about, 'event of another app refused');
      return undefined;
    }
    try {
      const verdict = await intake.take(envelope, startedAt, () => clock.wait(AFTER_ANSWER_MS));
      if (verdict.kind === 'malformed') throw new PushAgain();
      return verdict.kind === 'taken' ? verdict.body : undefined;
    } catch (error) {
      if (error instanceof PushAgain) throw error;
      log.error({ ...about, fault: faultOf(error) }, 'event not stored');
      throw new PushAgain();
    }
  }

  // the SDK asks its dispatcher for nothing but this; its own one would flatten the envelope and lose the token in it
  const eventDispatcher = { invoke: take } as unknown as EventDispatcher;

  /** Resolves when there has been no connection for too long. */
  async function stuck(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.wait(LOOK_MS, signal);
      const down = current.state !== 'connected' && clock.now().getTime() - current.since.getTime() >= STUCK_MS;
      if (down) return;
    }
  }

  /** Keeps one client running: the SDK's gives up on some refusals for good, and then nobody would notice. */
  async function supervise() {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      const givenUp = new Promise<void>((resolve) => {
        become('connecting');
        connection = connect({
          onUp() {
            failures = 0;
            become('connected');
          },
          onReconnecting: () => become('reconnecting'),
          onGivenUp: resolve,
        });
        connection.start({ eventDispatcher }).catch((error) => {
          log.error({ fault: faultOf(error) }, 'long connection failed');
          resolve();
        });
        stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      const over = new AbortController();
      await Promise.race([givenUp, stuck(over.signal)]);
      over.abort();
      connection?.close();
      if (stopping.signal.aborted) break;
      become('down');
      await clock.wait(RESTART_MS[Math.min(failures, RESTART_MS.length - 1)]!, stopping.signal);
    }
    become('idle');
  }

  return {
    start() {
      supervising ??= supervise();
    },
    async stop() {
      stopping.abort();
      await supervising;
    },
    state: () => current,
  };
}

function sdkClient({ appId, appSecret, domain, log }: LongConnectionOptions, settings: ConnectSettings): Connection {
  const client = new WSClient({
    appId,
    appSecret,
    domain: baseUrl(domain),
    loggerLevel: LoggerLevel.info,
    logger: redactingLogger(log, [appSecret]),
    handshakeTimeoutMs: HANDSHAKE_MS,
    wsConfig: { pingTimeout: PING_TIMEOUT_S },
    onReady: settings.onUp,
    onReconnected: settings.onUp,
    onReconnecting: settings.onReconnecting,
    onError: settings.onGivenUp,
  });
  return {
    start: (handler) => client.start(handler),
    close: () => client.close({ force: true }),
  };
}
