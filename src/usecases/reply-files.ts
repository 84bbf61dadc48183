import type { FileReply } from '#bot/bot';
import { sendCard } from '#bot/deliver';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { addOrderFiles, subjectOfMessage } from '#db/order-files';
import { findOrder, lockOrder } from '#db/orders';
import { managersAbove, personById } from '#db/people';
import { appendEntry, findRecord, lockRecord } from '#db/records';
import { UserError } from '#domain/errors';
import { mayChange, type Order } from '#domain/order/order';
import { recordName } from '#domain/records/check';
import { kindOf } from '#domain/records/kinds';
import { mayRecord } from '#domain/records/rights';
import { inLocale, say } from '#domain/text';
import { fileWithIncident } from './incident-files.ts';
import { recordCardFor } from './record-cards.ts';
import { resettle } from './records.ts';

/**
 * O1, O3, O5 … O12. Photos and documents posted as a reply to a card are filed with what it is about: the order, or the sample, inspection,
 * complaint … that hangs on one; or the incident that a person's private card tells of.
 *
 * @returns false when the message is about none of them
 */
export async function fileReply(tx: Db, reply: FileReply, now: Date): Promise<boolean> {
  const about = await subjectOfMessage(tx, reply.parentId);
  if (about && 'record' in about) return fileWithRecord(tx, reply, about.record, now);
  if (about && 'incident' in about) return fileWithIncident(tx, reply, about.incident, now);
  const order = about && (await findOrder(tx, about.order));
  if (!order) return false;
  await fileWithOrder(tx, reply, order, now);
  return true;
}

/** Says one thing more about a record: that these files belong to it. */
async function fileWithRecord(
  tx: Db,
  { actor, messageId, text, attachments, here }: FileReply,
  recordId: number,
  now: Date,
): Promise<boolean> {
  const found = await findRecord(tx, recordId);
  if (!found) return false;
  const kind = kindOf(found.kind);
  if (found.orderNo !== null) await lockOrder(tx, found.orderNo);
  await lockRecord(tx, recordId);
  const person = (await personById(tx, found.responsibleId))!;
  const name = inLocale(recordName(kind, recordId), 'zh');
  if (!mayRecord(actor, kind, { person, above: await managersAbove(tx, person.id) }, found))
    throw new UserError(
      'denied.record',
      say(
        `${name} 由 ${person.name} 登记，你发的文件没有归档。`,
        `${inLocale(recordName(kind, recordId), 'en')} is kept by ${person.name}; your files were not filed.`,
      ),
      say(`请 ${person.name} 或其部门经理来发。`, `Ask ${person.name} or their manager to post them.`),
    );
  const note = [...text].slice(0, 300).join('');
  await appendEntry(tx, recordId, {
    state: null,
    values: {},
    files: attachments.map(({ type, key, name }) => ({ type, key, name, messageId })),
    note,
    by: actor.id,
    saidAt: now,
    recordedAt: now,
    eventId: `reply:${messageId}`,
    messageId,
    commandIndex: 0,
  });
  await resettle(tx, kind, found);
  await recordAudit(tx, {
    at: now,
    actor: actor.openId,
    via: 'file',
    command: `${kind.code} update`,
    subject: found.orderNo === null ? `record:${recordId}` : `order:${found.orderNo}`,
    outcome: 'done',
    messageId,
    after: { record: recordId, files: attachments.map(({ name }) => name), note },
  });
  const news = say(
    `${attachments.length} 个附件已归到${name}`,
    `${attachments.length === 1 ? '1 file was' : `${attachments.length} files were`} filed with ${inLocale(recordName(kind, recordId), 'en')}`,
  );
  const record = (await findRecord(tx, recordId))!;
  await sendCard(tx, here, await recordCardFor(tx, kind, record, { news, withMoney: false }), {
    now,
    subject: `record:${recordId}`,
  });
  return true;
}

async function fileWithOrder(
  tx: Db,
  { actor, messageId, chatId, text, attachments, here }: FileReply,
  order: Order,
  now: Date,
): Promise<void> {
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
}
