import { say } from '#domain/text';
import { AMOUNTS, button, type Card, does, type Element, row, text } from './kit.ts';

export const showsAmounts = ({ body }: Card): boolean =>
  (body as { elements: Element[] }).elements[0]?.element_id === AMOUNTS;

/** What stays of a card with amounts when it is old: its title, and how to see them again. */
export const putAwayCard = (card: Card, days: number): Card => ({
  ...card,
  body: {
    ...(card.body as object),
    elements: [
      text(
        say(
          `🔒 金额已收起：这张卡片发出已满 ${days} 天。要再看，发送 /工资 加月份，例如：/工资 2026-10`,
          `🔒 The amounts are put away: this card is ${days} days old. To see them again, send /pay and the month, such as /pay 2026-10`,
        ),
      ),
      row(button(say('我的工资', 'My pay'), does('pay'))),
    ],
  },
});
