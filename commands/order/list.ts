import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, pageNumber } from '#bot/fields';
import { ORDERS_A_PAGE, orderListCard } from '#cards/order-list-card';
import { atRiskCondition } from '#db/order-watch';
import { dueWithin, listOrders, type OrderFilter, overdue } from '#db/orders';
import { peopleByIds } from '#db/people';
import { everybodyBelow } from '#db/reporting-line';
import { worriesOf } from '#domain/order/risk';
import { stageLabel } from '#domain/order/stages';
import { join, say, type Text } from '#domain/text';
import { watchDay, watchSettings } from '#usecases/watch-day';
import { lastDayOf } from './access.ts';
import { orderStage } from './fields.ts';

const scope = choice([
  { value: 'mine', label: { zh: '我的', en: 'mine' } },
  { value: 'due', label: { zh: '快到期', en: 'due' }, aliases: ['到期'] },
  { value: 'overdue', label: { zh: '超期', en: 'overdue' }, aliases: ['逾期', '延误'] },
  { value: 'at-risk', label: { zh: '有风险', en: 'at-risk' }, aliases: ['风险', 'risk'] },
  { value: 'all', label: { zh: '全部', en: 'all' }, aliases: ['所有'] },
  { value: 'closed', label: { zh: '已结', en: 'closed' }, aliases: ['结单'] },
  { value: 'cancelled', label: { zh: '已取消', en: 'cancelled' }, aliases: ['取消'] },
]);

/** `/order list …`: open orders, soonest delivery first; one's own unless asked otherwise. */
export const listOrdersCommand = defineCommand({
  name: 'order list',
  aliases: ['订单 列表', '订单 清单'],
  summary: {
    zh: '查订单：我的、快到期、超期、有风险、按工序、按客户、关键字或拼音首字母',
    en: 'find orders: mine, due, overdue, at-risk, by stage, by customer, by any word or pinyin initials',
  },
  example: { zh: '/订单 列表 超期', en: '/order list overdue' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({
    scope: scope.optional().meta({ keys: ['show'], label: { zh: '范围', en: 'scope' }, bare: true }),
    stage: orderStage.optional().meta({ keys: ['工序'], label: { zh: '阶段', en: 'stage' }, bare: true }),
    customer: freeText(80)
      .optional()
      .meta({ label: { zh: '客户', en: 'customer' } }),
    text: freeText(80)
      .optional()
      .meta({ word: 'rest', keys: ['关键字', '搜索'], label: { zh: '包含', en: 'text' } }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { scope: asked, stage: at, customer, text, page = 1 }) {
    const narrowed = at !== undefined || customer !== undefined || text !== undefined;
    const which = asked ?? (narrowed || !ctx.actor.roles.includes('merchandiser') ? 'all' : 'mine');
    const filter: OrderFilter = {
      ...(await scopeFilter(which, ctx)),
      ...(at && { stage: at }),
      ...(customer && { customer }),
      ...(text && { text }),
    };
    const found = await listOrders(ctx.tx, filter, { limit: ORDERS_A_PAGE, offset: (page - 1) * ORDERS_A_PAGE });
    const watch = await watchDay(ctx.tx, ctx.today, ctx.zone);
    const people = await peopleByIds(
      ctx.tx,
      found.orders.map(({ merchandiserId }) => merchandiserId),
    );
    const query = { scope: which, ...(at && { stage: at }), ...(customer && { customer }), ...(text && { text }) };
    return {
      card: orderListCard({
        ...found,
        heading: heading(
          which,
          at,
          [customer, text].filter((part) => part !== undefined),
        ),
        names: new Map([...people].map(([id, { name }]) => [id, name])),
        worries: new Map(
          found.orders.map((order) => [
            order.id,
            worriesOf({ ...order, lastDay: lastDayOf(order, ctx.zone) }, ctx.today, watch, watch.notices),
          ]),
        ),
        today: ctx.today,
        page,
        query,
      }),
    };
  },
});

type Scope = z.output<typeof scope>;

async function scopeFilter(which: Scope, { tx, actor, today, zone }: CommandContext): Promise<OrderFilter> {
  // who asks what is late means their own and that of everybody below them; finance and the general manager mean the company's
  const own = actor.roles.some((role) => role === 'general_manager' || role === 'finance')
    ? {}
    : { merchandiserIds: [actor.id, ...(await everybodyBelow(tx, actor.id, 1_000)).map(({ id }) => id)] };
  switch (which) {
    case 'mine':
      return { merchandiserIds: [actor.id] };
    case 'due':
      return { ...own, ...dueWithin(today, (await watchSettings(tx)).dueDays) };
    case 'overdue':
      return { ...own, ...overdue(today) };
    case 'at-risk':
      return { ...own, where: atRiskCondition(await watchDay(tx, today, zone)) };
    case 'closed':
    case 'cancelled':
      return { ...own, status: which };
    case 'all':
      return {};
  }
}

const scopeHeading: Record<Scope, Text> = {
  mine: say('我的订单', 'My orders'),
  due: say('快到期的订单', 'Orders due soon'),
  overdue: say('超期订单', 'Overdue orders'),
  'at-risk': say('有风险的订单', 'Orders at risk'),
  all: say('全部在手订单', 'All open orders'),
  closed: say('已结订单', 'Closed orders'),
  cancelled: say('已取消订单', 'Cancelled orders'),
};

const heading = (which: Scope, at: string | undefined, words: string[]): Text =>
  join([scopeHeading[which], ...(at ? [stageLabel(at)] : []), ...words], ' · ');
