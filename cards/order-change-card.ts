import { type Change, fieldLabel, valueText } from '#domain/order/changes';
import { say, type Text } from '#domain/text';
import { type Action, button, type Card, card, does, row, type Tone, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { shortened } from './order-entry.ts';
import { both } from './words.ts';

export interface OrderNews {
  no: string;
  style: string;
  customer: string;
  title: Text;
  tone?: Tone;
  changes: Change[];
  reason: string;
  by: string;
  /** A sentence below: what follows from it. */
  followUp?: Text;
  actions?: { label: Text; action: Action }[];
}

/** 订单变更通知: old and new value and the reason, for those who work from the old one. */
export function orderChangeCard({
  no,
  style,
  customer,
  title,
  tone = 'orange',
  changes,
  reason,
  by,
  followUp,
  actions = [],
}: OrderNews): Card {
  return card({
    title,
    subtitle: [no, style, customer].filter(Boolean).join(' · '),
    tone,
    body: [
      changes.length > 0 && text(both((t) => changeLines(changes, t))),
      reason !== '' && text(both((t) => md`${t(say('原因：', 'Reason: '))}${reason}`)),
      text(both((t) => md`${t(say('登记人：', 'By: '))}${by}`)),
      followUp !== undefined && text(both((t) => md`👉 ${t(followUp)}`)),
      row(
        button(say('查看订单', 'Open order'), does('order show', { order: no }), { look: 'primary_filled' }),
        ...actions.map(({ label, action }) => button(label, action)),
      ),
    ],
  });
}

export const changeLines = (changes: readonly Change[], t: (text: Text) => string): Markup =>
  new Markup(
    changes
      .map(({ field, before, after }) => {
        const value = (raw: string | null) => shortened(t(valueText(field, raw)), 200);
        return md`- **${t(fieldLabel(field))}** ${value(before)} → **${value(after)}**`.source;
      })
      .join('\n'),
  );
