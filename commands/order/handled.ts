import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { freeText, isoDate } from '#bot/fields';
import { noticesOf } from '#db/calendar';
import { appendWatchAct } from '#db/order-changes';
import { changeOrder } from '#db/orders';
import { UserError } from '#domain/errors';
import { demandOpen } from '#domain/order/order';
import { moveWorkdays } from '#domain/order/planning-days';
import { say, type Text } from '#domain/text';
import { demandOrderToChange, orderReply } from './access.ts';
import { theOrder } from './fields.ts';

/** Working days that a reminder which was dealt with stays quiet, unless it is said otherwise. */
const HANDLED_DAYS = 3;

async function quieten(
  ctx: CommandContext,
  { no, act, until, note, news }: { no: string; act: 'snoozed' | 'handled'; until: string; note: string; news: Text },
) {
  const order = await demandOrderToChange(ctx, no);
  demandOpen(order);
  if (until < ctx.today)
    throw new UserError(
      'order.day-past',
      say(`${until} 已经过去了。`, `${until} is past.`),
      say('请写今天或以后的日期，例如 明天。', 'Give today or a day to come, like tomorrow.'),
    );
  if (until > moveWorkdays(ctx.today, 10, await noticesOf(ctx.tx)))
    throw new UserError(
      'order.snooze-long',
      say('最多推迟 10 个工作日。', 'At most 10 working days.'),
      say('货期真的变了的话：/订单 变更 货期=…', 'If the delivery date really moved: /order change delivery=…'),
    );
  await appendWatchAct(ctx.tx, { orderId: order.id, act, until, note, by: ctx.actor.id, at: ctx.saidAt });
  await changeOrder(ctx.tx, order.id, { snoozedUntil: until });
  await ctx.record({
    subject: `order:${no}`,
    before: { snoozedUntil: order.snoozedUntil },
    after: { act, until, note },
  });
  return orderReply(ctx, no, news);
}

/** `/order snooze <no> [until]` (O4): no reminders about it until that day is over. */
export const snoozeOrder = defineCommand({
  name: 'order snooze',
  aliases: ['订单 推迟', '订单 稍后提醒'],
  summary: { zh: '推迟提醒', en: 'put a reminder off' },
  example: { zh: '/订单 推迟 SO-1001 明天', en: '/order snooze SO-1001 tomorrow' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    order: theOrder,
    until: isoDate.optional().meta({ word: 2, keys: ['到'], label: { zh: '到哪天', en: 'until' }, bare: true }),
    note: freeText(300)
      .optional()
      .meta({ keys: ['说明'], label: { zh: '备注', en: 'note' } }),
  }),

  run: (ctx, { order: no, until = ctx.today, note = '' }) =>
    quieten(ctx, {
      no,
      act: 'snoozed',
      until,
      note,
      news: say(`${until} 过后再提醒`, `You will be reminded after ${until}`),
    }),
});

/** `/order handled <no> [note]` (O4): what was done about it; quiet for some days, unless things change. */
export const handledOrder = defineCommand({
  name: 'order handled',
  aliases: ['订单 已处理'],
  summary: { zh: '提醒已处理，写明怎么处理的', en: 'a reminder was dealt with; say how' },
  example: {
    zh: '/订单 已处理 SO-1001 说明=已和客户沟通延期三天',
    en: '/order handled SO-1001 note="told the customer"',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    order: theOrder,
    note: freeText(300)
      .min(1)
      .meta({ word: 'rest', keys: ['备注', '处理'], label: { zh: '说明', en: 'note' } }),
  }),

  async run(ctx, { order: no, note }) {
    const until = moveWorkdays(ctx.today, HANDLED_DAYS - 1, await noticesOf(ctx.tx));
    return quieten(ctx, { no, act: 'handled', until, note, news: say('已记下处理情况', 'What you did is on record') });
  },
});
