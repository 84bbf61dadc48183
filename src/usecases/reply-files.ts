import type { FileReply } from '#bot/bot';
import { sendCard } from '#bot/deliver';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { addOrderFiles, orderOfMessage } from '#db/order-files';
import { findOrder } from '#db/orders';
import { managersAbove, personById } from '#db/people';
import { UserError } from '#domain/errors';
import { mayChange } from '#domain/order/order';
import { say } from '#domain/text';

/**
 * O1, O3. Photos and documents posted as a reply to an order's card are filed with that order.
 *
 * @returns false when the message is not about an order's card
 */
export async function fileReply(
  tx: Db,
  { actor, parentId, messageId, chatId, text, attachments, here }: FileReply,
  now: Date,
): Promise<boolean> {
  const no = await orderOfMessage(tx, parentId);
  const order = no === undefined ? undefined : await findOrder(tx, no);
  if (!order) return false;
  const merchandiser = (await personById(tx, order.merchandiserId))!;
  if (!mayChange(actor, order, merchandiser, await managersAbove(tx, merchandiser.id)))
    throw new UserError(
      'denied.order',
      say(
        `订单 ${order.no} 由 ${merchandiser.name} 跟进，你发的文件没有归档。`,
        `Order ${order.no} is followed by ${merchandiser.name}; your files were not filed.`,
      ),
      say(`请 ${merchandiser.name} 来发。`, `Ask ${merchandiser.name} to post them.`),
    );
  const added = await addOrderFiles(
    tx,
    attachments.map(({ type, key, name }) => ({
      orderId: order.id,
      kind: type,
      key,
      name,
      note: [...text].slice(0, 300).join(''),
      messageId,
      chatId,
      by: actor.id,
      at: now,
    })),
  );
  await recordAudit(tx, {
    at: now,
    actor: actor.openId,
    via: 'file',
    command: 'order files',
    subject: `order:${order.no}`,
    outcome: 'done',
    messageId,
    after: { files: attachments.map(({ name }) => name), note: text },
  });
  const filed = say(
    `${added} 个附件已归到订单 ${order.no}`,
    added === 1 ? `1 file was filed with order ${order.no}` : `${added} files were filed with order ${order.no}`,
  );
  await sendCard(
    tx,
    here,
    noticeCard(filed, 'success', [
      { label: say('查看订单', 'Open order'), action: { command: 'order show', args: { order: order.no } } },
    ]),
    { now, subject: `order:${order.no}` },
  );
  return true;
}
