import type { Card } from './kit.ts';

/** The platform refuses cards over 30 KB; the rest is for what is stamped on buttons at the moment of sending. */
const ROOM = 28_000;
const LONGEST = [1_000, 500, 250, 120, 60, 30, 15];

/** The card, or, when it is too big for the platform, the same with its long texts cut: better a shortened answer than none. */
export function fitted(card: Card): Card {
  let fits = card;
  for (const longest of LONGEST) {
    if (isWithin(ROOM, fits)) break;
    fits = { ...card, body: cut(card.body, longest) as Card['body'] };
  }
  return fits;
}

/** Cards as they were written to be measured: they are kept as the same JSON. */
const measured = new WeakMap<Card, string>();

/** A card as JSON; nobody changes it once it is built. */
export const jsonOf = (card: Card): string => measured.get(card) ?? JSON.stringify(card);

/** A character is three bytes at most: nearly every card is small enough to be sure of it without a copy of its bytes. */
function isWithin(bytes: number, card: Card): boolean {
  const json = JSON.stringify(card);
  measured.set(card, json);
  return json.length * 3 <= bytes || new TextEncoder().encode(json).length <= bytes;
}

/** Everything with its texts cut. What a button carries and what stands in a field is left alone: it would say something else. */
function cut(node: unknown, longest: number): unknown {
  if (Array.isArray(node)) return node.map((inner) => cut(inner, longest));
  if (!node || typeof node !== 'object') return node;
  const short = (node as { tag?: string }).tag === 'plain_text' ? shortened : shortenedMarkdown;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'content') return [key, short(value, longest)];
      if (key === 'i18n_content') return [key, cutEach(value, short, longest)];
      if (key === 'rows' && Array.isArray(value))
        return [key, value.map((row) => cutEach(row, shortenedMarkdown, longest))];
      return [key, key === 'behaviors' || key === 'chart_spec' ? value : cut(value, longest)];
    }),
  );
}

const cutEach = (texts: object, short: typeof shortened, longest: number): object =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? short(text, longest) : text]),
  );

/** At most `longest` characters, the last of them an ellipsis when something was cut. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let short = '';
  for (const char of text) {
    if (short.length + char.length >= longest) break;
    short += char;
  }
  return `${short}…`;
}

/** What markdown is cut between: a tag that holds nothing stays in one piece with its end. */
const PARTS = /<(?:local_datetime|person)\b[^<>]*><\/\w+>|<(\/?)([a-z_]+)[^<>]*>|&#\d+;|./gsu;

/** The same for card markdown: never ends within a tag or an entity, and closes what is open. */
function shortenedMarkdown(source: string, longest: number): string {
  if (source.length <= longest) return source;
  const open: string[] = [];
  let short = '';
  for (const [part, slash, tag] of source.matchAll(PARTS)) {
    if (short.length + part.length >= longest) break;
    short += part;
    if (tag && tag !== 'br') slash ? open.pop() : open.push(tag);
  }
  return `${short}…${open
    .reverse()
    .map((tag) => `</${tag}>`)
    .join('')}`;
}
