/** A block of the card dialect; running text is still to be read by `parseInline`. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'rule' }
  | { kind: 'list'; items: ListItem[] }
  | { kind: 'table'; header: string[]; align: ('left' | 'center' | 'right' | undefined)[]; rows: string[][] };

export interface ListItem {
  /** 0 is the outermost. */
  level: number;
  /** Number of an ordered item. */
  number?: number;
  text: string;
}

const fence = /^\s{0,3}(`{3,})\s*([^`]*)$/;
const rule = /^\s{0,3}(?:<hr\s*\/?>|-{3,}|\*{3,}|_{3,})\s*$/;
const heading = /^(#{1,6})\s+(.*)$/;
const quote = /^\s{0,3}>\s?(.*)$/;
const item = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const delimiter = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;

/** Reads markdown into blocks. Single line ends stay in the text: the clients draw them as line breaks. */
export function parseBlocks(source: string): Block[] {
  const lines = escapeRaw(source).replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', text: paragraph.join('\n') });
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    const read = lines[at]!.trim() === '' ? blank(at) : blockAt(lines, at);
    if (!read) {
      paragraph.push(lines[at]!);
      at += 1;
      continue;
    }
    flush();
    if (read.block) blocks.push(read.block);
    at = read.end;
  }
  flush();
  return blocks;
}

type Read = { block?: Block; end: number } | undefined;

const blank = (at: number): Read => ({ end: at + 1 });

function blockAt(lines: string[], at: number): Read {
  const line = lines[at]!;
  const opened = fence.exec(line);
  if (opened) return codeAt(lines, at, opened[1]!, opened[2]!.trim());
  if (rule.test(line)) return { block: { kind: 'rule' }, end: at + 1 };
  const titled = heading.exec(line);
  if (titled) return { block: { kind: 'heading', level: titled[1]!.length, text: titled[2]! }, end: at + 1 };
  if (quote.test(line)) return quoteAt(lines, at);
  if (item.test(line)) return listAt(lines, at);
  if (line.includes('|') && delimiter.test(lines[at + 1] ?? '') && lines[at + 1]!.includes('-')) {
    return tableAt(lines, at);
  }
  return undefined;
}

function codeAt(lines: string[], at: number, mark: string, language: string): Read {
  let end = at + 1;
  while (end < lines.length && lines[end]!.trim() !== mark) end += 1;
  return { block: { kind: 'code', language, text: lines.slice(at + 1, end).join('\n') }, end: end + 1 };
}

function quoteAt(lines: string[], at: number): Read {
  const quoted: string[] = [];
  let end = at;
  for (let found = quote.exec(lines[end]!); found; found = quote.exec(lines[end] ?? '')) {
    quoted.push(found[1]!);
    end += 1;
  }
  return { block: { kind: 'quote', blocks: parseBlocks(quoted.join('\n')) }, end };
}

function listAt(lines: string[], at: number): Read {
  const items: ListItem[] = [];
  let end = at;
  while (end < lines.length) {
    const found = item.exec(lines[end]!);
    if (found) {
      const level = Math.min(Math.round(found[1]!.replace(/\t/g, '    ').length / 4), (items.at(-1)?.level ?? -1) + 1);
      items.push({ level, text: found[3]!, ...(found[2] ? { number: Number(found[2]) } : {}) });
    } else if (items.length > 0 && /^\s{2,}\S/.test(lines[end]!)) {
      items.at(-1)!.text += `\n${lines[end]!.trim()}`;
    } else break;
    end += 1;
  }
  return { block: { kind: 'list', items }, end };
}

function tableAt(lines: string[], at: number): Read {
  const header = cells(lines[at]!);
  const align = cells(lines[at + 1]!).map((cell) => {
    if (/^:-+:$/.test(cell)) return 'center' as const;
    if (/^-+:$/.test(cell)) return 'right' as const;
    return cell.startsWith(':') ? ('left' as const) : undefined;
  });
  let end = at + 2;
  const rows: string[][] = [];
  while (end < lines.length && lines[end]!.trim() !== '' && lines[end]!.includes('|')) {
    rows.push(cells(lines[end]!));
    end += 1;
  }
  return { block: { kind: 'table', header, align, rows }, end };
}

function cells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

/** `<raw>` keeps its text as it is: every sign in it that could mean something becomes a numeric entity. */
function escapeRaw(source: string): string {
  return source.replace(/<raw>([\s\S]*?)<\/raw>/gi, (_, inner: string) =>
    inner.replace(/[!-/:-@[-`{-~]|^\d+(?=[.)])/gm, (sign) =>
      [...sign].map((character) => `&#${character.codePointAt(0)};`).join(''),
    ),
  );
}
