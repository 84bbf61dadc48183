import { say } from '#domain/text';
import { asks, button, type Card, card, does, note, panel, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { both } from './words.ts';

export interface HelpEntry {
  name: string;
  alias: string;
  summary: { zh: string; en: string };
  example: { zh: string; en: string };
}

/** 帮助: the commands by subject, each with a line that works. `detailed` opens the panels. */
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
      ...[...bySubject].map(([subject, own]) =>
        panel(
          both(
            (t) =>
              md`**${t(say(own[0]!.alias.split(' ')[0]!, subject))}** ${t(
                say(
                  own
                    .map(({ alias }) => alias.split(' ')[1])
                    .filter(Boolean)
                    .join('、'),
                  own
                    .map(({ name }) => name.split(' ')[1])
                    .filter(Boolean)
                    .join(', '),
                ),
              )}`,
          ),
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
          { expanded: detailed },
        ),
      ),
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
