import { say, type Text } from '#domain/text';
import { asks, beside, button, type Card, card, does, type Element, note, panel, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { both } from './words.ts';

export interface HelpEntry {
  name: string;
  alias: string;
  summary: { zh: string; en: string };
  example: { zh: string; en: string };
}

/** 帮助: the subjects and their verbs, each with a button to its examples; `detailed` shows those. All of it at once would not fit a card. */
export function helpCard(entries: HelpEntry[], { detailed = false } = {}): Card {
  const bySubject = new Map<string, HelpEntry[]>();
  for (const entry of entries) {
    const subject = entry.name.split(' ')[0]!;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), entry]);
  }
  return card({
    title: say('我能做什么', 'What I can do'),
    tone: 'turquoise',
    body: [
      text(
        say(
          '在群里 @我 再写指令，或者私聊直接写。中文、英文、全角都行；少写了什么，我会打开表格让你填。',
          'Mention me in a group and write a command, or write to me in private. Chinese, English and full-width all work; if something is missing, I open a form.',
        ),
      ),
      ...[...bySubject].map(([subject, own]) => (detailed ? explained(subject, own) : named(subject, own))),
      row(
        button(say('我的订单', 'My orders'), does('order list'), { look: 'primary_filled' }),
        button(say('新建订单', 'New order'), asks('order new')),
        button(say('我是谁', 'Who am I'), does('whoami')),
      ),
      note(
        say(
          '写错了什么都不会登记；登记错了用 /撤销。',
          'A mistake records nothing; take back your last record with /undo.',
        ),
      ),
    ],
  });
}

const verbsOf = (own: HelpEntry[]): Text =>
  say(
    own
      .map(({ alias }) => alias.split(' ')[1])
      .filter(Boolean)
      .join('、'),
    own
      .map(({ name }) => name.split(' ')[1])
      .filter(Boolean)
      .join(', '),
  );

/** A subject on one line: its verbs, or what it does if it has none. */
function named(subject: string, own: HelpEntry[]): Element {
  const label = say(own[0]!.alias.split(' ')[0]!, subject);
  const what = own.some(({ name }) => name.includes(' ')) ? verbsOf(own) : own[0]!.summary;
  return beside(
    both((t) => md`**${t(label)}** ${t(what)}`),
    button(say('怎么写', 'How'), does('help', { about: subject }), { size: 'small', look: 'text' }),
  );
}

/** A subject with a line that works for each of its verbs. */
const explained = (subject: string, own: HelpEntry[]): Element =>
  panel(
    both((t) => md`**${t(say(own[0]!.alias.split(' ')[0]!, subject))}** ${t(verbsOf(own))}`),
    [
      text(
        both(
          (t) =>
            new Markup(
              own
                .map(
                  ({ name, alias, summary, example }) =>
                    md`- **${t(say(`/${alias}`, `/${name}`))}** ${t(summary)}
    ${new Markup("<font color='grey'>")}${t(example)}${new Markup('</font>')}`.source,
                )
                .join('\n'),
            ),
        ),
      ),
    ],
    { expanded: true },
  );
