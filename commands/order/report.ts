import { eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, isoDate } from '#bot/fields';
import { factoryCard } from '#cards/order-report-card';
import { factoryRecord, figuresOf } from '#db/order-reports';
import { listOrders } from '#db/orders';
import { orders } from '#db/schema';
import { addDays } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { searchWord } from '#domain/order/search';
import { say } from '#domain/text';
import { reportCardFor, spanOf } from '#usecases/order-report';

const period = choice([
  { value: 'day', label: { zh: '日报', en: 'daily' }, aliases: ['日', '今天'] },
  { value: 'week', label: { zh: '周报', en: 'weekly' }, aliases: ['周', '本周'] },
  { value: 'month', label: { zh: '月报', en: 'monthly' }, aliases: ['月', '本月'] },
]);
const grouping = choice([
  { value: 'merchandiser', label: { zh: '人', en: 'person' }, aliases: ['跟单员'] },
  { value: 'customer', label: { zh: '客户', en: 'customer' } },
  { value: 'factory', label: { zh: '工厂', en: 'factory' } },
]);

/** Those who answer for more than their own orders see all of them. */
function ownOrders({ actor }: CommandContext): SQL {
  const seesAll = actor.roles.some((role) => ['manager', 'general_manager', 'finance', 'admin'].includes(role));
  return seesAll ? sql`true` : sql`${eq(orders.merchandiserId, actor.id)}`;
}

/** `/order report [day|week|month] [date] [by=]` (O14). Figures by person are told in private. */
export const reportOrders = defineCommand({
  name: 'order report',
  aliases: ['订单 报表', '订单 报告'],
  summary: { zh: '日报、周报、月报：接单、交货、准时率', en: 'daily, weekly, monthly: orders in, delivered, on time' },
  example: { zh: '/订单 报表 月报 2026-11-01 按=工厂', en: '/order report monthly 2026-11-01 by=factory' },
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({
    period: period.optional().meta({ word: 1, keys: ['周期'], label: { zh: '报表', en: 'period' }, bare: true }),
    day: isoDate.optional().meta({ word: 2, keys: ['日期'], label: { zh: '哪天', en: 'day' }, bare: true }),
    by: grouping.optional().meta({ label: { zh: '按', en: 'by' } }),
  }),

  async run(ctx, { period: which = 'week', day = ctx.today, by = 'customer' }) {
    return {
      card: await reportCardFor(ctx.tx, {
        period: which,
        span: { ...spanOf(which, day), zone: ctx.zone },
        where: ownOrders(ctx),
        by,
        locale: ctx.locale,
        query: { period: which, day },
      }),
    };
  },
});

/** Days that a scorecard looks back. */
const SCORE_DAYS = 180;

/** `/order factory <name>` (O14): a factory's scorecard. */
export const factoryScore = defineCommand({
  name: 'order factory',
  aliases: ['订单 工厂'],
  summary: {
    zh: '工厂评分卡：准时率、晚几天、变更、验货、投诉',
    en: 'scorecard of a factory: in time, days late, changes, checks, claims',
  },
  example: { zh: '/订单 工厂 恒丰', en: '/order factory Hengfeng' },
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({
    name: freeText(80)
      .min(1)
      .meta({ word: 'rest', keys: ['factory'], label: { zh: '工厂', en: 'factory' } }),
  }),

  async run(ctx, { name }) {
    const found = await listOrders(
      ctx.tx,
      {
        anyStatus: true,
        where: sql`${orders.factory} is not null and ${orders.search} like ${`%${searchWord(name)}%`}`,
      },
      { limit: 50, offset: 0 },
    );
    const names = [...new Set(found.orders.flatMap(({ factory }) => factory ?? []))];
    const factory = names.find((one) => one === name) ?? names[0];
    if (factory === undefined)
      throw new UserError(
        'factory.not-found',
        say(`没有订单是「${name}」做的。`, `No order is made by “${name}”.`),
        say('工厂写在订单上：/订单 变更 单号 工厂=…', 'The factory stands on the order: /order change NO factory=…'),
      );
    const span = { from: addDays(ctx.today, -SCORE_DAYS), to: ctx.today, zone: ctx.zone };
    const of = sql`${eq(orders.factory, factory)}`;
    const open = await listOrders(ctx.tx, { where: of }, { limit: 1, offset: 0 });
    return {
      card: factoryCard({
        factory,
        from: span.from,
        to: span.to,
        total: await figuresOf(ctx.tx, span, of),
        record: await factoryRecord(ctx.tx, factory, span),
        open: open.total,
      }),
    };
  },
});
