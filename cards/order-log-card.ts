import type { Change } from '#domain/order/changes';
import type { Progress } from '#domain/order/order';
import { say, type Text } from '#domain/text';
import { button, type Card, card, does, note, row, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { changeLines } from './order-change-card.ts';
import { entryText, shortened, when } from './order-entry.ts';
import { both } from './words.ts';

/** Something that happened to an order. */
export type Happening = { at: Date; by: string } & (
  | { kind: 'progress'; entry: Progress; stands: boolean; undoes: number | null }
  | { kind: 'change'; change: Change; reason: string }
  | { kind: 'file'; name: string; isPhoto: boolean; note: string }
  | { kind: 'watch'; act: 'snoozed' | 'handled'; until: string; note: string }
  | { kind: 'entered' }
);

export const HAPPENINGS_A_PAGE = 10;

/** 订单历史: everything that was recorded on an order, newest first; what was taken back or corrected is struck through. */
export function orderLogCard({
  no,
  happenings,
  page,
  pages,
}: {
  no: string;
  happenings: Happening[];
  page: number;
  pages: number;
}): Card {
  return card({
    title: say(`${no} 的历史`, `History of ${no}`),
    tone: 'blue',
    body: [
      text(
        both(
          (t) =>
            new Markup(
              happenings
                .map((one) => `${when(one.at).source} ${coloured('grey', one.by).source} ${said(one, t).source}`)
                .join('\n\n'),
            ),
        ),
        { size: 'notation' },
      ),
      row(
        page > 1 &&
          button(say('上一页', 'Previous'), does('order log', { order: no, page: page - 1 }), { size: 'small' }),
        page < pages &&
          button(say('下一页', 'Next'), does('order log', { order: no, page: page + 1 }), { size: 'small' }),
        button(say('返回订单', 'Back to the order'), does('order show', { order: no }), { size: 'small' }),
      ),
      pages > 1 && note(say(`第 ${page} / ${pages} 页`, `Page ${page} of ${pages}`)),
    ],
  });
}

function said(one: Happening, t: (text: Text) => string): Markup {
  switch (one.kind) {
    case 'progress': {
      if (one.undoes !== null) return md`${t(say(`撤销了 #${one.undoes}`, `took back #${one.undoes}`))}`;
      const words = md`#${one.entry.id} ${t(entryText(one.entry, 150))}`;
      return one.stands ? words : new Markup(`~~${words.source}~~`);
    }
    case 'change':
      return new Markup(
        `${changeLines([one.change], t).source.replace(/^- /, '')}${one.reason ? md`（${shortened(one.reason, 150)}）`.source : ''}`,
      );
    case 'file':
      return md`${one.isPhoto ? '🖼' : '📎'} ${shortened(one.name, 60)} ${shortened(one.note, 100)}`;
    case 'watch':
      return md`${t(one.act === 'handled' ? say('已处理', 'handled') : say(`${one.until} 前不提醒`, `no reminders until ${one.until}`))} ${shortened(one.note, 150)}`;
    case 'entered':
      return md`${t(say('新建订单', 'entered the order'))}`;
  }
}
