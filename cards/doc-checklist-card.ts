import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import type { Order } from '#domain/order/order';
import { stateLabel } from '#domain/records/check';
import { type ChecklistItem, doc, documentLabel } from '#domain/records/kinds/doc';
import { cut } from '#domain/records/words';
import { say, type Text } from '#domain/text';
import { asks, beside, button, type Card, card, does, type Element, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { both } from './words.ts';

export interface ChecklistView {
  order: Order;
  items: ChecklistItem[];
  names: Map<number, string>;
  /** The nearest cut-off that is booked. */
  cutoff: IsoDate | undefined;
  today: IsoDate;
}

/** 单证清单: what the order's template asks for, who has filed it and when; what is missing has a button. */
export function docChecklistCard({ order, items, names, cutoff, today }: ChecklistView): Card {
  const have = items.filter(({ record }) => record).length;
  const urgent = cutoff !== undefined && items.some(({ record, beforeCutoff }) => !record && beforeCutoff);
  return card({
    title: say(`单证 ${have}/${items.length} · ${order.no}`, `Documents ${have}/${items.length} · ${order.no}`),
    subtitle: cut(order.customer, 60),
    tone: have === items.length ? 'green' : urgent ? 'red' : 'orange',
    summary: say(`订单 ${order.no} 的单证`, `Documents of ${order.no}`),
    body: [
      cutoff !== undefined &&
        text(
          both(
            (t) =>
              md`⏰ ${t(say('截关 ', 'Cut-off '))}${cutoff} · ${t(say(`还有 ${daysBetween(today, cutoff)} 天`, `${daysBetween(today, cutoff)} days left`))}`,
          ),
        ),
      ...items.map((item) => line(order, item, names)),
      row(
        button(say('登记单证', 'Add document'), asks('doc add', { order: order.no }), {
          size: 'small',
          look: 'primary_filled',
        }),
        button(say('看订单', 'Order'), does('order show', { order: order.no }), { size: 'small' }),
      ),
    ],
  });
}

function line(order: Order, { type, record, beforeCutoff }: ChecklistItem, names: Map<number, string>): Element {
  const said = (t: (text: Text) => string) =>
    record
      ? md`${coloured('green', '✓')} **${t(documentLabel(type))}** ${t(stateLabel(doc, record.state))} · ${names.get(record.createdBy) ?? '—'} ${record.day}`
      : md`${coloured('grey', '○')} ${t(documentLabel(type))} ${coloured(beforeCutoff ? 'red' : 'grey', t(beforeCutoff ? say('截关前要有', 'needed before cut-off') : say('还没有', 'missing')))}`;
  return beside(
    both(said),
    record
      ? button(say('打开', 'Open'), does('doc show', { record: `#${record.id}` }), { size: 'small' })
      : button(say('已备齐', 'Ready'), does('doc add', { order: order.no, type }), { size: 'small' }),
  );
}
