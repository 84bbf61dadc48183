import type { CommandContext } from '#bot/command';
import type { Dossier } from '#db/order-dossier';
import type { NewProgress } from '#db/order-progress';
import { UserError } from '#domain/errors';
import { checkQuantity, type Order, type Progress } from '#domain/order/order';
import { type PlannedStage, stageStates } from '#domain/order/progress';
import { deliveryStage } from '#domain/order/stages';
import { partsOf } from '#domain/records/kinds/shipment';
import { say } from '#domain/text';

/** What of an entry is worth keeping in the audit. */
export const auditOf = ({
  stage,
  qty,
  added,
  colour,
  size,
  machines,
  pieces,
  finished,
  note,
  forDay,
}: NewProgress) => ({
  stage,
  qty,
  added,
  ...((colour || size) && { colour, size }),
  ...(machines !== null && { machines }),
  ...(pieces !== null && { pieces }),
  ...(finished && { finished }),
  note,
  forDay,
});

/** @throws UserError for a day to come */
export function demandPast(ctx: CommandContext, day: string): void {
  if (day > ctx.today)
    throw new UserError(
      'order.day-to-come',
      say(`${day} 还没到，不能登记那天的进度。`, `${day} has not come yet; progress cannot be recorded for it.`),
      say('日期写今天或以前的，例如 日期=昨天。', 'Give today or an earlier day, like day=yesterday.'),
    );
}

/**
 * Whether the log with this entry in it still fits the order, wherever in the log it stands.
 *
 * @throws UserError when more would be done than was ordered
 */
export function demandFits(
  order: Order,
  entry: Omit<Progress, 'id' | 'replaces'> & { replaces?: number | null },
  { plan, lines, log }: Pick<Dossier, 'lines' | 'log'> & { plan: readonly PlannedStage[] },
): void {
  if (entry.stage === null) return;
  const kept = log.filter(({ id }) => id !== entry.replaces);
  const whole = { ...entry, replaces: entry.replaces ?? null, id: Number.MAX_SAFE_INTEGER };
  const own = plan.filter(({ stage }) => stage === entry.stage);
  const state = stageStates(order, own, [...kept, whole])[0]!;
  for (const { colour, size, done } of state.byLine)
    checkQuantity(
      order,
      done,
      lines.find((line) => line.colour === colour && line.size === size),
    );
  if (state.done !== undefined) checkQuantity(order, state.done);
}

/**
 * Once goods have left by the shipments, how much has left is theirs to say.
 *
 * @throws UserError naming the command that says it
 */
export function demandNotShipped(
  order: Order,
  stage: string,
  { plan, records }: Pick<Dossier, 'plan' | 'records'>,
): void {
  if (stage !== deliveryStage(plan.map((planned) => planned.stage))) return;
  if (partsOf(records).length === 0) return;
  throw new UserError(
    'order.by-shipments',
    say(
      `订单 ${order.no} 的出货数量以出货记录为准，这里不能另写数量。`,
      `How much of order ${order.no} has left is said by its shipments, not here.`,
    ),
    say(
      `再出一批：/订单 出货 ${order.no} 300件；更正：/出货 列表 ${order.no}，打开那一条再改。`,
      `For another part: /order ship ${order.no} 300pcs; to correct one: /shipment list ${order.no}, open it and change it.`,
    ),
  );
}
