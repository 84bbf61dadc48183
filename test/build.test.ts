import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '#root';
import { buildProgram } from '../scripts/build.mjs';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'gendan-build-'));
const builds = join(folder, 'dist');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line of a build: asks for a scheme, which lies in the project. */
const checkScheme = (program: string) => run(process.execPath, [join(program, 'cli.mjs'), 'scheme', 'check', 'jw']);
const contents = (program: string) =>
  Object.fromEntries(readdirSync(program).map((name) => [name, readFileSync(join(program, name), 'utf8')]));

describe('the program that a start builds', () => {
  it('is the same from the same sources, and is not written a second time', () => {
    const first = buildProgram({}, builds);
    const writtenAt = statSync(join(first, 'main.mjs')).mtimeMs;
    expect(buildProgram({}, builds)).toBe(first);
    expect(statSync(join(first, 'main.mjs')).mtimeMs).toBe(writtenAt);
    expect(readdirSync(builds)).toHaveLength(1);
  });

  it('knows which line of the sources each of its own is', () => {
    const program = buildProgram({}, builds);
    const { sources } = JSON.parse(readFileSync(join(program, 'main.mjs.map'), 'utf8')) as { sources: string[] };
    expect(sources.map((source) => join(program, source))).toContain(join(root, 'src/main.ts'));
  });

  it('is another one when something else is in it, beside the one that may still be running', () => {
    const first = buildProgram({}, builds);
    const other = buildProgram({ schemes: 'src/schemes.ts' }, builds);
    expect(other).not.toBe(first);
    expect(readdirSync(other)).toContain('schemes.mjs');
    expect(readdirSync(first)).toContain('main.mjs');
  });

  it('is made whole where a file was cut off or is gone', () => {
    const program = buildProgram({}, builds);
    const whole = contents(program);
    writeFileSync(join(program, 'main.mjs'), 'half a');
    rmSync(join(program, 'cli.mjs'));
    buildProgram({}, builds);
    expect(contents(program)).toEqual(whole);
  });

  it('is written whole by many starts at once', async () => {
    const text = `import { buildProgram } from '${join(root, 'scripts/build.mjs')}';
      console.log(buildProgram({}, '${join(folder, 'at-once')}'));`;
    const starts = Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module', '-e', text]));
    const programs = (await Promise.all(starts)).map(({ stdout }) => stdout.trim());
    expect(new Set(programs).size).toBe(1);
    expect(contents(programs[0]!)).toEqual(contents(buildProgram({}, builds)));
  });

  it('finds packages and schemes from its own folder, and from elsewhere when nothing may be written there', async () => {
    const inFolder = buildProgram();
    expect(dirname(inFolder)).toBe(join(root, 'dist'));
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const elsewhere = buildProgram({}, join(file, 'dist'));
    expect(elsewhere.startsWith(root)).toBe(false);
    expect((await checkScheme(elsewhere)).stdout).toBe((await checkScheme(inFolder)).stdout);
  });
});
