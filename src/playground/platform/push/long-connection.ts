/**
 * The long connection: a WebSocket server on a port of its own, opened at the first handshake (7.4).
 * Each event goes to one connection chosen at random; an answer later than 3 s counts as none.
 */

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame, type Frame } from '#playground/platform/push/frames';
import { answerLimitMs, type PostResult } from '#playground/platform/push/post';
import type { State } from '#playground/platform/state';

const clientConfig = { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 120 };
const mostConnections = 50;
const serviceId = 1;

export class LongConnection {
  readonly #state: State;
  readonly #random: () => number;
  readonly #waiting = new Map<string, (answer: Omit<PostResult, 'tookMs'>) => void>();
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

  /**
   * Sends an envelope to one connection. `status` is 200 when the bot acknowledged, 500 when its handler threw, 0 when nothing
   * came in time or nobody is connected; `text` is what the handler returned, `{}` for nothing.
   */
  async send(body: string): Promise<PostResult> {
    const started = performance.now();
    const all = this.connections;
    const chosen = all[Math.floor(this.#random() * all.length)];
    if (!chosen) return { status: 0, text: '', failure: 'connect', tookMs: 0 };
    const messageId = randomUUID();
    const deadline = this.#state.clock.deadline(answerLimitMs);
    const answer = new Promise<Omit<PostResult, 'tookMs'>>((resolve) => this.#waiting.set(messageId, resolve));
    const headers = { type: 'event', message_id: messageId, sum: '1', seq: '0', trace_id: randomUUID() };
    chosen.send(encodeFrame({ method: 1, service: serviceId, headers, payload: Buffer.from(body) }));
    const late = deadline.expired.then(() => ({ status: 0, text: '', failure: 'timeout' as const }));
    const result = await Promise.race([answer, late]);
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
      server.on('connection', (socket) => {
        socket.on('error', () => socket.terminate());
        socket.on('message', (data) => this.#receive(socket, data as Buffer));
      });
      await new Promise((resolve) => server.once('listening', resolve));
    }
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes a ping or an answer; whoever sends anything else is hung up on. */
  #receive(socket: WebSocket, data: Buffer): void {
    try {
      const frame = decodeFrame(data);
      if (frame.method === 1) this.#answered(frame);
      else if (frame.headers.type === 'ping') socket.send(encodeFrame(pong()));
    } catch {
      socket.terminate();
    }
  }

  #answered(frame: Frame): void {
    const answer = JSON.parse(Buffer.from(frame.payload ?? []).toString('utf8')) as { code: number; data?: string };
    const text = answer.data === undefined ? '{}' : Buffer.from(answer.data, 'base64').toString('utf8');
    this.#waiting.get(frame.headers.message_id ?? '')?.({ status: answer.code, text });
  }
}

const pong = (): Frame => ({
  method: 0,
  service: serviceId,
  headers: { type: 'pong' },
  payload: Buffer.from(JSON.stringify(clientConfig)),
});
