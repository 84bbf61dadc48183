import { answersOfOrder } from '#db/approvals';
import type { Db } from '#db/client';
import { companyRules } from '#db/company-rules';
import { documentRules } from '#db/document-rules';
import { planOf } from '#db/order-progress';
import { recordsOfOrder } from '#db/records';
import { checkGates, checkPromise } from '#domain/order/gates';
import { type OrderMark, orderMarks } from '#domain/order/marks';
import type { Order } from '#domain/order/order';

/**
 * Whether progress may be recorded on a stage of the order.
 *
 * @throws UserError naming what is in the way, what opens it and who may overrule it
 */
export async function demandGates(tx: Db, order: Order, stage: string): Promise<void> {
  const plan = await planOf(tx, order.id);
  checkGates(order, stage, {
    stages: plan.map((planned) => planned.stage),
    counted: plan.filter(({ counted }) => counted).map((planned) => planned.stage),
    records: await recordsOfOrder(tx, order.id),
    answers: await answersOfOrder(tx, order.id),
    rules: await companyRules(tx),
  });
}

/**
 * Whether a date or a price may be promised to the customer.
 *
 * @throws UserError while a new mould waits for the general manager
 */
export async function demandPromise(tx: Db, order: Order): Promise<void> {
  checkPromise(order, { records: await recordsOfOrder(tx, order.id), answers: await answersOfOrder(tx, order.id) });
}

/** A short word on each subject of an order, for its card: two reads, however much hangs on it. */
export async function marksOfOrder(tx: Db, order: Order): Promise<OrderMark[]> {
  return orderMarks(order, await recordsOfOrder(tx, order.id), await answersOfOrder(tx, order.id), {
    documents: await documentRules(tx),
  });
}
