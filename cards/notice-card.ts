import { say, type Text } from '#domain/text';
import { type Action, button, type Card, card, row, type Tone, text } from './kit.ts';
import { both } from './words.ts';

const tones: Record<'info' | 'success' | 'warning' | 'error', Tone> = {
  info: 'blue',
  success: 'green',
  warning: 'orange',
  error: 'red',
};

/** One sentence. */
export function noticeCard(
  said: Text,
  tone: keyof typeof tones = 'info',
  actions: { label: Text; action: Action }[] = [],
): Card {
  return card({
    title: say('跟单', 'Gendan'),
    tone: tones[tone],
    summary: said,
    body: [
      text(both((t) => t(said))),
      actions.length > 0 && row(...actions.map(({ label, action }) => button(label, action))),
    ],
  });
}
