import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * Every rule that refuses something says what is wrong and, beside it, what to do or who can allow it: the third argument of each
 * `new UserError`. Read from the source, so that a new rule cannot leave it out.
 */
const root = new URL('../../', import.meta.url);
const files = ['commands', 'src/usecases', 'src/domain', 'src/bot', 'db'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

/** The arguments of a call whose opening bracket ends at `at`, as they are written. */
function argumentsFrom(source: string, at: number): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 1;
  let quote = '';
  for (let i = at; depth > 0; i += 1) {
    const c = source[i]!;
    if (quote) {
      if (c === '\\') {
        i += 1;
        part += c + source[i];
        continue;
      }
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') quote = c;
    else if ('([{'.includes(c)) depth += 1;
    else if (')]}'.includes(c)) depth -= 1;
    if (depth > 0 && !quote && depth === 1 && c === ',') {
      parts.push(part.trim());
      part = '';
    } else if (depth > 0) part += c;
  }
  return [...parts, part.trim()].filter(Boolean);
}

const refusals = files.flatMap((file) => {
  const source = readFileSync(new URL(file, root), 'utf8');
  return [...source.matchAll(/new UserError\(/g)].map((match) => {
    const [code = '', problem = '', hint = ''] = argumentsFrom(source, match.index + match[0].length);
    return { where: `${file}:${source.slice(0, match.index).split('\n').length} ${code}`, code, problem, hint };
  });
});

describe('every refusal', () => {
  it('is looked at', () => {
    expect(refusals.length).toBeGreaterThan(150);
    expect(argumentsFrom("f('a, (b', say(`c, d`, 'e'), x ? y : z,)", 2)).toEqual([
      "'a, (b'",
      "say(`c, d`, 'e')",
      'x ? y : z',
    ]);
  });

  it('says what to do or who can allow it', () => {
    expect(refusals.filter(({ hint }) => hint === '').map(({ where }) => where)).toEqual([]);
  });

  it('says something else in the hint than in the problem', () => {
    expect(refusals.filter(({ problem, hint }) => problem === hint).map(({ where }) => where)).toEqual([]);
  });
});
