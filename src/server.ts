import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

export interface Health {
  /** Whether it can do its work now; each fault in words. */
  check(): Promise<{ ready: boolean; problems: string[] }>;
  metrics: Metrics;
}

/** Liveness, readiness and metrics. `/healthz` says only that the process answers: restarting it would not bring a database back. */
export function operationsRoutes({ check, metrics }: Health): Hono {
  const routes = new Hono();
  routes.get('/healthz', (c) => c.json({ ok: true }));
  routes.get('/readyz', async (c) => {
    const { ready, problems } = await check();
    return c.json({ ready, problems }, ready ? 200 : 503);
  });
  routes.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }));
  return routes;
}

export interface Listening {
  port: number;
  /** Takes no new requests; resolves when those under way are answered, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** A server that is there before what it serves: whoever comes early sees something. */
export interface Front extends Listening {
  serve(app: Hono): void;
}

/** Slow senders are cut off: a request's head in 10 s, all of it in 20 s. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  connectionsCheckingInterval: 2_000,
};

export async function listen(first: Hono, { port, host }: { port: number; host: string }): Promise<Front> {
  let app = first;
  const fetch: Hono['fetch'] = (...request) => app.fetch(...request);
  const server: ServerType = await new Promise((resolve, reject) => {
    const started = serve({ fetch, port, hostname: host, serverOptions: limits }, () => resolve(started));
    started.once('error', reject);
  });
  return {
    serve(next) {
      app = next;
    },
    port: (server.address() as AddressInfo).port,
    close: (graceMs) =>
      new Promise((resolve) => {
        const forced = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(forced);
          resolve();
        });
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}
