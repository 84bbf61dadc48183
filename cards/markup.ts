import type { Text } from '#domain/text';

/** Card markdown that is known to be safe: written by us, or escaped. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** Markdown in both languages. */
export type Said = Text | Markup | { zh: string | Markup; en: string | Markup };

/** Invisible characters that reorder or hide text. (The joiner of emoji may stay.) */
const INVISIBLE = /(?![\t\n\r\u200d])[\p{Cc}\p{Cf}]/gu;
/** Halves of characters, left over where somebody cut one in two: neither the platform nor a database takes them. */
const HALVES = /\p{Cs}/gu;
/**
 * What has a meaning in card markdown: always, at the start of a line, or only in company (`:DONE:`, `a_b` is just a name).
 * No more than that, so that order numbers stay readable in transcripts and searches. Each begins with the character itself, so that
 * the time stays proportional to the length.
 */
const SPECIAL =
  /[<>*~[\]`|\\]|&(?=[#\w])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\w{1,40}:)|[#+-](?<=^\s*[#+-])|\.(?<=^\s*\d+\.)(?!\d)/gmu;

/** Whatever the above may look for. Most texts hold nothing of it, which one look shows. */
const HIDING = /[\p{Cc}\p{Cf}\p{Cs}]/u;
const REMARKABLE = /[\p{Cc}\p{Cf}\p{Cs}<>*~[\]`|\\&_:#+.-]/u;

/** Text in which nothing is hidden: invisible characters are shown as what they are, so that nobody is deceived. */
export const visible = (typed: string): string =>
  HIDING.test(typed)
    ? typed
        .replace(HALVES, '\uFFFD')
        .replace(INVISIBLE, (char) => `⟨U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`)
    : typed;

/**
 * What a person typed, made literal in card markdown: it can neither mention anybody, nor link, nor format.
 * Entities are the platform's own way to write these characters; line breaks stay line breaks.
 */
export function literal(typed: string): string {
  if (!REMARKABLE.test(typed)) return typed;
  return visible(typed)
    .replace(SPECIAL, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\r?\n/g, '<br>');
}

/** Tagged template for card markdown: what is interpolated is escaped, unless it is `Markup` itself. */
export function md(strings: TemplateStringsArray, ...values: (string | number | Markup)[]): Markup {
  return new Markup(
    strings.reduce((text, part, i) => {
      const value = values[i - 1]!;
      return text + (value instanceof Markup ? value.source : literal(String(value))) + part;
    }),
  );
}

export const bold = (text: string): Markup => md`**${text}**`;

export type Colour = 'blue' | 'green' | 'grey' | 'orange' | 'red' | 'turquoise' | 'violet' | 'yellow';

export const coloured = (colour: Colour, text: string | Markup): Markup =>
  new Markup(`<font color='${colour}'>${sourceOf(text)}</font>`);

/** A person's name as a chip; mentions nobody. */
export const personChip = (openId: string): Markup =>
  new Markup(
    `<person id='${openId.replace(/[^A-Za-z0-9_-]/g, '')}' show_name=true show_avatar=true style='normal'></person>`,
  );

/** The source of markdown; a plain string is escaped. */
export const sourceOf = (text: string | Markup): string => (text instanceof Markup ? text.source : literal(text));
