import type { Card } from '#cards/kit';
import { recordCard } from '#cards/record-card';
import { approvalsAbout } from '#db/approvals';
import type { Db } from '#db/client';
import { findOrder } from '#db/orders';
import { peopleByIds } from '#db/people';
import { entriesOf } from '#db/records';
import type { AnyKind, RecordOfOrder } from '#domain/records/kind';
import type { Text } from '#domain/text';
import { packingOf } from './shipment-progress.ts';

/** The card of a record with everything that it names. */
export async function recordCardFor(
  tx: Db,
  kind: AnyKind,
  record: RecordOfOrder,
  { news, withMoney }: { news?: Text; withMoney: boolean },
): Promise<Card> {
  const entries = await entriesOf(tx, record.id, kind.code);
  const approvals = await approvalsAbout(tx, `record:${record.id}`);
  const assigned = Object.entries(kind.fields).flatMap(([name, { as }]) =>
    as === 'person' && record.values[name] !== undefined ? [record.values[name] as number] : [],
  );
  const people = await peopleByIds(tx, [
    record.responsibleId,
    ...assigned,
    ...entries.map(({ by }) => by),
    ...approvals.flatMap(({ askedOf, decision }) => (decision ? [askedOf, decision.by] : [askedOf])),
  ]);
  const order = kind.code === 'shipment' && record.orderNo !== null ? await findOrder(tx, record.orderNo) : undefined;
  return recordCard({
    kind,
    record,
    entries,
    approvals,
    withMoney,
    compared: order ? await packingOf(tx, order) : [],
    names: new Map([...people].map(([id, { name }]) => [id, name])),
    ...(news !== undefined && { news }),
  });
}
