import type { Card } from '#cards/kit';
import { problemCard } from '#cards/problem-card';
import type { UserError } from '#domain/errors';
import { inLocale, say, type Text } from '#domain/text';

const cards = new WeakMap<UserError, () => Card>();

/** Gives an error a card of its own, richer than its two sentences. */
export function withCard(error: UserError, card: () => Card): UserError {
  cards.set(error, card);
  return error;
}

/** How an error is shown in answer to a message; a question that finds nothing has recorded nothing either, and is not told so. */
export const errorCard = (error: UserError, { reading = false } = {}): Card =>
  cards.get(error)?.() ??
  problemCard({
    ...(reading && { title: say('没有查到，请看一下', 'Nothing to show') }),
    problems: [error.problem],
    hint: error.hint,
  });

/** How an error is shown in answer to a click: one breath. */
export function errorToast({ problem, hint }: UserError): { tone: 'error'; zh: string; en: string } {
  const of = (locale: 'zh' | 'en') =>
    [problem, hint].flatMap((part?: Text) => (part === undefined ? [] : [inLocale(part, locale)])).join(' ');
  return { tone: 'error', zh: of('zh'), en: of('en') };
}
