import { pointsText } from '#domain/appraisal/score';
import { type Phase, phaseLabel } from '#domain/appraisal/sheet';
import type { Month } from '#domain/calendar/dates';
import { inLocale, type Locale, say, type Text } from '#domain/text';
import { button, type Card, card, chart, does, note, row, table, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

export interface StatisticsRow {
  name: string;
  department: string;
  manager: string;
  total: number | undefined;
  phase: Phase;
  approved: boolean;
}

export interface StatisticsView {
  month: Month;
  rows: StatisticsRow[];
  locale: Locale;
  /** What this is: the department's statistics, the individual results for the superior, the overall table. */
  kind: 'statistics' | 'individual' | 'overall' | 'status';
  withChart: boolean;
  approve?: { manager?: string } | undefined;
  news?: Text;
}

const titles: Record<StatisticsView['kind'], (month: Month) => Text> = {
  statistics: (month) => say(`${month} 考核汇总统计`, `Statistics of ${month}`),
  individual: (month) => say(`${month} 个人考核结果`, `Individual results of ${month}`),
  overall: (month) => say(`${month} 考核整体统计表`, `Overall table of ${month}`),
  status: (month) => say(`${month} 考核进度`, `Appraisal of ${month}: where it stands`),
};

/** A card holds so many rows safely; the file has all of them. */
const SHOWN = 60;
const CHARTED = 30;

/** LB-A5, LB-A6. Who stands where, with the total of each: the department's own, or everybody's. */
export function statisticsCard({ month, rows, locale, kind, withChart, approve, news }: StatisticsView): Card {
  const count = (phase: Phase) => rows.filter((each) => each.phase === phase).length;
  const totals = rows.flatMap(({ total }) => total ?? []);
  const mean =
    totals.length === 0 ? undefined : Math.round(totals.reduce((sum, each) => sum + each, 0) / totals.length);
  const missing = count('open') + count('scored') + count('objected');
  return card({
    title: titles[kind](month),
    tone: missing > 0 ? 'orange' : 'green',
    summary: say('月度考核', 'Monthly appraisal'),
    personal: true,
    wide: true,
    body: [
      news !== undefined && text(both((t) => md`${t(news)}`)),
      text(
        both((t) =>
          t(
            say(
              `共 ${rows.length} 人：已确认 ${count('confirmed')}，已复核 ${count('reconfirmed')}，未答复 ${count('unanswered')}，待确认 ${count('scored')}，有异议 ${count('objected')}，待打分 ${count('open')}${mean === undefined ? '' : `；平均 ${pointsText(mean)}`}`,
              `${rows.length} people: ${count('confirmed')} confirmed, ${count('reconfirmed')} reviewed, ${count('unanswered')} unanswered, ${count('scored')} waiting, ${count('objected')} objected, ${count('open')} not scored${mean === undefined ? '' : `; mean ${pointsText(mean)}`}`,
            ),
          ),
        ),
      ),
      withChart && totals.length > 0 && chart(rows.length <= CHARTED ? byPerson(rows) : byBand(rows, locale)),
      table(
        locale,
        [
          { name: 'name', label: say('姓名', 'Name') },
          { name: 'department', label: say('部门', 'Department') },
          { name: 'manager', label: say('打分人', 'Manager') },
          { name: 'total', label: say('总分', 'Total'), align: 'right' },
          { name: 'state', label: say('状态', 'State') },
        ],
        rows.slice(0, SHOWN).map(({ name, department, manager, total, phase, approved }) => ({
          name,
          department,
          manager,
          total: total === undefined ? '—' : pointsText(total),
          state: inLocale(approved ? say('已审批', 'approved') : phaseLabel[phase], locale),
        })),
      ),
      rows.length > SHOWN &&
        note(say(`只列出前 ${SHOWN} 人，全部在文件里。`, `The first ${SHOWN}; all of them are in the file.`)),
      approve &&
        row(
          button(
            say('审批', 'Approve'),
            does('appraise approve', { month, ...(approve.manager !== undefined && { manager: approve.manager }) }),
            {
              look: 'primary_filled',
              confirm: {
                title: say('审批', 'Approve'),
                text: say('审批后考核结果生效，不能再改。', 'Approved results are valid and can no longer change.'),
              },
            },
          ),
        ),
    ],
  });
}

const byPerson = (rows: StatisticsRow[]): Record<string, unknown> => ({
  type: 'bar',
  data: {
    values: rows.filter(({ total }) => total !== undefined).map(({ name, total }) => ({ name, score: total! / 10 })),
  },
  xField: 'name',
  yField: 'score',
  label: { visible: true },
});

/** Many people: how many in each ten points. */
function byBand(rows: StatisticsRow[], locale: Locale): Record<string, unknown> {
  const people = inLocale(say('人数', 'people'), locale);
  const bands = [0, 60, 70, 80, 90].map((from, at, all) => ({ from, to: all[at + 1] ?? 101 }));
  return {
    type: 'bar',
    data: {
      values: bands.map(({ from, to }) => ({
        band: to > 100 ? `${from}–100` : `${from}–${to}`,
        [people]: rows.filter(({ total }) => total !== undefined && total >= from * 10 && total < to * 10).length,
      })),
    },
    xField: 'band',
    yField: people,
    label: { visible: true },
  };
}
