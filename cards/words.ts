import { inLocale, type Locale, type Text } from '#domain/text';
import { Markup, type Said, sourceOf } from './markup.ts';

/** The same sentence in both languages: `both((t) => md\`${t(label)}: ${value}\`)`. */
export function both(sentence: (t: (text: Text) => string, locale: Locale) => string | Markup): {
  zh: string | Markup;
  en: string | Markup;
} {
  const of = (locale: Locale) => sentence((text) => inLocale(text, locale), locale);
  return { zh: of('zh'), en: of('en') };
}

/** Markdown list of plain texts. */
export function bullets(items: Text[]): Said {
  return both((t) => new Markup(items.map((item) => `- ${sourceOf(t(item))}`).join('\n')));
}

/** Lines one under the other. */
export const lines = (...items: (string | Markup)[]): Markup => new Markup(items.map(sourceOf).join('\n'));
