/** What people read, in both languages; the reader's client picks. A plain string reads the same in both (a number, a name). */
export type Text = string | { zh: string; en: string };

export type Locale = 'zh' | 'en';

export const say = (zh: string, en: string): Text => ({ zh, en });

export const inLocale = (text: Text, locale: Locale): string => (typeof text === 'string' ? text : text[locale]);

/** Joins parts of which some may be in two languages: `join(['a', say('二', 'b')])`. */
export function join(parts: Text[], separator: Text = ''): Text {
  if ([...parts, separator].every((part) => typeof part === 'string')) return parts.join(separator as string);
  const of = (locale: Locale) => parts.map((part) => inLocale(part, locale)).join(inLocale(separator, locale));
  return { zh: of('zh'), en: of('en') };
}
