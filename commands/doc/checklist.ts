import type { CommandContext } from '#bot/command';
import { docChecklistCard } from '#cards/doc-checklist-card';
import type { Card } from '#cards/kit';
import { documentRules } from '#db/document-rules';
import { peopleByIds } from '#db/people';
import { recordsOfOrder } from '#db/records';
import type { Order } from '#domain/order/order';
import { checklist } from '#domain/records/kinds/doc';
import { nextCutoff } from '#domain/records/kinds/shipment';

/** The documents that an order has and those that it still needs. */
export async function docChecklist(ctx: CommandContext, order: Order): Promise<Card> {
  const records = await recordsOfOrder(ctx.tx, order.id);
  const items = checklist(
    order,
    records.filter(({ kind }) => kind === 'doc'),
    await documentRules(ctx.tx),
  );
  const people = await peopleByIds(
    ctx.tx,
    items.flatMap(({ record }) => (record ? [record.createdBy] : [])),
  );
  return docChecklistCard({
    order,
    items,
    names: new Map([...people].map(([id, { name }]) => [id, name])),
    cutoff: nextCutoff(records),
    today: ctx.today,
  });
}
