import type { IsoDate } from '#domain/calendar/dates';
import { inLocale, type Locale, say, type Text } from '#domain/text';
import { type Card, card, figures, note, table, text } from './kit.ts';
import { shortened } from './order-entry.ts';

export interface KeptSample {
  id: number;
  item: string;
  colour: string | undefined;
  customer: string | undefined;
  orderNo: string | null;
  kept: string;
  /** Who has it, while it is lent. */
  borrower: string | undefined;
  returnBy: IsoDate | undefined;
}

/** What one card lists. */
export const STOCK_A_CARD = 100;

/** 留样盘点: retained samples with where they are, lent ones with who has them and until when (O5). */
export function stockTakeCard({
  samples,
  total,
  lent,
  overdue,
  day,
  part,
  locale,
}: {
  samples: readonly KeptSample[];
  total: number;
  lent: number;
  overdue: number;
  day: IsoDate;
  /** Which of how many cards, where there are several. */
  part?: { of: number; no: number };
  locale: Locale;
}): Card {
  const where = ({ kept, borrower, returnBy }: KeptSample): Text => {
    if (borrower === undefined) return shortened(kept, 60);
    const late = returnBy !== undefined && returnBy < day;
    const by = returnBy ?? '—';
    return say(
      `借给 ${shortened(borrower, 40)}，${by} 还${late ? '（已过期）' : ''}`,
      `lent to ${shortened(borrower, 40)} until ${by}${late ? ' (late)' : ''}`,
    );
  };
  return card({
    title: say('留样盘点', 'Retained samples'),
    subtitle: part ? `${day} · ${part.no}/${part.of}` : day,
    tone: overdue > 0 ? 'orange' : 'turquoise',
    wide: true,
    body: [
      figures(
        { label: say('留样', 'Retained'), value: String(total) },
        { label: say('借出', 'Lent'), value: String(lent) },
        { label: say('过期未还', 'Not returned'), value: String(overdue), colour: overdue > 0 ? 'red' : 'grey' },
      ),
      samples.length === 0 && text(say('没有登记留样。', 'No sample is retained.')),
      samples.length > 0 &&
        table(
          locale,
          [
            { name: 'no', label: say('编号', 'no.') },
            { name: 'item', label: say('款号', 'item') },
            { name: 'of', label: say('订单 / 客户', 'order / customer') },
            { name: 'where', label: say('在哪里', 'where') },
          ],
          samples.map((sample) => ({
            no: `#${sample.id}`,
            item: shortened([sample.item, sample.colour].filter(Boolean).join(' '), 60),
            of: shortened([sample.orderNo, sample.customer].filter(Boolean).join(' · '), 60),
            where: inLocale(where(sample), locale),
          })),
        ),
      note(
        say(
          '盘点后有出入：/样品 更新 #编号 留样=新位置，还回来的：/样品 更新 #编号 打样中',
          'If something differs: /sample update #no kept="new place"',
        ),
      ),
    ],
  });
}
