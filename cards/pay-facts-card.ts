import { factLabel, type HourField } from '#domain/hours/hours';
import { manualLabel } from '#domain/pay/manual-facts';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip } from './pay-parts.ts';
import { both } from './words.ts';

export interface PayFactsView {
  person: { name: string; openId: string };
  month: string;
  facts: readonly { key: string; value: string; reason: string; origin: string; by: string; at: string }[];
  /** The month is locked: what is entered now becomes a correction. */
  locked: boolean;
  news?: Text;
}

const SHOWN = 40;

/** 工资事实: what finance entered for a person's month, each with its source. */
export function payFactsCard({ person, month, facts, locked, news }: PayFactsView): Card {
  return card({
    title: say('工资事实', 'Pay facts'),
    subtitle: month,
    tone: locked ? 'grey' : 'blue',
    personal: 'amounts',
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(both(() => md`**${person.name}**`)),
      ...facts.slice(0, SHOWN).map(({ key, value, reason, origin, by, at }) =>
        text(
          both((t) => {
            const [kind = '', ...rest] = key.split('.');
            const label = manualLabel[kind] ?? manualLabel[`${kind}s`] ?? kind;
            const name = kind === 'hours' ? t(factLabel[rest[0] as HourField]) : `${t(label)} ${rest.join('.')}`.trim();
            const source = [by, at, origin, reason]
              .filter(Boolean)
              .map((word) => clip(word, 60))
              .join(' · ');
            return md`${name}：**${clip(value, 60)}** ${coloured('grey', source)}`;
          }),
        ),
      ),
      facts.length > SHOWN && note(say(`……还有 ${facts.length - SHOWN} 项`, `… and ${facts.length - SHOWN} more`)),
      facts.length === 0 && note(say('这个月还没有财务录入的事实。', 'Finance has entered no facts of this month.')),
      locked &&
        note(
          say(
            '这个月已经锁定：现在录入的是更正，要写原因，再用 /工资 更正 把差额写进下一个月。',
            'This month is locked: what is entered now is a correction, needs a reason, and /pay correct puts the difference into the next month.',
          ),
        ),
      row(
        button(say('录入或更正', 'Enter or correct'), asks('pay facts', { person: person.openId, month }), {
          look: 'primary_filled',
        }),
        button(
          locked ? say('看工资条', 'See the payslip') : say('看预估', 'See the estimate'),
          does('pay', { person: person.openId, month }),
        ),
      ),
    ],
  });
}
