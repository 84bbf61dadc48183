/**
 * The long connection: a WebSocket server on a port of its own, opened at the first handshake (7.4).
 * Each event goes to one connection chosen at random; an answer later than 3 s counts as none.
 */

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame, type Frame } from '#playground/platform/push/frames';
import { answerLimitMs } from '#playground/platform/push/post';
import type { State } from '#playground/platform/state';

const clientConfig = { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 120 };
const mostConnections = 50;
const serviceId = 1;

export interface LongAnswer {
  /** 200 when the bot acknowledged, 500 when its handler threw, 0 when nothing came in time or nobody is connected. */
  code: number;
  /** What the handler returned, as JSON text. */
  data?: string;
  tookMs: number;
}

export class LongConnection {
  readonly #state: State;
  readonly #random: () => number;
  readonly #waiting = new Map<string, (answer: { code: number; data?: string }) => void>();
  #server: WebSocketServer | undefined;
  /** Whether the handshake is refused, and how: 403, 514, 1000040343 … */
  refuseWith: number | undefined;

  constructor(state: State, random: () => number) {
    this.#state = state;
    this.#random = random;
  }

  get connections(): WebSocket[] {
    return [...(this.#server?.clients ?? [])].filter((client) => client.readyState === client.OPEN);
  }

  /** The answer of `POST /callback/ws/endpoint`. */
  async handshake(body: { AppID?: unknown; AppSecret?: unknown }): Promise<Record<string, unknown>> {
    if (this.refuseWith) return { code: this.refuseWith, msg: 'refused', data: {} };
    if (body.AppID !== this.#state.app.appId || body.AppSecret !== this.#state.app.appSecret) {
      return { code: 514, msg: 'auth failed', data: {} };
    }
    if (this.connections.length >= mostConnections) return { code: 1000040350, msg: 'exceed conn limit', data: {} };
    const port = await this.#listen();
    const query = new URLSearchParams({ device_id: randomUUID(), service_id: String(serviceId), ticket: randomUUID() });
    return { code: 0, msg: 'success', data: { URL: `ws://127.0.0.1:${port}/ws?${query}`, ClientConfig: clientConfig } };
  }

  /** Sends an envelope to one connection and waits 3 s at most for its answer. */
  async send(envelope: unknown): Promise<LongAnswer> {
    const started = performance.now();
    const all = this.connections;
    const chosen = all[Math.floor(this.#random() * all.length)];
    if (!chosen) return { code: 0, tookMs: 0 };
    const messageId = randomUUID();
    const deadline = this.#state.clock.deadline(answerLimitMs);
    const answer = new Promise<{ code: number; data?: string }>((resolve) => this.#waiting.set(messageId, resolve));
    const headers = { type: 'event', message_id: messageId, sum: '1', seq: '0', trace_id: randomUUID() };
    const payload = Buffer.from(JSON.stringify(envelope));
    chosen.send(encodeFrame({ method: 1, service: serviceId, headers, payload }));
    const result = await Promise.race([answer, deadline.expired.then(() => ({ code: 0 }))]);
    deadline.cancel();
    this.#waiting.delete(messageId);
    return { ...result, tookMs: Math.round(performance.now() - started) };
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }

  async #listen(): Promise<number> {
    if (!this.#server) {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      this.#server = server;
      server.on('connection', (socket) => socket.on('message', (data) => this.#receive(socket, data as Buffer)));
      await new Promise((resolve) => server.once('listening', resolve));
    }
    return (this.#server.address() as AddressInfo).port;
  }

  #receive(socket: WebSocket, data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.method === 0) {
      if (frame.headers.type === 'ping') socket.send(encodeFrame(pong()));
      return;
    }
    const answer = JSON.parse(Buffer.from(frame.payload ?? []).toString('utf8')) as { code: number; data?: string };
    const resolve = this.#waiting.get(frame.headers.message_id ?? '');
    const text = answer.data === undefined ? undefined : Buffer.from(answer.data, 'base64').toString('utf8');
    resolve?.({ code: answer.code, ...(text === undefined ? {} : { data: text }) });
  }
}

const pong = (): Frame => ({
  method: 0,
  service: serviceId,
  headers: { type: 'pong' },
  payload: Buffer.from(JSON.stringify(clientConfig)),
});
