import type { Reminder } from '#domain/records/reminders';
import { say } from '#domain/text';
import { button, type Card, card, does, row, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

export const REMINDERS_A_CARD = 12;

/** 提醒: what somebody has to look after today; told in private. */
export function recordReminderCard(reminders: readonly Reminder[]): Card {
  const late = reminders.filter(({ isLate }) => isLate).length;
  return card({
    title: say(`今天要跟的 ${reminders.length} 件事`, `${reminders.length} things to look after`),
    tone: late > 0 ? 'red' : 'orange',
    body: reminders.flatMap(({ text: words, opens, isLate }) => [
      text(both((t) => md`${isLate ? '🔴' : '🟠'} ${t(words)}`)),
      row(button(say('打开', 'Open'), does(opens.command, opens.args), { size: 'small' })),
    ]),
  });
}
