import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
/** Builds that are kept: an older bot that is still running opens its thread from its own. */
const KEPT = 20;

/** What is started by its name. A thread is started by a path beside whoever opens it (`src/usecases/pay/drafting.ts`). */
const started = {
  main: 'src/main.ts',
  cli: 'src/cli.ts',
  'start-drafting-thread': 'src/usecases/pay/drafting-thread.ts',
};

/**
 * Translates the sources and puts them together (ADR 19). Done at every start, so that no build is ever forgotten or old, into a folder named by
 * the content: starts at the same time write the same, and the files of a running program are never written over.
 *
 * @param {Record<string, string>} more entry points besides those of the program, by name
 * @param {string} builds where builds are kept
 * @returns {string} the folder with `main.mjs`, `cli.mjs` and what they need. Where nothing may be written into the project it is one of the
 *   system's for temporary files, until this process ends
 */
export function buildProgram(more = {}, builds = join(root, 'dist')) {
  // nothing is written there; source maps name the sources from where the build will be
  const outdir = join(builds, 'program');
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: { ...started, ...more },
    outdir,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // a logged fault names the place in the sources
    sourcemap: true,
    sourcesContent: false,
    // also where no package.json says that it is a module
    outExtension: { '.js': '.mjs' },
    define: { 'import.meta.dirname': JSON.stringify(root) },
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: relative(outdir, path), contents }));
  const hash = createHash('sha256');
  for (const { name, contents } of files) hash.update(`${name} ${contents.length}\n`).update(contents);
  const name = hash.digest('hex').slice(0, 16);
  try {
    const folder = write(join(builds, name), files);
    tidy(folder);
    return folder;
  } catch {
    const elsewhere = mkdtempSync(join(tmpdir(), 'gendan-program-'));
    process.once('exit', () => rmSync(elsewhere, { recursive: true, force: true }));
    // packages are looked for beside the program
    symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'));
    return write(join(elsewhere, name), files);
  }
}

/** What is there already, whole, is left alone; everything else appears whole. */
function write(folder, files) {
  if (files.every(({ name, contents }) => holds(join(folder, name), contents))) return folder;
  mkdirSync(folder, { recursive: true });
  for (const { name, contents } of files) {
    const unfinished = join(folder, `${name}.${process.pid}`);
    writeFileSync(unfinished, contents);
    renameSync(unfinished, join(folder, name));
  }
  return folder;
}

function holds(path, contents) {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    return false;
  }
}

/** Takes the builds away that were not started for longest. It is not worth failing for, in a folder that cannot be written or read any more. */
function tidy(folder) {
  try {
    const now = new Date();
    utimesSync(folder, now, now);
    const builds = readdirSync(join(folder, '..'))
      .map((name) => join(folder, '..', name))
      .map((path) => ({ path, startedAt: statSync(path).mtimeMs }))
      .sort((a, b) => b.startedAt - a.startedAt);
    for (const { path } of builds.slice(KEPT)) rmSync(path, { recursive: true, force: true });
  } catch {}
}
