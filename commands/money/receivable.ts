import type { CommandContext } from '#bot/command';
import { type Element, figures } from '#cards/kit';
import { seesAmounts } from '#commands/records/access';
import { recordsOfOrder } from '#db/records';
import { formatYuan } from '#domain/money';
import type { Order } from '#domain/order/order';
import { money, receivableOf } from '#domain/records/kinds/money';
import { say } from '#domain/text';

/** What the customer owes for an order, has paid, and still owes: above the order's payments, in private only. */
export async function receivable(ctx: CommandContext, { order }: { order: Order | undefined }): Promise<Element[]> {
  if (!order || order.amountFen === null || !(await seesAmounts(ctx, money, order.merchandiserId))) return [];
  const { received, outstanding } = receivableOf(
    { ...order, amountFen: order.amountFen },
    await recordsOfOrder(ctx.tx, order.id),
  );
  return [
    figures(
      { label: say('订单金额', 'Order'), value: `${order.currency} ${formatYuan(order.amountFen)}` },
      { label: say('已收', 'Received'), value: formatYuan(received), colour: 'green' },
      {
        label: say('未收', 'Outstanding'),
        value: formatYuan(outstanding),
        colour: outstanding > 0n ? 'orange' : 'grey',
      },
    ),
  ];
}
