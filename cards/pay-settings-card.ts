import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip } from './pay-parts.ts';
import { both } from './words.ts';

export interface PaySettingsView {
  month: string;
  rows: readonly { name: string; question: Text; answer: Text; from: string | undefined; by: string }[];
  objectionDays: number;
  lineSeesPay: boolean;
  news?: Text;
}

/** 工资设置: what the documents leave open, as the company has decided it. */
export function paySettingsCard({ month, rows, objectionDays, lineSeesPay, news }: PaySettingsView): Card {
  return card({
    title: say('工资设置', 'Pay settings'),
    subtitle: month,
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      ...rows
        .slice(0, 50)
        .map(({ name, question, answer, from, by }) =>
          text(
            both(
              (t) =>
                md`${clip(t(question), 80)} ${coloured('grey', name)}：**${clip(t(answer), 80)}**${from ? coloured('grey', ` ${from} ${by}`) : ''}`,
            ),
          ),
        ),
      text(both((t) => md`${t(say('工资条异议期', 'Days to object to a payslip'))}：**${objectionDays}**`)),
      text(
        both(
          (t) =>
            md`${t(say('上级能看下属工资', 'The line sees pay'))}：**${t(lineSeesPay ? say('能', 'yes') : say('不能', 'no'))}**`,
        ),
      ),
      note(
        say(
          '没有日期的是方案或制度的默认值。新的设置从所写的月份起算，锁定的月份不变。',
          'Without a month: the default. A setting counts from its month on; locked months stay as they are.',
        ),
      ),
      row(button(say('修改', 'Change'), asks('pay settings'), { look: 'primary_filled' })),
    ],
  });
}
