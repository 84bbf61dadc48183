import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { orderNo, quantity } from '#bot/fields';
import { demandMayRecord, seesAmounts } from '#commands/records/access';
import { fieldSchema, noteSchema, valuesIn } from '#commands/records/fields';
import { recorders } from '#commands/records/words';
import { findRecord, listRecords } from '#db/records';
import { UserError } from '#domain/errors';
import type { Order } from '#domain/order/order';
import type { RecordOfOrder } from '#domain/records/kind';
import { shipment } from '#domain/records/kinds/shipment';
import { say } from '#domain/text';
import { recordCardFor } from '#usecases/record-cards';
import { addRecord, changeRecord } from '#usecases/records';
import { demandOrder } from './access.ts';

const fields = Object.entries(shipment.fields).map(
  ([name, field]) => [name, fieldSchema(field, { required: false })] as const,
);

/** `/order ship <no> …` (O10): a booking, goods that leave (all or a part), goods that come back. */
export const shipOrder = defineCommand({
  name: 'order ship',
  aliases: ['订单 出货', '订单 订舱'],
  summary: { zh: '登记订舱、出货（可分批）、退货', en: 'record a booking, a shipment (or a part), a return' },
  example: {
    zh: '/订单 出货 SO-1001 300件 颜色尺码=“红/M:120 红/L:180” 货代=中远 已通知=客户',
    en: '/order ship SO-1001 300pcs sizes="red/M:120 red/L:180" forwarder=COSCO informed=customer',
  },
  roles: recorders,
  answers: 'anywhere',
  atLeastOne: ['qty', 'sizes', 'booking', 'forwarder', 'cutoff', 'return'],
  input: z.object<Record<string, z.ZodType>>({
    order: orderNo.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
    ...Object.fromEntries(fields),
    return: quantity.optional().meta({ keys: ['退回'], label: { zh: '退货', en: 'return' } }),
    note: noteSchema,
  }),

  async run(ctx, args) {
    const order = await demandOrder(ctx.tx, args.order as string, { locked: true });
    await demandMayRecord(ctx, shipment, order.merchandiserId);
    const { record, news, told } = await recordShipment(ctx, order, args);
    return {
      card: await recordCardFor(ctx.tx, shipment, record, {
        news,
        withMoney: await seesAmounts(ctx, shipment, order.merchandiserId),
      }),
      toast: { tone: 'success', text: news },
      subject: `record:${record.id}`,
      also: told,
    };
  },
});

async function recordShipment(ctx: CommandContext, order: Order, args: Record<string, unknown>) {
  const values = valuesIn(shipment, args);
  const note = (args.note as string | undefined) ?? '';
  const add = (state: string, said: Record<string, unknown>) =>
    addRecord(ctx, shipment, { order, responsibleId: order.merchandiserId, said: { state, values: said, note } });
  if (args.return !== undefined) {
    if (values.qty !== undefined)
      throw new UserError(
        'shipment.both',
        say('出货和退货要分开登记。', 'A shipment and a return are recorded apart.'),
        say('退货只写 退货=20。', 'For a return give only return=20.'),
      );
    return add('returned', { ...values, qty: args.return });
  }
  if (values.qty === undefined && values.sizes === undefined) return add('booked', values);
  const booking = await bookingFor(ctx, order, values.booking as string | undefined);
  return booking
    ? changeRecord(ctx, shipment, { record: booking, order, said: { state: 'shipped', values, note } })
    : add('shipped', values);
}

/** The booking under which these goods leave: the one that is named, or the only one there is. */
async function bookingFor(
  ctx: CommandContext,
  order: Order,
  named: string | undefined,
): Promise<RecordOfOrder | undefined> {
  const { records } = await listRecords(
    ctx.tx,
    { kind: shipment.code, orderId: order.id, state: 'booked' },
    { limit: 20, offset: 0 },
  );
  const fitting = records.filter(({ values }) => named === undefined || values.booking === named);
  if (fitting.length > 1)
    throw new UserError(
      'shipment.which-booking',
      say(
        `订单 ${order.no} 订了 ${fitting.length} 次舱，这批货走的是哪一个？`,
        `Order ${order.no} has ${fitting.length} bookings; under which do these leave?`,
      ),
      say('加上 订舱号=…，或打开那条记录：/出货 列表', 'Add booking=…, or open the record: /shipment list'),
    );
  return fitting[0] && findRecord(ctx.tx, fitting[0].id);
}
