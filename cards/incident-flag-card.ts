import { say } from '#domain/text';
import { button, type Card, card, does, row, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

/** FT-F5: a private flag to HR and the manager. It states the count and the clause; people decide what follows. */
export function incidentFlagCard({
  person,
  count,
  year,
  clause,
  words,
  month,
}: {
  person: { name: string; openId: string };
  count: number;
  year: string;
  clause: string;
  words: string;
  month: string;
}): Card {
  return card({
    title: say('考核事件提醒', 'A flag'),
    tone: 'orange',
    personal: true,
    body: [
      text(
        both((t) =>
          t(
            say(
              `${person.name} ${year} 年已有 ${count} 次差错，达到 ${clause}：`,
              `${person.name} has ${count} faults in ${year}, which reaches ${clause}:`,
            ),
          ),
        ),
      ),
      text(both(() => md`${words}`)),
      text(
        say(
          '是否适用请由人决定；请先看每一条的记录和异议。',
          'Whether it applies is for people to decide; please look at each record and objection first.',
        ),
      ),
      row(button(say('看记录', 'See the records'), does('incident list', { person: person.openId, month }))),
    ],
  });
}
