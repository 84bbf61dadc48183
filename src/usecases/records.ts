import type { CommandContext, Told } from '#bot/command';
import { saidBy } from '#bot/said';
import { answersAbout } from '#db/approvals';
import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { companyRules } from '#db/company-rules';
import { linesOf, planOf } from '#db/order-progress';
import { listPeople, peopleByIds } from '#db/people';
import {
  appendEntry,
  type Derived,
  entriesOf,
  findRecord,
  forFolding,
  insertRecord,
  type NewEntry,
  recordsOfOrder,
  recordWithKey,
  settleRecord,
} from '#db/records';
import type { ApprovalCode } from '#domain/approval';
import type { IsoDate } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Order } from '#domain/order/order';
import { checkChange, recordName, startOf, stateLabel } from '#domain/records/check';
import { fold } from '#domain/records/fold';
import type { AnyKind, Change, RecordOfOrder, RecordSettings } from '#domain/records/kind';
import { factsOf, recordTitle } from '#domain/records/words';
import { join, say, type Text } from '#domain/text';
import { askApproval } from './approvals.ts';
import { demandGates } from './order-gates.ts';
import { recordCardFor } from './record-cards.ts';
import { logShipment } from './shipment-progress.ts';

/** Recording on what hangs on an order: one path for all kinds. The caller has checked the right and holds the order. */

export interface Said {
  state?: string | undefined;
  values: Record<string, unknown>;
  note: string;
}

export interface Outcome {
  record: RecordOfOrder;
  news: Text;
  told: Told[];
}

/** What follows from where a record stands. */
function derivedOf(kind: AnyKind, orderId: number | null, fallback: IsoDate) {
  return ({ state, values }: { state: string; values: Record<string, unknown> }): Derived => {
    const day = kind.day?.(values) ?? fallback;
    const open = kind.states[state]?.open ?? false;
    return {
      open,
      day,
      due: (open && kind.due?.({ state, values })) || null,
      uniqueKey: (kind.one && kind.apart ? `${orderId}:${values[kind.apart]}` : kind.key?.(values)) ?? null,
    };
  };
}

const entryOf = (ctx: CommandContext, said: Said): NewEntry => ({
  state: said.state ?? null,
  values: said.values,
  files: ctx.attachments.map(({ type, key, name, messageId }) => ({ type, key, name, messageId })),
  note: said.note,
  ...saidBy(ctx),
});

const settingsHere = async ({ tx }: CommandContext): Promise<RecordSettings> => ({
  ...(await companyRules(tx)),
  notices: await noticesOf(tx),
});

/** Makes a record. */
export async function addRecord(
  ctx: CommandContext,
  kind: AnyKind,
  { order, responsibleId, said }: { order: Order | undefined; responsibleId: number; said: Said },
): Promise<Outcome> {
  const draft: Change = {
    order,
    before: undefined,
    state: said.state ?? startOf(kind, said.values),
    values: said.values,
    given: said.values,
    files: ctx.attachments.length,
    lines: order ? await linesOf(ctx.tx, order.id) : [],
    siblings: order ? await recordsOfOrder(ctx.tx, order.id) : [],
    approvals: new Map(),
    settings: await settingsHere(ctx),
    today: ctx.today,
  };
  const values = kind.complete?.(draft) ?? draft.values;
  const change: Change = { ...draft, values, state: said.state ?? startOf(kind, values) };
  checkChange(kind, kind.noun, change);
  await demandOpenGates(ctx, kind, change);
  const { state } = change;
  const derived = derivedOf(kind, order?.id ?? null, ctx.today)({ state, values });
  const orderId = order?.id ?? null;
  const id = await insertRecord(
    ctx.tx,
    { kind: kind.code, orderId, responsibleId, ...derived },
    { ...entryOf(ctx, said), state, values },
  );
  if (id === undefined) throw await existsAlready(ctx, kind, derived.uniqueKey!);
  if (order && kind.code === 'shipment' && state === 'shipped')
    await logShipment(ctx, order, { recordId: id, values, note: said.note });
  return finish(ctx, kind, { id, order, responsibleId, change, moved: true, adding: true });
}

/** Says something more about a record, as of the moment at which it was said. */
export async function changeRecord(
  ctx: CommandContext,
  kind: AnyKind,
  { record, order, said }: { record: RecordOfOrder; order: Order | undefined; said: Said },
): Promise<Outcome> {
  const entries = forFolding(await entriesOf(ctx.tx, record.id, kind.code));
  const before = fold(entries, ctx.saidAt) ?? record;
  const siblings = order ? await recordsOfOrder(ctx.tx, order.id) : [];
  const draft: Change = {
    order,
    before: { state: before.state, values: before.values },
    state: said.state ?? before.state,
    values: { ...before.values, ...said.values },
    given: said.values,
    files: before.files + ctx.attachments.length,
    lines: order ? await linesOf(ctx.tx, order.id) : [],
    siblings: siblings.filter(({ id }) => id !== record.id),
    approvals: await answersAbout(ctx.tx, `record:${record.id}`),
    settings: await settingsHere(ctx),
    today: ctx.today,
  };
  const values = kind.complete?.(draft) ?? draft.values;
  const change: Change = { ...draft, values };
  checkChange(kind, recordName(kind, record.id), change);
  await demandOpenGates(ctx, kind, change);
  const derive = derivedOf(kind, record.orderId, record.day);
  const { uniqueKey } = derive(change);
  const taken = uniqueKey === null ? undefined : await recordWithKey(ctx.tx, kind.code, uniqueKey);
  if (taken && taken.id !== record.id) throw await existsAlready(ctx, kind, uniqueKey!);
  const news = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before.values[name]));
  await appendEntry(ctx.tx, record.id, entryOf(ctx, { ...said, values: news }));
  await settleRecord(ctx.tx, record, derive);
  const leaves =
    change.state !== before.state || values.qty !== before.values.qty || values.date !== before.values.date;
  if (order && kind.code === 'shipment' && change.state === 'shipped' && (leaves || values.last !== before.values.last))
    await logShipment(ctx, order, { recordId: record.id, values, note: said.note });
  return finish(ctx, kind, {
    id: record.id,
    order,
    responsibleId: record.responsibleId,
    change,
    moved: change.state !== before.state,
    adding: false,
  });
}

/** Goods cannot leave by the back door: what amounts to a stage passes that stage's gates. */
async function demandOpenGates(ctx: CommandContext, kind: AnyKind, { order, state, before }: Change): Promise<void> {
  const stages = kind.gated?.[state];
  if (!order || !stages || before?.state === state) return;
  const own = (await planOf(ctx.tx, order.id)).map((planned) => planned.stage);
  await demandGates(ctx.tx, order, stages.find((stage) => own.includes(stage)) ?? stages[0]!);
}

/** Brings a record up to date with its entries, after one was taken back or added. */
export async function resettle(tx: Db, kind: AnyKind, record: RecordOfOrder): Promise<void> {
  await settleRecord(tx, record, derivedOf(kind, record.orderId, record.day));
}

interface Done {
  id: number;
  order: Order | undefined;
  responsibleId: number;
  change: Change;
  moved: boolean;
  adding: boolean;
}

/** The audit row, the approvals that became necessary, and everybody on whose desk it lands. */
async function finish(ctx: CommandContext, kind: AnyKind, done: Done): Promise<Outcome> {
  const { id, order, change, moved, adding } = done;
  const subject = order ? `order:${order.no}` : `record:${id}`;
  await ctx.record({
    subject,
    ...(change.before && { before: { record: id, ...change.before } }),
    after: { record: id, kind: kind.code, state: change.state, ...change.given },
  });
  const told: Told[] = [];
  for (const ask of kind.asks?.(change) ?? []) {
    const facts = factsOf(kind, change.values, new Map(), { withMoney: true });
    const asked = await askApproval(ctx, {
      kind: ask.kind as ApprovalCode,
      subject: `record:${id}`,
      orderId: order?.id ?? null,
      responsibleId: done.responsibleId,
      question: {
        title: join([recordTitle(kind, id, change.values), order ? ` · ${order.no}` : '']),
        facts: facts.slice(0, 12).map(({ label, value }) => ({ label, value })),
        reason: ask.reason,
      },
    });
    told.push(...asked.told);
  }
  const record = (await findRecord(ctx.tx, id))!;
  const news = adding
    ? say(`已登记${kind.noun.zh} #${id}`, `Recorded ${kind.noun.en} #${id}`)
    : join([
        recordName(kind, id),
        moved ? join([say('：', ': '), stateLabel(kind, change.state)]) : say(' 已更新', ' updated'),
      ]);
  for (const openId of await desks(ctx, kind, change, moved))
    told.push({
      to: { person: openId },
      content: {
        type: 'card',
        card: await recordCardFor(ctx.tx, kind, record, { news, withMoney: false }),
        subject: `record:${id}`,
      },
    });
  return { record, news, told };
}

/** open_ids of those on whose desk it lands by this: newly assigned people, and the role that its new state waits for. */
async function desks(ctx: CommandContext, kind: AnyKind, { given, state }: Change, moved: boolean): Promise<string[]> {
  const assigned = Object.entries(kind.fields).flatMap(([name, { as }]) =>
    as === 'person' && given[name] !== undefined ? [given[name] as number] : [],
  );
  const role = moved ? kind.tells?.[state] : undefined;
  const people = [
    ...(await peopleByIds(ctx.tx, assigned)).values(),
    ...(role ? (await listPeople(ctx.tx, { role, limit: 10, offset: 0 })).people : []),
  ];
  return [...new Set(people.filter(({ id }) => id !== ctx.actor.id).map(({ openId }) => openId))];
}

async function existsAlready(ctx: CommandContext, kind: AnyKind, uniqueKey: string): Promise<UserError> {
  const other = await recordWithKey(ctx.tx, kind.code, uniqueKey);
  const title = other ? recordTitle(kind, other.id, other.values) : kind.noun;
  const where = other?.orderNo ? `（${other.orderNo}）` : '';
  const [zh, en] = typeof title === 'string' ? [title, title] : [title.zh, title.en];
  return new UserError(
    'record.exists',
    say(`已经登记过了：${zh}${where}。`, `Recorded already: ${en}${where}.`),
    other && say(`要改的话：/${kind.noun.zh} 更新 #${other.id}`, `To change it: /${kind.code} update #${other.id}`),
  );
}
