/** A word of a command line: bare, or `key=value`. */
export interface Token {
  key?: string;
  text: string;
  quoted: boolean;
  /** Where it begins in the line, for messages. */
  at: number;
}

export class UnclosedQuote {
  readonly at: number;
  readonly quote: string;
  constructor(at: number, quote: string) {
    this.at = at;
    this.quote = quote;
  }
}

const closing: Record<string, string> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '”': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '＂': '＂',
  '《': '》',
};
const isSpace = (char: string) => /\s/u.test(char);
const isEquals = (char: string) => char === '=' || char === '＝';
const isColon = (char: string) => char === ':' || char === '：';

/**
 * Splits a command line into words. Blanks (also the full-width one) separate; quotes of every style keep blanks together and open only
 * at the start of a word or value, so that an apostrophe inside a word is just that; in ASCII quotes a backslash protects a quote.
 * `=` and `＝` separate a key from its value, with or without blanks around; a colon does when what stands before it `isKey`,
 * so that `12:30` and `https:` stay whole.
 */
export function tokenize(line: string, isKey: (word: string) => boolean): Token[] | UnclosedQuote {
  const chars = [...line];
  const tokens: Token[] = [];
  let i = 0;
  const skipSpace = () => {
    while (i < chars.length && isSpace(chars[i]!)) i++;
  };
  const readQuoted = (): { text: string } | UnclosedQuote => {
    const open = chars[i]!;
    const at = i;
    const close = closing[open]!;
    let text = '';
    for (i++; i < chars.length; i++) {
      if (chars[i] === '\\' && (chars[i + 1] === close || chars[i + 1] === '\\')) text += chars[++i];
      // people type “…" with one straight quote on some keyboards: a straight one closes a curly one, too
      else if (chars[i] === close || (open === '“' && chars[i] === '"')) {
        i++;
        return { text };
      } else text += chars[i];
    }
    return new UnclosedQuote(at, open);
  };

  for (skipSpace(); i < chars.length; skipSpace()) {
    const at = i;
    if (chars[i]! in closing) {
      const read = readQuoted();
      if (read instanceof UnclosedQuote) return read;
      tokens.push({ text: read.text, quoted: true, at });
      continue;
    }
    let word = '';
    while (i < chars.length && !isSpace(chars[i]!) && !isEquals(chars[i]!) && !(isColon(chars[i]!) && isKey(word)))
      word += chars[i++];
    const afterWord = i;
    skipSpace();
    const separated = i < chars.length && word !== '' && (isEquals(chars[i]!) || (isColon(chars[i]!) && isKey(word)));
    if (!separated) {
      i = afterWord;
      if (word === '') {
        // a separator without a key before it: part of a word, not a reason to lose it
        word = chars[i++]!;
        while (i < chars.length && !isSpace(chars[i]!)) word += chars[i++];
      }
      tokens.push({ text: word.normalize('NFKC'), quoted: false, at });
      continue;
    }
    i++;
    while (i < chars.length && isSpace(chars[i]!) && chars[i] !== '\n') i++;
    if (i < chars.length && chars[i]! in closing) {
      const read = readQuoted();
      if (read instanceof UnclosedQuote) return read;
      tokens.push({ key: word.normalize('NFKC'), text: read.text, quoted: true, at });
      continue;
    }
    let value = '';
    while (i < chars.length && !isSpace(chars[i]!)) value += chars[i++];
    tokens.push({ key: word.normalize('NFKC'), text: value.normalize('NFKC'), quoted: false, at });
  }
  return tokens;
}
