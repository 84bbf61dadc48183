import { dayOf, type IsoDate, monthNumber, monthOf } from '#domain/calendar/dates';
import type { Contradiction } from '#domain/calendar/deadlines';
import type { HolidayNotice } from '#domain/calendar/notice';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { both, bullets, lines } from './words.ts';

const byMonth = (dates: readonly IsoDate[]): string =>
  [...new Set(dates.map(monthOf))]
    .sort()
    .map(
      (month) =>
        `${monthNumber(month)}月 ${dates
          .filter((date) => monthOf(date) === month)
          .map(dayOf)
          .join('、')}`,
    )
    .join('；');

/** 放假安排 of one year, with the months in which the written deadlines contradict each other. */
export function calendarCard({
  notice,
  contradictions,
  mayAdd,
  news,
}: {
  notice: HolidayNotice;
  contradictions: Contradiction[];
  mayAdd: boolean;
  news?: Text;
}): Card {
  const facts: [Text, string][] = [
    [say('文号', 'Notice'), notice.notice],
    [say('放假', 'Off'), byMonth(notice.off)],
    [say('调休上班', 'Worked weekend days'), byMonth(notice.makeup) || '—'],
    [say('法定休假日', 'Statutory holidays'), byMonth(notice.statutory)],
  ];
  return card({
    title: say(`${notice.year} 年放假安排`, `Holidays of ${notice.year}`),
    tone: 'turquoise',
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(both((t) => lines(...facts.map(([label, value]) => md`${coloured('grey', t(label))}　${value}`)))),
      contradictions.length > 0 &&
        text(
          say(
            '这一年有月份的考核期限自相矛盾，按较晚的一天为准：',
            'In these months the written deadlines contradict each other; the later day counts:',
          ),
        ),
      contradictions.length > 0 &&
        text(
          bullets(
            contradictions.map(({ period, byDay, byWorkday }) =>
              say(
                `${period} 的考核：${byDay.clause} 要求 ${byDay.date} 前，${byWorkday.clause} 的第 ${byWorkday.nth} 个工作日却是 ${byWorkday.date}`,
                `appraisal of ${period}: ${byDay.clause} says by ${byDay.date}, but working day ${byWorkday.nth} of ${byWorkday.clause} is ${byWorkday.date}`,
              ),
            ),
          ),
        ),
      note(notice.url),
      mayAdd && row(button(say('录入或更正', 'Enter or correct'), asks('calendar add'))),
    ],
  });
}
