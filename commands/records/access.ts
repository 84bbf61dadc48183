import type { CommandContext } from '#bot/command';
import { demandOrder } from '#commands/order/access';
import { onePerson } from '#commands/people/lookup';
import type { Db } from '#db/client';
import { findOrder } from '#db/orders';
import { managersAbove, personById } from '#db/people';
import { findRecord, recordsOfOrder } from '#db/records';
import { UserError } from '#domain/errors';
import { optionLabel } from '#domain/records/fields';
import type { AnyKind, RecordHead, RecordOfOrder } from '#domain/records/kind';
import { mayRecord, maySeeAmounts, type Responsible } from '#domain/records/rights';
import { recordTitle } from '#domain/records/words';
import { inLocale, type Locale, say } from '#domain/text';

/** The one place that says who may record on what hangs on an order. */

export async function responsibleFor(tx: Db, personId: number): Promise<Responsible> {
  const person = await personById(tx, personId);
  return { person: person!, above: await managersAbove(tx, personId) };
}

/** @throws UserError naming who may */
export async function demandMayRecord(
  ctx: CommandContext,
  kind: AnyKind,
  responsibleId: number,
  record?: RecordHead,
): Promise<void> {
  const responsible = await responsibleFor(ctx.tx, responsibleId);
  if (mayRecord(ctx.actor, kind, responsible, record)) return;
  const { name } = responsible.person;
  throw new UserError(
    'denied.record',
    say(
      `这张订单的${kind.noun.zh}由 ${name} 登记，你不能登记。`,
      `The ${kind.nouns.en} here are recorded by ${name}; you cannot.`,
    ),
    say(
      `请 ${name}、其代理人或部门经理登记${kind.keepers.includes('finance') ? '，财务也可以' : ''}。`,
      `Ask ${name}, their deputy or their manager${kind.keepers.includes('finance') ? ', or finance' : ''}.`,
    ),
  );
}

/** Amounts are shown in private only (a private kind is answered there wherever it was asked), to those who answer for the order or the money. */
export const seesAmounts = async (ctx: CommandContext, kind: AnyKind, responsibleId: number): Promise<boolean> =>
  (kind.isPrivate === true || ctx.place !== 'group') &&
  maySeeAmounts(ctx.actor, await responsibleFor(ctx.tx, responsibleId));

/**
 * The record that a word names: `#12`, or an order's only one (open ones before finished ones).
 *
 * @param apart narrows an order's records, e.g. to the invoice
 * @throws UserError when there is none, or saying which ones there are
 */
export async function demandRecord(tx: Db, kind: AnyKind, ref: string, apart?: unknown): Promise<RecordOfOrder> {
  if (ref.startsWith('#')) {
    const record = await findRecord(tx, Number(ref.slice(1)));
    if (record?.kind === kind.code) return record;
    throw new UserError(
      'record.not-found',
      say(`没有${kind.noun.zh} ${ref}。`, `There is no ${kind.noun.en} ${ref}.`),
      say(`查看：/${kind.noun.zh} 列表`, `See them: /${kind.code} list`),
    );
  }
  const order = await demandOrder(tx, ref);
  const own = (await recordsOfOrder(tx, order.id)).filter(
    (record) =>
      record.kind === kind.code &&
      (apart === undefined || kind.apart === undefined || record.values[kind.apart] === apart),
  );
  const open = own.filter((record) => record.open);
  const candidates = open.length > 0 ? open : own;
  if (candidates.length === 1) return { ...candidates[0]!, orderNo: order.no };
  const what =
    apart === undefined || kind.apart === undefined ? kind.noun : optionLabel(kind.fields[kind.apart], apart);
  const [zh, en] = [inLocale(what, 'zh'), inLocale(what, 'en')];
  if (candidates.length === 0)
    throw new UserError(
      'record.none',
      say(`订单 ${ref} 还没有登记过${zh}。`, `Order ${ref} has no ${en} yet.`),
      say(`先登记：/${kind.noun.zh} 新增 ${ref}`, `Add one first: /${kind.code} add ${ref}`),
    );
  const named = (locale: Locale) =>
    candidates
      .slice(0, 8)
      .map(({ id, values }) => inLocale(recordTitle(kind, id, values), locale))
      .join(locale === 'zh' ? '、' : ', ');
  throw new UserError(
    'record.which',
    say(
      `订单 ${ref} 有 ${candidates.length} 条${zh}：${named('zh')}。`,
      `Order ${ref} has ${candidates.length} ${kind.nouns.en}: ${named('en')}.`,
    ),
    say(
      `写明是哪一条，例如 /${kind.noun.zh} 更新 #${candidates[0]!.id}`,
      `Say which one, like /${kind.code} update #${candidates[0]!.id}`,
    ),
  );
}

/** Words for people become their ids. */
export async function resolvePeople(
  tx: Db,
  kind: AnyKind,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const resolved = { ...values };
  for (const [name, { as }] of Object.entries(kind.fields))
    if (as === 'person' && values[name] !== undefined)
      resolved[name] = (await onePerson(tx, values[name] as string)).id;
  return resolved;
}

export const orderOf = (tx: Db, record: RecordOfOrder) =>
  record.orderNo === null ? Promise.resolve(undefined) : findOrder(tx, record.orderNo);
