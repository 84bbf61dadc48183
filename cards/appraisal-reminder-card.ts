import type { Month } from '#domain/calendar/dates';
import { say, type Text } from '#domain/text';
import { type Action, button, type Card, card, row, type Tone, text } from './kit.ts';
import { md } from './markup.ts';
import { both, bullets } from './words.ts';

/** A reminder or hand-over of the cycle: neutral outside, names inside, one button that leads on. */
export function reminderCard({
  month,
  said,
  names = [],
  action,
  tone = 'orange',
}: {
  month: Month;
  said: Text;
  names?: string[];
  action: { label: Text; action: Action };
  tone?: Tone;
}): Card {
  return card({
    title: say(`${month} 月度考核`, `Appraisal of ${month}`),
    tone,
    summary: say('月度考核', 'Monthly appraisal'),
    personal: true,
    body: [
      text(both((t) => md`${t(said)}`)),
      names.length > 0 && text(bullets([...names.slice(0, 30), ...(names.length > 30 ? ['…'] : [])])),
      row(button(action.label, action.action, { look: 'primary_filled' })),
    ],
  });
}
