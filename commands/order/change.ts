import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, isoDate, money, personRef, quantity } from '#bot/fields';
import { onePerson } from '#commands/people/lookup';
import { linesOf, planOrder, putLines, refreshOrder, statesOf } from '#db/order-progress';
import { allTemplates, demandTemplate } from '#db/order-templates';
import { changeOrder, type NewOrder } from '#db/orders';
import { personById } from '#db/people';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { changesAmong } from '#domain/order/changes';
import { formatLines, type OrderLine, totalOf } from '#domain/order/lines';
import { demandOpen, type Order } from '#domain/order/order';
import { say } from '#domain/text';
import { demandPromise } from '#usecases/order-gates';
import { demandOrder, demandOrderToChange, demandOrderToDecide, orderReply } from './access.ts';
import { orderLines, reason, theOrder } from './fields.ts';
import { fileAttachments } from './files.ts';
import { requestBeyond } from './limits.ts';
import { logChanges } from './log-changes.ts';
import { currency, demandSum } from './new.ts';
import { tellOfChange } from './tell.ts';

export const cause = choice([
  { value: 'customer', label: { zh: '客户', en: 'customer' } },
  { value: 'factory', label: { zh: '工厂', en: 'factory' } },
  { value: 'own', label: { zh: '跟单', en: 'merchandiser' }, aliases: ['自己', '跟单员'] },
  { value: 'other', label: { zh: '其他', en: 'other' } },
]);

const input = z.object({
  order: theOrder,
  qty: quantity
    .min(1)
    .optional()
    .meta({ keys: ['订单数量'], label: { zh: '数量', en: 'quantity' } }),
  lines: orderLines.optional().meta({ keys: ['颜色尺码', '色码'], label: { zh: '明细', en: 'colours and sizes' } }),
  delivery: isoDate.optional().meta({ keys: ['交期', '交货日期', 'due'], label: { zh: '货期', en: 'delivery date' } }),
  price: money.optional().meta({ keys: ['价格'], label: { zh: '单价', en: 'unit price' } }),
  fee: money.optional().meta({ label: { zh: '加工费', en: 'processing fee' } }),
  currency: currency.optional().meta({ label: { zh: '币种', en: 'currency' } }),
  customer: freeText(80)
    .min(1)
    .optional()
    .meta({ label: { zh: '客户', en: 'customer' } }),
  factory: freeText(80)
    .optional()
    .meta({ keys: ['加工厂'], label: { zh: '工厂', en: 'factory' } }),
  style: freeText(60)
    .optional()
    .meta({ label: { zh: '款号', en: 'style' } }),
  product: freeText(80)
    .optional()
    .meta({ keys: ['品名'], label: { zh: '产品', en: 'product' } }),
  contract: freeText(60)
    .optional()
    .meta({ label: { zh: '合同号', en: 'contract' } }),
  special: freeText(500)
    .optional()
    .meta({ keys: ['特殊要求'], label: { zh: '要求', en: 'special requirements' } }),
  template: freeText(30)
    .optional()
    .meta({ keys: ['工序模板'], label: { zh: '类别', en: 'class' } }),
  merchandiser: personRef.optional().meta({ keys: ['负责人'], label: { zh: '跟单员', en: 'merchandiser' } }),
  reason,
  cause: cause.optional().meta({ keys: ['责任方'], label: { zh: '起因', en: 'cause' } }),
});

export type ChangeArgs = z.output<typeof input>;

/** `/order change <no> … reason=…` (O13): amends an order; old and new value are logged and told. */
export const changeOrderCommand = defineCommand({
  name: 'order change',
  aliases: ['订单 变更', '订单 修改'],
  summary: { zh: '变更订单（数量、货期、价格……）', en: 'amend an order: quantity, delivery, price …' },
  example: {
    zh: '/订单 变更 SO-1001 数量=1300 原因=客户加单',
    en: '/order change SO-1001 qty=1300 reason="customer adds"',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  atLeastOne: [
    'qty',
    'lines',
    'delivery',
    'price',
    'fee',
    'currency',
    'customer',
    'factory',
    'style',
    'product',
    'contract',
    'special',
    'template',
    'merchandiser',
  ],
  input,
  async offers(tx) {
    return { template: (await allTemplates(tx)).map(({ code, label }) => ({ value: code, label })) };
  },

  async run(ctx, args) {
    const order = await demandOrderToChange(ctx, args.order);
    demandOpen(order);
    await demandMayPromise(ctx, order, args);
    const request = await requestBeyond(ctx, order, args);
    return request ?? applyChange(ctx, order, args);
  },
});

/** O5, G5. No new date and no new price is promised while a new mould waits for the general manager. */
async function demandMayPromise(ctx: CommandContext, order: Order, { delivery, price }: ChangeArgs): Promise<void> {
  if (delivery !== undefined || price !== undefined) await demandPromise(ctx.tx, order);
}

/** Amends the order, whoever allowed it. */
export async function applyChange(ctx: CommandContext, order: Order, args: ChangeArgs) {
  const { no } = order;
  await demandMayPromise(ctx, order, args);
  const before = await linesOf(ctx.tx, order.id);
  const next = await amended(ctx, order, args, before);
  const responsible = await newMerchandiser(ctx, order, args.merchandiser);
  const was = await personById(ctx.tx, order.merchandiserId);
  const changes = changesAmong([
    ...Object.entries(next.row).map(([field, after]): [string, unknown, unknown] => [
      field,
      order[field as keyof Order],
      after,
    ]),
    ['lines', formatLines(before), formatLines(next.lines)],
    ['merchandiser', was!.name, responsible?.name ?? was!.name],
  ]);
  if (changes.length === 0)
    throw new UserError(
      'order.no-change',
      say(`订单 ${no} 本来就是这样，没有要变更的。`, `Order ${no} is like that already; there is nothing to change.`),
      say(`看订单：/订单 查看 ${no}`, `See it: /order show ${no}`),
    );
  const shared = await tellOfChange(ctx, order, {
    title: say('订单变更，请按新的做', 'Order changed: work from the new version'),
    changes,
    reason: args.reason,
    followUp: say(
      '旧的生产单作废，手上有纸质的请收回。',
      'The old production sheet is withdrawn; take back paper copies.',
    ),
  });
  await changeOrder(ctx.tx, order.id, { ...next.row, ...(responsible && { merchandiserId: responsible.id }) });
  await putLines(ctx.tx, order.id, next.lines);
  if (next.row.deliveryDate !== undefined || next.row.template !== undefined)
    await planOrder(ctx.tx, order.id, {
      template: next.row.template === order.template ? undefined : next.row.template,
      from: businessDay(order.createdAt, ctx.zone),
      delivery: next.row.deliveryDate ?? order.deliveryDate,
    });
  await refreshOrder(ctx.tx, order.id);
  await fileAttachments(ctx, order, args.reason);
  await logChanges(ctx, order, changes, args);
  await ctx.record({
    subject: `order:${no}`,
    before: Object.fromEntries(changes.map(({ field, before }) => [field, before])),
    after: { ...Object.fromEntries(changes.map(({ field, after }) => [field, after])), reason: args.reason },
  });
  const news = say(`订单 ${no} 已变更`, `Order ${no} was changed`);
  const also = responsible
    ? [
        ...shared,
        ...(
          await tellOfChange(ctx, await demandOrder(ctx.tx, no), {
            title: say('这张订单现在由你跟进', 'You follow this order now'),
            changes,
            reason: args.reason,
          })
        ).filter(({ to }) => 'person' in to && to.person === responsible.openId),
      ]
    : shared;
  return { ...(await orderReply(ctx, no, news)), also };
}

/** The row and the lines as they will be. */
async function amended(
  ctx: CommandContext,
  order: Order,
  args: ChangeArgs,
  before: OrderLine[],
): Promise<{ row: Partial<NewOrder>; lines: OrderLine[] }> {
  const lines = args.lines ?? before;
  const qty = args.qty ?? (args.lines ? totalOf(args.lines) : order.qty);
  if (args.lines || before.length > 0) demandSum(qty, lines);
  const most = Math.max(0, ...(await statesOf(ctx.tx, order)).map(({ done }) => done ?? 0));
  if (qty < most)
    throw new UserError(
      'order.qty-below-done',
      say(
        `已经做到 ${most}${order.unit}，数量不能改成 ${qty}。`,
        `${most} are done already; the quantity cannot become ${qty}.`,
      ),
      say(
        `进度登记错了的话，先更正：/订单 更正 ${order.no}`,
        `If the progress is wrong, correct it first: /order correct ${order.no}`,
      ),
    );
  if (args.delivery !== undefined && args.delivery < ctx.today)
    throw new UserError(
      'order.delivery-past',
      say(`货期 ${args.delivery} 已经过去了。`, `The delivery date ${args.delivery} is past.`),
      say('请写将来的日期，例如 货期=2026-12-20。', 'Give a date to come, like delivery=2026-12-20.'),
    );
  const price = args.price ?? order.unitPriceFen;
  return {
    lines,
    row: {
      qty,
      ...(args.delivery !== undefined && { deliveryDate: args.delivery }),
      ...(args.price !== undefined && { unitPriceFen: args.price }),
      ...(price !== null && (args.price !== undefined || qty !== order.qty) && { amountFen: price * BigInt(qty) }),
      ...(args.fee !== undefined && { processingFeeFen: args.fee }),
      ...(args.currency !== undefined && { currency: args.currency }),
      ...(args.customer !== undefined && { customer: args.customer }),
      ...(args.factory !== undefined && { factory: args.factory }),
      ...(args.style !== undefined && { style: args.style }),
      ...(args.product !== undefined && { product: args.product }),
      ...(args.contract !== undefined && { contractNo: args.contract }),
      ...(args.special !== undefined && { special: args.special }),
      ...(args.template !== undefined && { template: (await demandTemplate(ctx.tx, args.template)).code }),
    },
  };
}

/** Those above give an order to somebody else at once; between colleagues it is handed over and signed. */
async function newMerchandiser(ctx: CommandContext, order: Order, word: string | undefined) {
  if (word === undefined) return undefined;
  const person = await onePerson(ctx.tx, word);
  if (person.id === order.merchandiserId) return undefined;
  await demandOrderToDecide(
    ctx,
    order.no,
    say(
      `直接换跟单员（同事之间请用 /订单 交接 ${order.no} 给=${person.name}）`,
      `Giving an order to somebody else at once (between colleagues: /order handover ${order.no} to=${person.name})`,
    ),
  );
  if (person.leftOn !== null || !person.roles.some((role) => role === 'merchandiser' || role === 'manager'))
    throw new UserError(
      'order.not-a-merchandiser',
      say(`${person.name} 不是在职的跟单员。`, `${person.name} is not a merchandiser at work.`),
      say('请管理员先设置角色：/人员 设置', 'Ask an administrator to set the role first: /people set'),
    );
  return person;
}
