import type { CommandContext } from '#bot/command';
import { addOrderFiles } from '#db/order-files';
import type { Order } from '#domain/order/order';

/** Files what came along with a command (photos, documents) with its order; returns how many there were. */
export async function fileAttachments(ctx: CommandContext, order: Order, note = ''): Promise<number> {
  return addOrderFiles(
    ctx.tx,
    ctx.attachments.map(({ type, key, name, messageId }) => ({
      orderId: order.id,
      kind: type,
      key,
      name,
      note,
      messageId,
      chatId: ctx.source.chatId ?? null,
      by: ctx.actor.id,
      at: ctx.saidAt,
    })),
  );
}
