import type { OrderMark } from '#domain/order/marks';
import { type Element, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { both } from './words.ts';

/** 封样 ✓ · 单证 3/7: a line of the order's card; false when nothing hangs on the order. */
export const marksLine = (marks: readonly OrderMark[]): Element | false =>
  marks.length > 0 &&
  text(
    both(
      (t) =>
        new Markup(
          marks.map(({ label, text: word, tone }) => md`${t(label)} ${coloured(tone, t(word))}`.source).join(' · '),
        ),
    ),
    { size: 'notation' },
  );
