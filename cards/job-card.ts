import { say, type Text } from '#domain/text';
import { type Card, card, note, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

/** How far a longer piece of work is: a bar that fills. `share` from 0 to 1. */
export function jobCard(title: Text, share: number, step: Text): Card {
  const filled = Math.max(0, Math.min(20, Math.round(share * 20)));
  return card({
    title,
    tone: 'blue',
    body: [
      text(both(() => md`${'▰'.repeat(filled)}${'▱'.repeat(20 - filled)} ${Math.round(share * 100)}%`)),
      text(both((t) => md`${t(step)}`)),
      note(say('可以离开这里，做好了这张卡片会更新。', 'You may leave; this card is updated when it is done.')),
    ],
  });
}
