/** Reads a card without judging it: version, title, first text, summary, whether it is shared. */

type Node = { [key: string]: unknown };

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isV2 = (card: unknown): boolean => isNode(card) && card.schema === '2.0';

/**
 * Whether an update shows for everybody. `explicit` asks for the words `update_multi: true` that PATCH wants;
 * otherwise 2.0 cards are always shared and 1.0 cards only when they say so.
 */
export function isShared(card: unknown, how: 'explicit' | 'effective'): boolean {
  const multi = isNode(card) && isNode(card.config) ? card.config.update_multi : undefined;
  return multi === true || (how === 'effective' && isV2(card) && multi === undefined);
}

/** A card that is still being written; the platform ends that by itself after ten minutes. */
export const isStreaming = (card: unknown, ageMs: number): boolean =>
  isNode(card) && isNode(card.config) && card.config.streaming_mode === true && ageMs < 600_000;

export function cardTitle(card: unknown, locale = 'zh_cn'): string {
  const title = isNode(card) && isNode(card.header) ? card.header.title : undefined;
  return textOf(title, locale);
}

/** The line for the chat list: summary, else title, else first text, else the platform's word for a card. */
export function cardPreview(card: unknown, locale = 'zh_cn'): string {
  const summary = isNode(card) && isNode(card.config) ? textOf(card.config.summary, locale) : '';
  return summary || cardTitle(card, locale) || cardTexts(card, locale)[0] || '卡片消息';
}

/** Every text of the body in reading order, without empty ones. */
export function cardTexts(card: unknown, locale = 'zh_cn'): string[] {
  if (!isNode(card)) return [];
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    if (typeof value.content === 'string') {
      const text = textOf(value, locale);
      if (text) found.push(text);
      return;
    }
    for (const [key, child] of Object.entries(value)) if (key !== 'confirm' && key !== 'behaviors') visit(child);
  };
  visit(isV2(card) ? card.body : card.elements);
  return found;
}

function textOf(text: unknown, locale: string): string {
  if (!isNode(text)) return '';
  const translations = isNode(text.i18n_content) ? text.i18n_content : {};
  const chosen = translations[locale] ?? text.content;
  return typeof chosen === 'string' ? chosen : '';
}
