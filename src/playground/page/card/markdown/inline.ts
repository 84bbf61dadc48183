import { emoji } from './emoji.ts';

/** A piece of running text of the card dialect. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em' | 'del'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'font'; color: string; children: Inline[] }
  | { kind: 'at'; ids: string[] }
  | { kind: 'person'; id: string; name: boolean; avatar: boolean; capsule: boolean }
  | { kind: 'tag'; color: string; children: Inline[] }
  | { kind: 'number'; background: string; color: string; url?: string; text: string }
  | { kind: 'link'; url: string; icon?: string; children: Inline[] }
  | { kind: 'time'; milliseconds: number; format: string }
  | { kind: 'image'; key: string; alt: string };

type Step = { node: Inline; end: number } | undefined;

const tagStart = /<([a-z_]+)((?:\s+[a-z_]+(?:\s*=\s*(?:'[^']*'|"[^"]*"|[^\s'"<>]+))?)*)\s*\/?>/iy;
const paired = new Set(['font', 'at', 'person', 'text_tag', 'number_tag', 'a', 'link', 'local_datetime']);
const linkTarget = /\(\s*([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\s*\)/y;
const entity = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/iy;
const emojiCode = /:([A-Za-z][A-Za-z0-9_]{1,30}):/y;
const allowedLink = /^(?:https?|tel):\/\//i;

/** Reads running text. Whatever is not of the dialect stays as it was written. */
export function parseInline(source: string): Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  const flush = () => {
    if (text) nodes.push({ kind: 'text', text });
    text = '';
  };
  let at = 0;
  while (at < source.length) {
    const character = source[at]!;
    if (character === '&') {
      const decoded = match(entity, source, at);
      if (decoded) {
        text += decode(decoded);
        at += decoded[0].length;
        continue;
      }
    }
    const step = special(source, at, character);
    if (step) {
      flush();
      nodes.push(step.node);
      at = step.end;
    } else {
      text += character;
      at += 1;
    }
  }
  flush();
  return nodes;
}

function special(source: string, at: number, character: string): Step {
  switch (character) {
    case '\n':
      return { node: { kind: 'break' }, end: at + 1 };
    case '<':
      return tagAt(source, at);
    case '`':
      return codeAt(source, at);
    case '*':
    case '_':
    case '~':
      return emphasisAt(source, at, character);
    case '[':
      return linkAt(source, at);
    case '!':
      return imageAt(source, at);
    case ':':
      return emojiAt(source, at);
    default:
      return undefined;
  }
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function decode(found: RegExpExecArray): string {
  const code = found[1] ? Number.parseInt(found[1], 16) : Number(found[2]);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : found[0];
}

function codeAt(source: string, at: number): Step {
  const fence = /^`+/.exec(source.slice(at))![0];
  const end = source.indexOf(fence, at + fence.length);
  if (end < 0 || source[end + fence.length] === '`') return undefined;
  const inner = source.slice(at + fence.length, end).replace(/\n/g, ' ');
  return { node: { kind: 'code', text: inner.replace(/^ (.+) $/, '$1') }, end: end + fence.length };
}

function emphasisAt(source: string, at: number, character: string): Step {
  const double = source[at + 1] === character;
  if (character === '~' && !double) return undefined;
  const mark = double ? character + character : character;
  const start = at + mark.length;
  if (start >= source.length || /\s/.test(source[start]!)) return undefined;
  // Inside a word an underscore is a letter like any other.
  if (character === '_' && /[\p{L}\p{N}]/u.test(source[at - 1] ?? '')) return undefined;
  const end = closing(source, start, mark);
  if (end < 0) return undefined;
  const kind = character === '~' ? 'del' : double ? 'strong' : 'em';
  return { node: { kind, children: parseInline(source.slice(start, end)) }, end: end + mark.length };
}

/** Where the mark closes, passing over code and tags; -1 when it does not. */
function closing(source: string, start: number, mark: string): number {
  const single = mark.length === 1;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at]!;
    if (character === '\n' && source[at + 1] === '\n') return -1;
    if (character === '`') {
      const code = codeAt(source, at);
      if (code) at = code.end - 1;
      continue;
    }
    if (character === '<') {
      const tag = tagAt(source, at);
      if (tag) at = tag.end - 1;
      continue;
    }
    if (!source.startsWith(mark, at)) continue;
    if (single && source[at + 1] === mark) {
      at += 1;
      continue;
    }
    // `***both***`: the inner mark closes first.
    if (!single && source[at + 2] === mark[0]) continue;
    if (at === start || /\s/.test(source[at - 1]!)) continue;
    if (mark[0] === '_' && /[\p{L}\p{N}]/u.test(source[at + mark.length] ?? '')) continue;
    return at;
  }
  return -1;
}

function linkAt(source: string, at: number): Step {
  const close = matchingBracket(source, at);
  if (close < 0) return undefined;
  const target = match(linkTarget, source, close + 1);
  if (!target || !allowedLink.test(target[1]!)) return undefined;
  const children = parseInline(source.slice(at + 1, close));
  return { node: { kind: 'link', url: target[1]!, children }, end: close + 1 + target[0].length };
}

function imageAt(source: string, at: number): Step {
  if (source[at + 1] !== '[') return undefined;
  const close = matchingBracket(source, at + 1);
  const target = close < 0 ? null : match(linkTarget, source, close + 1);
  // Only keys of uploaded images are drawn, no addresses.
  if (!target || !/^img_[\w-]+$/.test(target[1]!)) return undefined;
  const alt = source.slice(at + 2, close);
  return { node: { kind: 'image', key: target[1]!, alt }, end: close + 1 + target[0].length };
}

function matchingBracket(source: string, at: number): number {
  let depth = 0;
  for (let index = at; index < source.length; index += 1) {
    if (source[index] === '[') depth += 1;
    if (source[index] === ']') depth -= 1;
    if (depth === 0) return index;
    if (source[index] === '\n') return -1;
  }
  return -1;
}

function emojiAt(source: string, at: number): Step {
  const found = match(emojiCode, source, at);
  const drawn = found ? emoji[found[1]!.toUpperCase()] : undefined;
  return drawn ? { node: { kind: 'text', text: drawn }, end: at + found![0].length } : undefined;
}

function tagAt(source: string, at: number): Step {
  const found = match(tagStart, source, at);
  if (!found) return undefined;
  const name = found[1]!.toLowerCase();
  const afterStart = at + found[0].length;
  if (name === 'br') return { node: { kind: 'break' }, end: afterStart };
  if (!paired.has(name)) return undefined;
  const close = closingTag(source, afterStart, name);
  if (!close) return undefined;
  const node = tagNode(name, attributes(found[2]!), source.slice(afterStart, close.start));
  return node && { node, end: close.end };
}

function closingTag(source: string, from: number, name: string): { start: number; end: number } | undefined {
  const tags = new RegExp(`<(/?)${name}(?:\\s[^<>]*)?>`, 'gi');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(source); found; found = tags.exec(source)) {
    depth += found[1] ? -1 : 1;
    if (depth === 0) return { start: found.index, end: tags.lastIndex };
  }
  return undefined;
}

function attributes(source: string): Record<string, string> {
  const found = source.matchAll(/([a-z_]+)(?:\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'"<>]+)))?/gi);
  return Object.fromEntries(
    [...found].map(([, name, single, double, bare]) => [name!.toLowerCase(), single ?? double ?? bare ?? 'true']),
  );
}

function tagNode(name: string, given: Record<string, string>, inner: string): Inline | undefined {
  switch (name) {
    case 'font':
      return { kind: 'font', color: given.color ?? '', children: parseInline(inner) };
    case 'at':
      return { kind: 'at', ids: (given.ids ?? given.id ?? given.user_id ?? given.email ?? '').split(',') };
    case 'person':
      return {
        kind: 'person',
        id: given.id ?? '',
        name: given.show_name !== 'false',
        avatar: given.show_avatar !== 'false',
        capsule: given.style === 'capsule',
      };
    case 'text_tag':
      return { kind: 'tag', color: given.color ?? 'neutral', children: parseInline(inner) };
    case 'number_tag':
      return {
        kind: 'number',
        background: given.background_color ?? 'grey',
        color: given.font_color ?? 'white',
        url: given.url,
        text: inner.trim(),
      };
    case 'local_datetime':
      return { kind: 'time', milliseconds: Number(given.millisecond), format: given.format_type ?? 'date_num' };
    default: {
      const url = given.href ?? (given.pc_url || given.url) ?? '';
      if (!allowedLink.test(url)) return undefined;
      return { kind: 'link', url, icon: given.icon, children: parseInline(inner) };
    }
  }
}
