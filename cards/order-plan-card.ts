import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import type { Order } from '#domain/order/order';
import type { StageState } from '#domain/order/progress';
import { stageLabel } from '#domain/order/stages';
import { inLocale, type Locale, say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, note, row, table, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

/** 工序计划: each stage with planned, actual, quantity and who answers for it. */
export function orderPlanCard({
  order,
  states,
  names,
  today,
  locale,
  news,
}: {
  order: Order;
  states: StageState[];
  names: Map<number, string>;
  today: IsoDate;
  locale: Locale;
  news?: Text;
}): Card {
  const t = (words: Text) => inLocale(words, locale);
  return card({
    title: say(`${order.no} 的计划`, `Plan of ${order.no}`),
    subtitle: say(`货期 ${order.deliveryDate}`, `delivery ${order.deliveryDate}`),
    wide: true,
    body: [
      news !== undefined && text(both((say) => md`✅ ${say(news)}`)),
      table(
        locale,
        [
          { name: 'stage', label: say('工序', 'stage') },
          { name: 'planned', label: say('计划', 'planned') },
          { name: 'actual', label: say('实际', 'actual') },
          { name: 'done', label: say('完成', 'done') },
          { name: 'late', label: say('迟（天）', 'days late') },
          { name: 'owner', label: say('负责', 'owner') },
        ],
        states.map(({ stage, planned, fixed, actual, done, ownerId }) => {
          const late = planned === null ? 0 : daysBetween(planned, actual ?? today);
          return {
            stage: t(stageLabel(stage)),
            planned: planned === null ? '—' : `${planned.slice(5)}${fixed ? ' ✎' : ''}`,
            actual: actual?.slice(5) ?? '—',
            done: done === undefined ? '—' : `${done}/${order.qty}`,
            late: late > 0 ? String(late) : '',
            owner: ownerId === null ? '' : (names.get(ownerId) ?? '—'),
          };
        }),
      ),
      note(
        say(
          '计划从货期往前按工作日推算；✎ 是人工定的，货期变了也不动。改一道：/订单 计划 单号 缝制 12-10 负责=姓名',
          'Planned back from the delivery over working days; ✎ was set by hand and stays. Change one: /order plan NO sewing 12-10 owner=name',
        ),
      ),
      order.status === 'open' &&
        row(
          button(say('改计划', 'Change the plan'), asks('order plan', { order: order.no })),
          button(say('返回订单', 'Back to the order'), does('order show', { order: order.no })),
        ),
    ],
  });
}
