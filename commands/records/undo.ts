import type { CommandContext, Reply } from '#bot/command';
import { saidBy } from '#bot/said';
import { noticeCard } from '#cards/notice-card';
import { demandOrder } from '#commands/order/access';
import { appendEntry, entriesOf, findRecord, lockRecord, type OwnRecordEntry, recordsOfOrder } from '#db/records';
import { UserError } from '#domain/errors';
import { kindOf } from '#domain/records/kinds';
import { checkShipped } from '#domain/records/kinds/shipment';
import { recordTitle } from '#domain/records/words';
import { inLocale, say } from '#domain/text';
import { recordCardFor } from '#usecases/record-cards';
import { resettle } from '#usecases/records';
import { unlogShipment } from '#usecases/shipment-progress';
import { seesAmounts } from './access.ts';

/** Takes back what somebody last said about a record, by a new row. A record whose first entry is taken back is gone from every list. */
export async function undoRecordEntry(ctx: CommandContext, { id, recordId }: OwnRecordEntry): Promise<Reply> {
  const { tx } = ctx;
  const record = (await findRecord(tx, recordId))!;
  const kind = kindOf(record.kind);
  const order = record.orderNo === null ? undefined : await demandOrder(tx, record.orderNo, { locked: true });
  await lockRecord(tx, recordId);
  const entries = await entriesOf(tx, recordId, record.kind);
  const first = Math.min(...entries.map((entry) => entry.id));
  const title = recordTitle(kind, recordId, record.values);
  if (id === first && entries.length > 1)
    throw new UserError(
      'undo.continued',
      say(
        `${inLocale(title, 'zh')} 后来又有人登记过，不能整条撤销。`,
        `More was recorded on ${inLocale(title, 'en')} since; it cannot be taken back as a whole.`,
      ),
      say('请先让后来登记的人撤销，或直接更正。', 'Ask those who recorded later to take theirs back, or correct it.'),
    );
  const undone = entries.find((entry) => entry.id === id);
  await appendEntry(
    tx,
    recordId,
    {
      state: null,
      values: {},
      files: [],
      note: '',
      ...saidBy(ctx),
    },
    id,
  );
  await resettle(tx, kind, record);
  if (order && kind.code === 'shipment') {
    checkShipped(order, await recordsOfOrder(tx, order.id));
    if (undone) await unlogShipment(ctx, order, undone);
  }
  await ctx.record({
    subject: order ? `order:${order.no}` : `record:${recordId}`,
    before: { record: recordId, entry: id, state: undone?.state, values: undone?.values },
    after: { undone: id },
  });
  const after = await findRecord(tx, recordId);
  const news = say(`已撤销：${inLocale(title, 'zh')}`, `Taken back: ${inLocale(title, 'en')}`);
  const isHidden = kind.isPrivate === true && ctx.place === 'group';
  if (!after || isHidden)
    return {
      card: noticeCard(isHidden ? say('已撤销', 'Taken back') : news, 'success'),
      toast: { tone: 'success', text: news },
    };
  return {
    card: await recordCardFor(tx, kind, after, { news, withMoney: await seesAmounts(ctx, kind, after.responsibleId) }),
    toast: { tone: 'success', text: news },
    subject: `record:${recordId}`,
  };
}
