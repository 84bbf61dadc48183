/** O1. How many pieces of one colour and size. Either may be empty: an order without sizes has one line a colour. */
export interface OrderLine {
  colour: string;
  size: string;
  qty: number;
}

export const MAX_LINES = 200;

const SIZE = /^(?:\d{0,2}X*[SML]|\d{1,3}(?:[./]\d{1,3})?(?:码|号|#|CM|Y|T)?|[大中小]码?|均码|F|FREE|ONE-?SIZE)$/i;

/** What is wrong with a text of lines: the part that was not understood. */
export class LinesProblem {
  readonly part: string;
  readonly why: 'shape' | 'twice' | 'too-many' | 'too-long';
  constructor(part: string, why: LinesProblem['why']) {
    this.part = part;
    this.why = why;
  }
}

/**
 * Reads `红 S=100 M=200；蓝 S=50`: groups separated by semicolons, in each a colour and then sizes with quantities. `红=300` is a
 * colour without sizes, `S=100` a size without colours.
 */
export function parseLines(text: string): OrderLine[] | LinesProblem {
  const lines: OrderLine[] = [];
  const seen = new Set<string>();
  const groups = text
    .normalize('NFKC')
    .split(/[;\n]/)
    .map((group) => group.trim())
    .filter(Boolean);
  for (const group of groups) {
    const parts = group
      .replace(/:\s*(?!\s*\d)/g, ' ')
      .replace(/\s*[=:]\s*/g, '=')
      .split(/[\s,、]+/)
      .filter(Boolean);
    const words = parts.filter((part) => !part.includes('='));
    const pairs = parts.filter((part) => part.includes('='));
    // the colour stands before the first quantity and may be of several words
    if (pairs.length === 0 || parts.slice(0, words.length).some((part) => part.includes('=')))
      return new LinesProblem(group, 'shape');
    const colour = words.join(' ');
    for (const pair of pairs) {
      const match = /^([^=]{1,20})=(\d{1,9})(?:件|套|条|双|只|个|pcs?)?$/i.exec(pair);
      if (!match || Number(match[2]) === 0) return new LinesProblem(pair, 'shape');
      const name = match[1]!;
      // 红=300 and off white=300 name a colour, S=100 a size, and so do 红 大=100 小=50
      const isColour = !SIZE.test(name) && (colour === '' || pairs.length === 1);
      const line = {
        colour: isColour ? [...words, name].join(' ') : colour,
        size: isColour ? '' : name,
        qty: Number(match[2]),
      };
      if ([...line.colour].length > 30) return new LinesProblem(line.colour, 'too-long');
      const key = `${line.colour}\0${line.size}`;
      if (seen.has(key)) return new LinesProblem(pair, 'twice');
      seen.add(key);
      lines.push(line);
    }
  }
  if (lines.length === 0) return new LinesProblem(text.trim(), 'shape');
  return lines.length > MAX_LINES ? new LinesProblem(String(lines.length), 'too-many') : lines;
}

/** The text that `parseLines` reads back to the same lines, in this order of colours. */
export function formatLines(lines: readonly OrderLine[]): string {
  const groups = new Map<string, string[]>();
  for (const { colour, size, qty } of lines) {
    const key = size === '' ? `${colour}\0` : colour;
    groups.set(key, [...(groups.get(key) ?? []), `${size || colour}=${qty}`]);
  }
  return [...groups]
    .map(([key, pairs]) => [...(key.endsWith('\0') || key === '' ? [] : [key]), ...pairs].join(' '))
    .join('；');
}

export const totalOf = (lines: readonly OrderLine[]): number => lines.reduce((sum, { qty }) => sum + qty, 0);
