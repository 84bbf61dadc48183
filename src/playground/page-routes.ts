import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import { type Context, Hono } from 'hono';
import { root } from '#root';

const compress = promisify(gzip);
const pageDir = join(root, 'src/playground/page');

/** A second lock: even if a card slipped mark-up past the page, nothing but the page's own script would run. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

interface Asset {
  type: string;
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer>;
}

export interface PageOptions {
  /** open_id of whom a first visitor is; without it the page asks the stand-in for the world of nobody in particular. */
  startAs?: string;
}

/**
 * The playground's page: `/`, its script, its styles and, for cards that hold a chart, the chart library.
 *
 * The script is bundled when the routes are made, so that there is no build step to forget; a request that comes first waits for
 * it. Everything is answered from memory, compressed once. The script and the styles are named with their fingerprint in the page
 * and may be kept forever; the page itself is asked for anew each time.
 */
export function pageRoutes(options: PageOptions = {}): Hono {
  const bundle = bundlePage(options);
  // Whoever asks for the page learns of a broken bundle; the process must not end over it.
  bundle.catch(() => undefined);
  let charts: Promise<Asset> | undefined;

  const routes = new Hono();
  routes.get('/', async (c) => answer(c, (await bundle).html));
  routes.get('/playground/assets/page.js', async (c) => answer(c, (await bundle).script));
  routes.get('/playground/assets/page.css', async (c) => answer(c, (await bundle).styles));
  routes.get('/playground/assets/vchart.js', async (c) => {
    charts ??= chartLibrary();
    return answer(c, await charts);
  });
  return routes;
}

async function bundlePage({ startAs = '' }: PageOptions): Promise<{ html: Asset; script: Asset; styles: Asset }> {
  const built = await build({
    absWorkingDir: pageDir,
    entryPoints: { page: 'main.tsx', styles: 'styles/page.css' },
    outdir: 'out',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['chrome111', 'firefox121', 'safari17'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const file = (ending: string) => {
    const found = built.outputFiles.find((output) => output.path.endsWith(ending));
    if (!found) throw new Error(`the bundle holds no ${ending} file`);
    return found.text;
  };
  const script = await asset('text/javascript; charset=utf-8', file('.js'));
  const styles = await asset('text/css; charset=utf-8', file('.css'));
  const template = await readFile(join(pageDir, 'page.html'), 'utf8');
  const html = template
    .replace('data-start-as=""', `data-start-as="${startAs.replace(/[^\w-]/g, '')}"`)
    .replace('page.css', `page.css?v=${styles.etag}`)
    .replace('page.js', `page.js?v=${script.etag}`);
  return { html: await asset('text/html; charset=utf-8', html), script, styles };
}

async function chartLibrary(): Promise<Asset> {
  const main = createRequire(import.meta.url).resolve('@visactor/vchart');
  const file = main.replace(/^(.*[\\/]vchart[\\/]).*$/, '$1build/index.min.js');
  return asset('text/javascript; charset=utf-8', await readFile(file, 'utf8'));
}

async function asset(type: string, text: string): Promise<Asset> {
  const plain = new TextEncoder().encode(text);
  const etag = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return { type, etag, plain, gzipped: new Uint8Array(await compress(plain)) };
}

function answer(c: Context, { type, etag, plain, gzipped }: Asset): Response {
  const named = c.req.query('v') === etag;
  c.header('ETag', `"${etag}"`);
  c.header('Vary', 'Accept-Encoding');
  c.header('Cache-Control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (c.req.header('If-None-Match')?.includes(`"${etag}"`)) return c.body(null, 304);
  c.header('Content-Type', type);
  c.header('X-Content-Type-Options', 'nosniff');
  if (type.startsWith('text/html')) c.header('Content-Security-Policy', policy);
  if (!/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')) return c.body(plain);
  c.header('Content-Encoding', 'gzip');
  return c.body(gzipped);
}
