import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Dependencies point inwards. This reads every import line and names each stray one, in place of good intentions. */

const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['src', 'commands', 'cards', 'db']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.tsx?$/.test(file))
  .sort();
const sourceOf = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

const folders: Record<string, string> = {
  '#app': 'src',
  '#bot': 'src/bot',
  '#cards': 'cards',
  '#commands': 'commands',
  '#db': 'db',
  '#domain': 'src/domain',
  '#feishu': 'src/feishu',
  '#playground': 'src/playground',
  '#usecases': 'src/usecases',
};

interface Import {
  from: string;
  line: number;
  /** As it is written. */
  what: string;
  /** Path of one of our files; undefined for a package. */
  file: string | undefined;
  typeOnly: boolean;
}

function importsOf(from: string): Import[] {
  const source = sourceOf.get(from)!;
  const found = source.matchAll(
    /^[ \t]*(?:import|export)\b([^'"`;]*?)\bfrom\s*'([^']+)'|^[ \t]*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...found].map(({ 0: text, 1: clause = '', 2: a, 3: b, 4: c, index }) => {
    const what = (a ?? b ?? c)!;
    const names = clause
      .replace(/[{}\s]/g, '')
      .split(',')
      .filter(Boolean);
    return {
      from,
      line: source.slice(0, index + text.search(/\S/)).split('\n').length,
      what,
      file: fileOf(from, what),
      typeOnly: /^\s+type\b/.test(clause) || (clause.includes('{') && names.every((name) => /^type\b/.test(name))),
    };
  });
}

function fileOf(from: string, what: string): string | undefined {
  if (what.startsWith('.')) return relative('.', join(dirname(from), what));
  const [start, ...rest] = what.split('/');
  const folder = folders[start!];
  return folder && `${folder}/${rest.join('/')}.ts`;
}

const layers = {
  domain: 'src/domain/',
  bot: 'src/bot/',
  usecases: 'src/usecases/',
  feishu: 'src/feishu/',
  playground: 'src/playground/',
  cards: 'cards/',
  db: 'db/',
  commands: 'commands/',
  main: 'src/',
} as const;
type Layer = keyof typeof layers;
const layerOf = (file: string): Layer =>
  // the schemes that ship with the bot are data; whoever settles reads them
  file === 'src/schemes.ts'
    ? 'usecases'
    : (Object.keys(layers) as Layer[]).find((layer) => file.startsWith(layers[layer]))!;

/** What commands and use cases may know of the bot: what to declare and what to answer with, never how it is dispatched. */
const contract = ['command', 'fields', 'fact-fields', 'said', 'deliver', 'rights', 'user-error', 'log'].map(
  (name) => `src/bot/${name}.ts`,
);

/** Every layer knows itself; beyond that, these. */
const knows: Record<Layer, (file: string, it: Import) => boolean> = {
  domain: () => false,
  cards: (file) => layerOf(file) === 'domain',
  // what a stored card looks like is a type, not a dependency
  db: (file, { typeOnly }) => layerOf(file) === 'domain' || (file === 'cards/kit.ts' && typeOnly),
  usecases: (file, { typeOnly }) =>
    ['domain', 'cards', 'db'].includes(layerOf(file)) ||
    contract.includes(file) ||
    (layerOf(file) === 'bot' && typeOnly),
  commands: (file) => ['domain', 'cards', 'db', 'usecases'].includes(layerOf(file)) || contract.includes(file),
  bot: (file) => ['domain', 'cards', 'db'].includes(layerOf(file)),
  feishu: (file, { typeOnly }) =>
    ['domain', 'bot', 'db'].includes(layerOf(file)) || (layerOf(file) === 'usecases' && typeOnly),
  playground: () => false,
  main: () => true,
};

const show = ({ from, line, what }: Import) => `${from}:${line} ${what}`;
const every = files.flatMap(importsOf);
const ours = every.filter(({ file }) => file !== undefined);

/** Every line of these files that matches, as `file:line text`. */
function linesWith(pattern: RegExp, within: (file: string) => boolean): string[] {
  return files.filter(within).flatMap((file) =>
    sourceOf
      .get(file)!
      .split('\n')
      .flatMap((text, i) =>
        pattern.test(text) && !/^\s*(\/\/|\/?\*)/.test(text) ? [`${file}:${i + 1} ${text.trim()}`] : [],
      ),
  );
}

describe('who knows whom', () => {
  it('reads what there is to read', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(every.length).toBeGreaterThan(500);
    expect(ours.filter(({ file }) => !sourceOf.has(file!) && !sourceOf.has(`${file}x`)).map(show)).toEqual([]);
  });

  it.each(Object.keys(layers) as Layer[])('%s imports nothing that it should not know', (layer) => {
    const stray = ours.filter(
      (it) => layerOf(it.from) === layer && layerOf(it.file!) !== layer && !knows[layer](it.file!, it),
    );
    expect(stray.map(show)).toEqual([]);
  });

  it('only the composition root (src/*.ts) knows the playground', () => {
    const stray = ours.filter(
      ({ from, file }) =>
        layerOf(file!) === 'playground' && layerOf(from) !== 'playground' && !/^src\/[^/]+$/.test(from),
    );
    expect(stray.map(show)).toEqual([]);
  });

  it('the composition root is known by nobody', () => {
    const stray = ours.filter(({ from, file }) => layerOf(file!) === 'main' && layerOf(from) !== 'main');
    expect(stray.map(show)).toEqual([]);
  });

  it('what is true needs no database, no network, no files and no environment', () => {
    const stray = every.filter(
      ({ from, what, file }) =>
        (layerOf(from) === 'domain' || layerOf(from) === 'cards') &&
        file === undefined &&
        !/^(zod|dayjs|pinyin-pro|node:crypto|node:util)\b/.test(what),
    );
    expect(stray.map(show)).toEqual([]);
    expect(
      linesWith(/process\.|\bfetch\(|Math\.random/, (file) => ['domain', 'cards'].includes(layerOf(file))),
    ).toEqual([]);
  });

  it('the official SDK is loaded in one place, which spares the 80 MB that importing it would cost', () => {
    const stray = every.filter(({ what, typeOnly }) => what === '@larksuiteoapi/node-sdk' && !typeOnly);
    expect(stray.map(show)).toEqual([]);
  });

  it('no two modules need each other', () => {
    const needs = new Map(files.map((file) => [file, [] as string[]]));
    for (const { from, file, typeOnly } of ours)
      if (!typeOnly) needs.get(from)!.push(sourceOf.has(file!) ? file! : `${file}x`);
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const next of needs.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    // components of a page may contain each other; modules of a server had better not
    for (const file of files) if (!file.startsWith('src/playground/page/')) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('how it is written', () => {
  it('imports go by package subpaths, not up and down the tree', () => {
    // the page is a program of its own, bundled for the browser
    const stray = every.filter(
      ({ from, what }) => /^(\.\.\/){2}/.test(what) && !from.startsWith('src/playground/page/'),
    );
    expect(stray.map(show)).toEqual([]);
  });

  it('no barrel files: a module exports only what is its own', () => {
    expect(linesWith(/^export\s+(\*|\{[^}]*\})\s*from/, () => true)).toEqual([]);
  });

  it('nothing prints past the log, but the shell commands and the last words of a start that failed', () => {
    expect(
      linesWith(/console\.\w+/, (file) => !/^src\/(cli|main)\.ts$|^src\/cli\/|^src\/playground\/page\//.test(file)),
    ).toEqual([]);
  });

  it('money is whole fen: no floating point near it', () => {
    const aboutMoney = (file: string) =>
      // the cells of a spreadsheet are numbers, whatever we think of that: its totals are added in fen all the same
      layerOf(file) !== 'playground' &&
      /fen|yuan|money/i.test(sourceOf.get(file)!) &&
      !/^src\/metrics|workbook|pay-chart-card/.test(file);
    expect(linesWith(/Math\.round|\.toFixed\(|parseFloat|\bNumber\(.*[fF]en\b/, aboutMoney)).toEqual([]);
  });

  it('the clock is an argument', () => {
    const inwards: Layer[] = ['domain', 'cards', 'db', 'commands', 'usecases', 'bot'];
    expect(linesWith(/new Date\(\)|Date\.now\(\)|performance\.now/, (file) => inwards.includes(layerOf(file)))).toEqual(
      [],
    );
  });

  it('secrets are compared in constant time', () => {
    expect(
      linesWith(
        /(signature|digest|token|hmac)\w*(\(.*\))? [!=]==? (?!undefined|null|'')/i,
        (file) => layerOf(file) === 'feishu',
      ),
    ).toEqual([]);
  });

  it('a file stays small enough to be read at one go', () => {
    const long = [...sourceOf].filter(([, source]) => source.split('\n').length > 400).map(([file]) => file);
    expect(long).toEqual([]);
  });
});
