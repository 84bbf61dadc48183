import type { CommandContext } from '#bot/command';
import { appendChanges } from '#db/order-changes';
import type { Change } from '#domain/order/changes';
import type { Order } from '#domain/order/order';

/** Writes changes to the order's append-only history. */
export async function logChanges(
  ctx: CommandContext,
  order: Order,
  changes: Change[],
  { reason, cause = 'other' }: { reason: string; cause?: 'customer' | 'factory' | 'own' | 'other' | undefined },
): Promise<void> {
  await appendChanges(
    ctx.tx,
    changes.map((change) => ({
      ...change,
      orderId: order.id,
      reason,
      cause,
      by: ctx.actor.id,
      saidAt: ctx.saidAt,
      recordedAt: ctx.now,
      eventId: ctx.source.eventId,
      messageId: ctx.source.messageId ?? null,
    })),
  );
}
