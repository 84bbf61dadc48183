import type { IsoDate } from '#domain/calendar/dates';
import type { Order } from '#domain/order/order';
import { type Worry, worryText } from '#domain/order/risk';
import { stageLabel } from '#domain/order/stages';
import { join, say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, type Element, figures, note, row, type Tone, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { both } from './words.ts';

/** An order with what is to worry about in it. */
export interface WatchLine {
  order: Pick<Order, 'no' | 'customer' | 'style' | 'unit' | 'stage' | 'deliveryDate'>;
  worries: Worry[];
  /** Who follows it, where the reader is somebody else. */
  merchandiser?: string;
}

export interface WatchView {
  title: Text;
  today: IsoDate;
  counts: { open: number; overdue: number; dueSoon: number; atRisk: number; stalled: number };
  lines: WatchLine[];
  /** With buttons to act; a group sees only what there is. */
  canAct: boolean;
}

/** 提醒 and 简报: how many orders need an eye, the most urgent ones with the reason in words and numbers. */
export function orderWatchCard({ title, today, counts, lines, canAct }: WatchView): Card {
  const tone: Tone = counts.overdue > 0 ? 'red' : counts.atRisk + counts.stalled > 0 ? 'orange' : 'blue';
  return card({
    title,
    subtitle: say(`${today} · 在手 ${counts.open} 单`, `${today} · ${counts.open} open`),
    tone,
    summary: title,
    body: [
      figures(
        { label: say('超期', 'Overdue'), value: String(counts.overdue), colour: counts.overdue > 0 ? 'red' : 'grey' },
        {
          label: say('有风险', 'At risk'),
          value: String(counts.atRisk),
          colour: counts.atRisk > 0 ? 'orange' : 'grey',
        },
        { label: say('快到期', 'Due soon'), value: String(counts.dueSoon) },
        { label: say('没更新', 'Stalled'), value: String(counts.stalled) },
      ),
      ...lines.flatMap((line) => watchLine(line, canAct)),
      row(
        counts.overdue > 0 &&
          button(say('看超期', 'Overdue orders'), does('order list', { scope: 'overdue' }), { size: 'small' }),
        counts.atRisk > 0 &&
          button(say('看有风险', 'At-risk orders'), does('order list', { scope: 'at-risk' }), { size: 'small' }),
        button(say('看板', 'Board'), does('order board'), { size: 'small' }),
      ),
      canAct &&
        note(
          say(
            '按时交不了的，请尽快和客户沟通，再点「已处理」写明。',
            'Where it cannot be in time, talk to the customer soon, then press “Handled” and say what was agreed.',
          ),
        ),
    ],
  });
}

function watchLine({ order, worries, merchandiser }: WatchLine, canAct: boolean): Element[] {
  const what = text(
    both(
      (t) =>
        new Markup(
          [
            md`**${order.no}** ${order.customer} ${order.style}`.source,
            md`${t(join([order.stage ? stageLabel(order.stage) : say('未开始', 'not begun'), say(` · 货期 ${order.deliveryDate.slice(5)}`, ` · delivery ${order.deliveryDate.slice(5)}`), merchandiser ? ` · ${merchandiser}` : '']))}`
              .source,
            ...worries
              .slice(0, 2)
              .map(
                (worry) =>
                  coloured(worry.kind === 'overdue' ? 'red' : 'orange', t(worryText(worry, order.unit))).source,
              ),
          ].join('\n'),
        ),
    ),
  );
  const buttons = row(
    button(say('查看', 'Open'), does('order show', { order: order.no }), { size: 'small' }),
    canAct && button(say('登记', 'Log'), asks('order update', { order: order.no }), { size: 'small' }),
    canAct && button(say('已处理', 'Handled'), asks('order handled', { order: order.no }), { size: 'small' }),
    canAct && button(say('明天再说', 'Tomorrow'), does('order snooze', { order: order.no }), { size: 'small' }),
  );
  return [what, buttons];
}
