import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import { stageLabel, stages } from '#domain/order/stages';
import { inLocale, join, type Locale, say, type Text } from '#domain/text';
import { beside, button, type Card, card, chart, does, type Element, figures, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { countdown } from './order-card.ts';
import { both, lines } from './words.ts';

/** Open orders that stand in one stage. */
export interface BoardColumn {
  stage: string | null;
  open: number;
  qty: number;
  overdue: number;
  atRisk: number;
  dueSoon: number;
  stalled: number;
  urgentNo: string | null;
  urgentDelivery: IsoDate | null;
}

/** More stages than this do not fit; the fullest are shown. */
const MOST = 16;
const place = new Map(stages.map(({ code }, i) => [code, i]));

/** 订单看板: how many orders stand in each stage, how many of them are late, and the most urgent one of each. */
export function orderBoardCard({
  title,
  board,
  today,
  locale,
  mine,
}: {
  title: Text;
  board: BoardColumn[];
  today: IsoDate;
  locale: Locale;
  mine: boolean;
}): Card {
  const sum = (of: (column: BoardColumn) => number) => board.reduce((total, column) => total + of(column), 0);
  const shown = [...board]
    .sort((a, b) => b.open - a.open)
    .slice(0, MOST)
    .sort((a, b) => placeOf(a.stage) - placeOf(b.stage));
  const name = (stage: string | null) => (stage === null ? say('未开始', 'not begun') : stageLabel(stage));
  const [onTime, risky, late] = [say('正常', 'on time'), say('有风险', 'at risk'), say('超期', 'overdue')].map(
    (words) => inLocale(words, locale),
  );
  return card({
    title,
    subtitle: say(`${today} · 在手 ${sum(({ open }) => open)} 单`, `${today} · ${sum(({ open }) => open)} open`),
    tone: sum(({ overdue }) => overdue) > 0 ? 'red' : 'blue',
    wide: true,
    body: [
      figures(
        { label: say('在手', 'Open'), value: String(sum(({ open }) => open)), colour: 'blue' },
        { label: say('超期', 'Overdue'), value: String(sum(({ overdue }) => overdue)), colour: 'red' },
        { label: say('有风险', 'At risk'), value: String(sum(({ atRisk }) => atRisk)), colour: 'orange' },
        { label: say('没更新', 'Stalled'), value: String(sum(({ stalled }) => stalled)) },
      ),
      shown.length > 0 &&
        chart({
          type: 'bar',
          direction: 'horizontal',
          stack: true,
          xField: 'n',
          yField: 'stage',
          seriesField: 'state',
          data: {
            values: shown.flatMap(({ stage, open, overdue, atRisk }) => {
              const label = inLocale(name(stage), locale);
              return [
                { stage: label, state: onTime, n: open - overdue - atRisk },
                { stage: label, state: risky, n: atRisk },
                { stage: label, state: late, n: overdue },
              ];
            }),
          },
          legends: { visible: true, orient: 'bottom' },
        }),
      ...shown.map((column) => boardLine(column, name(column.stage), today)),
      board.length === 0 && text(say('没有在手的订单。', 'There are no open orders.')),
      board.length > MOST && note(say(`只显示最多的 ${MOST} 道工序。`, `Only the ${MOST} fullest stages are shown.`)),
      row(
        mine
          ? button(say('全部订单的看板', 'Board of all orders'), does('order board', { scope: 'all' }), {
              size: 'small',
            })
          : button(say('我的看板', 'My board'), does('order board', { scope: 'mine' }), { size: 'small' }),
        button(say('超期订单', 'Overdue orders'), does('order list', { scope: 'overdue' }), { size: 'small' }),
      ),
    ],
  });
}

/** Stages of a company's own come after those of the catalogue, orders that nobody has begun first. */
const placeOf = (stage: string | null): number => (stage === null ? -1 : (place.get(stage) ?? stages.length));

function boardLine(column: BoardColumn, name: Text, today: IsoDate): Element {
  const { stage, open, qty, overdue, urgentNo, urgentDelivery } = column;
  const urgent =
    urgentNo === null || urgentDelivery === null
      ? ''
      : join([
          say(`最急 ${urgentNo} `, `most urgent ${urgentNo} `),
          urgentDelivery.slice(5),
          ' ',
          countdown(daysBetween(today, urgentDelivery)),
        ]);
  return beside(
    both((t) =>
      lines(
        md`**${t(name)}** ${t(say(`${open} 单 · ${qty} 件`, `${open} orders · ${qty} pieces`))}${overdue > 0 ? coloured('red', t(say(` · 超期 ${overdue}`, ` · ${overdue} overdue`))) : ''}`,
        coloured('grey', t(urgent)),
      ),
    ),
    stage !== null
      ? button(say('看', 'List'), does('order list', { scope: 'all', stage }), { size: 'small' })
      : urgentNo !== null
        ? button(say('看', 'Open'), does('order show', { order: urgentNo }), { size: 'small' })
        : note(''),
  );
}
