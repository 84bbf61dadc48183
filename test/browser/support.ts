import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { type PageOptions, pageRoutes } from '#playground/page-routes';
import { fakePageApi } from './fake-page-api.ts';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser: `CHROMIUM_PATH`, else where Debian puts it. */
export function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`no Chromium at ${path}; set CHROMIUM_PATH`);
  return path;
}

export interface OpenOptions {
  as?: string;
  chat?: string;
  beside?: string;
  screen?: { width: number; height: number };
  locale?: string;
  /** What is there once the page is open; the client unless said otherwise. */
  landing?: 'client' | 'alert' | 'setup';
}

/** The page and `api` on a server of their own, looked at by a browser of their own. */
export async function startBrowser(api: Hono, options?: PageOptions) {
  const app = new Hono();
  app.route('/', api);
  app.route('/', pageRoutes(options));
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browsing = await browse(base);
  return {
    ...browsing,
    async stop() {
      await browsing.stop();
      (server as { closeAllConnections?: () => void }).closeAllConnections?.();
      server.close();
    },
  };
}

/** A browser that looks at a page which is served already. */
export async function browse(base: string) {
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
  let problems: string[] = [];

  return {
    base,
    /** Console errors, exceptions and failed requests so far. */
    problems: () => problems,
    /** Takes back problems that the test brought about itself. */
    forgive(pattern: RegExp) {
      problems = problems.filter((problem) => !pattern.test(problem));
    },
    async open({
      as,
      chat,
      beside,
      screen = desktop,
      locale = 'zh-CN',
      landing = 'client',
    }: OpenOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: screen, locale, permissions: ['clipboard-write'] });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      watch(page, (problem) => problems.push(problem));
      // Pages that cards link to are somebody else's.
      await page.addInitScript('window.opened = []; window.open = (url) => { window.opened.push(url); return null; };');
      const words = new URLSearchParams(
        Object.entries({ as, chat, beside }).filter(([, word]) => word) as [string, string][],
      );
      await page.goto(`${base}/#${words}`);
      const client = page.getByTestId('chat-item').or(page.getByTestId('pane'));
      const there = {
        client: client.first(),
        alert: page.getByRole('alert'),
        // whoever is late for it finds the client
        setup: page.getByTestId('setting-up').or(client).first(),
      };
      await there[landing].waitFor();
      return page;
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    stop: () => browser.close(),
  };
}

/** The page before a fake stand-in, which `fresh` replaces by a new one. */
export async function startPage() {
  let fake = fakePageApi();
  const api = new Hono();
  api.all('/playground/api/*', (c) => fake.app.fetch(c.req.raw));
  const stage = await startBrowser(api);
  return {
    ...stage,
    get fake() {
      return fake;
    },
    fresh() {
      fake = fakePageApi();
      stage.forgive(/./);
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startPage>>;

function watch(page: Page, report: (problem: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`exception: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    // What is still under way when a page goes is given up by the browser itself.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') report(`request: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) report(`answer: ${response.status()} ${response.url()}`);
  });
}

/** The card with this title. */
export function cardWith(page: Page, title: string): Locator {
  return page.getByTestId('card').filter({ has: page.locator('h3', { hasText: title }) });
}

/** The action of the newest click; waits until there are `count`. */
export async function clickedAction(stage: Stage, count: number): Promise<unknown> {
  await expect.poll(() => stage.fake.clicks.length).toBe(count);
  return stage.fake.clicks.at(-1)?.action;
}

/** Picks a line of the open list of choices. */
export async function choose(page: Page, text: string): Promise<void> {
  await page.locator('.popup [role=option]').filter({ hasText: text }).first().click();
}

/** How many different colours a canvas shows; a blank one shows one. */
export async function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((node) => {
    const { width, height, getContext } = node as unknown as Canvas;
    const { data } = getContext.call(node, '2d').getImageData(0, 0, width, height);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]} ${data[at + 1]} ${data[at + 2]} ${data[at + 3]}`);
    return seen.size;
  });
}

/** As much of a canvas as is looked at; the tests are checked without the browser's types. */
interface Canvas {
  width: number;
  height: number;
  getContext(
    this: unknown,
    kind: '2d',
  ): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}
