import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Text is read at 4.5 : 1 (WCAG 2.1 AA). */
const READABLE = 4.5;
const styles = 'src/playground/page/styles';
const css = readdirSync(styles)
  .map((file) => readFileSync(join(styles, file), 'utf8'))
  .join('\n')
  .replace(/\/\*[\s\S]*?\*\//g, '');

const variables = new Map(
  [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
);

/** `#rgb`, `#rrggbb` or a variable, as three shares of light; undefined for what is no plain colour. */
function colour(written: string): number[] | undefined {
  const variable = /^var\((--[\w-]+)\)$/.exec(written.trim())?.[1];
  if (variable) return variables.has(variable) ? colour(variables.get(variable)!) : undefined;
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(written.trim())?.[1];
  if (!hex) return undefined;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255);
}

const light = (shares: number[]): number => {
  const [r = 0, g = 0, b = 0] = shares.map((share) =>
    share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

function contrast(one: string, other: string): number {
  const [a, b] = [colour(one), colour(other)].map((shares) => light(shares!));
  return (Math.max(a!, b!) + 0.05) / (Math.min(a!, b!) + 0.05);
}

const hues = [...variables.keys()].filter((name) => /^--[a-z]+-600$/.test(name)).map((name) => name.slice(2, -4));

describe('what is written can be read', () => {
  it('the page’s inks on its surfaces', () => {
    const poor = ['--ink', '--ink-2', '--ink-3', '--accent', '--danger'].flatMap((ink) =>
      ['--surface', '--surface-2', '--grey-50'].flatMap((ground) => {
        const ratio = contrast(`var(${ink})`, `var(${ground})`);
        return ratio < READABLE ? [`${ink} on ${ground}: ${ratio.toFixed(2)}`] : [];
      }),
    );
    expect(poor).toEqual([]);
  });

  it('the words of a card in any of its colours: on white, and on its own tint', () => {
    expect(hues.length).toBeGreaterThan(10);
    const poor = hues.flatMap((hue) => {
      const pairs: [string, string][] = [
        [`var(--${hue}-600)`, '#ffffff'],
        [`var(--${hue}-800)`, `var(--${hue}-100)`],
        ['#ffffff', `var(--${hue}-600)`],
      ];
      return pairs
        .filter(([ink, ground]) => contrast(ink, ground) < READABLE)
        .map(([ink, ground]) => `${ink} on ${ground}: ${contrast(ink, ground).toFixed(2)}`);
    });
    expect(poor).toEqual([]);
  });

  it('every rule that sets both a colour and what is behind it', () => {
    const pairs = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector, body]) => {
      const ink = /(?:^|[;\s])color:\s*([^;]+);/.exec(body!)?.[1];
      const ground = /(?:^|[;\s])background(?:-color)?:\s*([^;]+);/.exec(body!)?.[1];
      // what cannot be used for now is faint on purpose, and exempt
      const isOff = /disabled|placeholder/.test(selector!);
      return ink && ground && !isOff && colour(ink) && colour(ground) ? [{ at: selector!.trim(), ink, ground }] : [];
    });
    expect(pairs.length).toBeGreaterThan(15);
    expect(
      pairs
        .map(({ at, ink, ground }) => ({ at, ratio: contrast(ink, ground) }))
        .filter(({ ratio }) => ratio < READABLE)
        .map(({ at, ratio }) => `${at}: ${ratio.toFixed(2)}`),
    ).toEqual([]);
  });
});
