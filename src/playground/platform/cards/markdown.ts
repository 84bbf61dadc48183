/** Rules for what stands inside `markdown` and `lark_md` (section 5 of the cards sheet). */
import type { Inspection } from '#playground/platform/cards/inspection';
import { isColour, tagColours } from '#playground/platform/cards/values';

const inText = ['font', 'at', 'text_tag', 'a', 'link', 'br', 'raw'];
const inMarkdown = [...inText, 'person', 'number_tag', 'local_datetime', 'hr'];
const withoutEnd = ['br', 'hr'];
const timeFormats = ['date_num', 'date_short', 'date', 'week', 'week_short', 'time', 'time_sec', 'timezone'];
const mostTables = 4;

/** Checks one text; tables in it count towards the card's five. */
export function checkMarkdown(content: string, at: string, see: Inspection, kind: 'markdown' | 'lark_md'): void {
  const text = withoutLiterals(content);
  checkTags(text, at, see, kind === 'markdown' ? inMarkdown : inText);
  checkLinks(text, at, see);
  if (kind === 'lark_md') return;
  const tables = countTables(text);
  if (tables > mostTables) see.wrong(at, `has ${tables} tables, at most ${mostTables} in one text`, 11310);
  see.tables += tables;
}

/** Code and `<raw>` are shown as written, so nothing in them counts. */
const withoutLiterals = (content: string): string =>
  content
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/<raw>[\s\S]*?<\/raw>/g, ' ');

function checkTags(text: string, at: string, see: Inspection, known: readonly string[]): void {
  const open: string[] = [];
  for (const [, slash, name = '', attributes = '', selfClosing] of text.matchAll(
    /<(\/?)([A-Za-z][\w-]*)([^<>]*?)(\/?)>/g,
  )) {
    if (!known.includes(name)) {
      see.wrong(at, `<${name}> is no tag here and would vanish; write &#60; for a literal <`);
      continue;
    }
    if (withoutEnd.includes(name)) continue;
    if (!slash) {
      checkAttributes(name, attributesOf(attributes), at, see);
      if (!selfClosing) open.push(name);
    } else if (open.pop() !== name) see.wrong(at, `</${name}> closes nothing`);
  }
  for (const name of open) see.wrong(at, `<${name}> is not closed`);
}

function attributesOf(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, key = '', double, single, bare] of source.matchAll(
    /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
  )) {
    found[key] = double ?? single ?? bare ?? '';
  }
  return found;
}

function checkAttributes(tag: string, attributes: Record<string, string>, at: string, see: Inspection): void {
  const colour = (key: string) => {
    const value = attributes[key];
    if (value !== undefined && !isColour(value, see)) see.wrong(at, `<${tag}> has the unknown colour "${value}"`);
  };
  switch (tag) {
    case 'font':
      if (attributes.color === undefined) see.wrong(at, '<font> needs a color');
      colour('color');
      break;
    case 'text_tag':
      if (attributes.color !== undefined && !tagColours.includes(attributes.color)) {
        see.wrong(at, `<text_tag> has the unknown colour "${attributes.color}"`);
      }
      break;
    case 'number_tag':
      colour('background_color');
      colour('font_color');
      break;
    case 'at':
      checkMention(attributes, at, see);
      break;
    case 'person':
      knownPerson(attributes.id ?? '', at, see);
      break;
    case 'a':
      checkUrl(attributes.href ?? '', at, see);
      break;
    case 'link':
      for (const key of ['url', 'pc_url', 'ios_url', 'android_url']) {
        if (attributes[key]) checkUrl(attributes[key], at, see);
      }
      if (!attributes.url && !(attributes.pc_url && attributes.ios_url && attributes.android_url))
        see.wrong(at, '<link> needs a url');
      break;
    case 'local_datetime':
      if (!/^\d{10,16}$/.test(attributes.millisecond ?? '')) see.wrong(at, '<local_datetime> needs millisecond');
      if (attributes.format_type && !timeFormats.includes(attributes.format_type)) {
        see.wrong(at, `<local_datetime> has the unknown format_type "${attributes.format_type}"`);
      }
      break;
  }
}

function checkMention(attributes: Record<string, string>, at: string, see: Inspection): void {
  if (attributes.email !== undefined) return;
  const ids = attributes.ids?.split(',') ?? (attributes.id === undefined ? [] : [attributes.id]);
  if (ids.length === 0) see.wrong(at, '<at> needs id, ids or email', 100290);
  for (const id of ids) if (id.trim() !== 'all') knownPerson(id.trim(), at, see);
}

function knownPerson(id: string, at: string, see: Inspection): void {
  if (id === '' || see.know.isPerson?.(id) === false)
    see.wrong(at, `"${id}" is nobody whom the app can mention`, 100290);
}

function checkLinks(text: string, at: string, see: Inspection): void {
  for (const [, bang, , target = ''] of text.matchAll(/(!?)\[([^\]\n]*)\]\(([^)\n]*)\)/g)) {
    if (!bang) checkUrl(target, at, see);
    else if (!/^img_\S+$/.test(target))
      see.wrong(at, `an image is written with its image_key, not "${target}"`, 200570);
    else if (see.know.isImage?.(target) === false)
      see.wrong(at, `the image ${target} was not uploaded by this app`, 200570);
  }
}

function checkUrl(url: string, at: string, see: Inspection): void {
  if (!/^(https?:\/\/|tel:)\S+$/.test(url)) see.wrong(at, `"${url}" is no link: http, https or tel, without blanks`);
}

/** GFM tables: a line of dashes and bars under a line with bars. */
function countTables(text: string): number {
  const lines = text.split('\n');
  return lines.filter((line, index) => {
    const dashes = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes('|');
    return dashes && (lines[index - 1] ?? '').includes('|');
  }).length;
}
