import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, isoDate, money, orderNo, personRef, quantity } from '#bot/fields';
import { onePerson } from '#commands/people/lookup';
import { chatDefaults } from '#db/order-files';
import { allTemplates, demandTemplate } from '#db/order-templates';
import { insertOrder } from '#db/orders';
import { setting } from '#db/settings';
import { UserError } from '#domain/errors';
import { type OrderLine, totalOf } from '#domain/order/lines';
import { say } from '#domain/text';
import { demandOrder, orderReply } from './access.ts';
import { orderLines } from './fields.ts';
import { fileAttachments } from './files.ts';

export const currency = choice([
  { value: 'CNY', label: { zh: '人民币', en: 'CNY' }, aliases: ['cny', 'rmb', '元'] },
  { value: 'USD', label: { zh: '美元', en: 'USD' }, aliases: ['usd', '美金'] },
  { value: 'EUR', label: { zh: '欧元', en: 'EUR' }, aliases: ['eur'] },
  { value: 'HKD', label: { zh: '港币', en: 'HKD' }, aliases: ['hkd'] },
  { value: 'JPY', label: { zh: '日元', en: 'JPY' }, aliases: ['jpy'] },
  { value: 'GBP', label: { zh: '英镑', en: 'GBP' }, aliases: ['gbp'] },
]);

/** Key of the setting that holds the class of orders for which none is said. */
export const DEFAULT_TEMPLATE = 'order.default-template';

/** `/order new` (O1): enters an order. */
export const newOrder = defineCommand({
  name: 'order new',
  aliases: ['订单 新建', '订单 新增', '订单 录入'],
  summary: { zh: '新建订单', en: 'enter a new order' },
  example: {
    zh: '/订单 新建 SO-2001 客户=宏达 货期=12-20 款号=A118 明细="红 S=100 M=200；蓝 S=50"',
    en: '/order new SO-2001 customer=Hongda qty=1200pcs delivery=12-20 style=A118',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  atLeastOne: ['qty', 'lines'],
  input: z.object({
    no: orderNo.meta({ word: 1, keys: ['单号', 'order'], label: { zh: '订单号', en: 'order number' } }),
    customer: freeText(80)
      .min(1)
      .optional()
      .meta({ label: { zh: '客户', en: 'customer' } }),
    qty: quantity
      .min(1)
      .optional()
      .meta({ keys: ['订单数量'], label: { zh: '数量', en: 'quantity' }, bare: true }),
    delivery: isoDate.meta({ keys: ['交期', '交货日期', 'due'], label: { zh: '货期', en: 'delivery date' } }),
    lines: orderLines.optional().meta({
      keys: ['颜色尺码', '色码'],
      label: { zh: '明细', en: 'colours and sizes' },
      placeholder: say('红 S=100 M=200；蓝 S=50', 'red S=100 M=200; blue S=50'),
    }),
    style: freeText(60)
      .optional()
      .meta({ label: { zh: '款号', en: 'style' } }),
    product: freeText(80)
      .optional()
      .meta({ keys: ['品名'], label: { zh: '产品', en: 'product' } }),
    template: freeText(30)
      .optional()
      .meta({ keys: ['工序模板'], label: { zh: '类别', en: 'class' } }),
    contract: freeText(60)
      .optional()
      .meta({ label: { zh: '合同号', en: 'contract' } }),
    requested: isoDate.optional().meta({ keys: ['要求货期'], label: { zh: '客户要求日期', en: 'requested date' } }),
    factory: freeText(80)
      .optional()
      .meta({ keys: ['加工厂'], label: { zh: '工厂', en: 'factory' } }),
    price: money.optional().meta({ keys: ['价格'], label: { zh: '单价', en: 'unit price' } }),
    currency: currency.optional().meta({ label: { zh: '币种', en: 'currency' } }),
    fee: money.optional().meta({ label: { zh: '加工费', en: 'processing fee' } }),
    merchandiser: personRef.optional().meta({ keys: ['负责人'], label: { zh: '跟单员', en: 'merchandiser' } }),
    special: freeText(500)
      .optional()
      .meta({ keys: ['特殊要求', '备注'], label: { zh: '要求', en: 'special requirements' } }),
  }),

  async offers(tx) {
    return { template: (await allTemplates(tx)).map(({ code, label }) => ({ value: code, label })) };
  },

  async run(ctx, { no, qty: said, delivery, lines = [], merchandiser, ...given }) {
    const responsible = merchandiser === undefined ? ctx.actor : await onePerson(ctx.tx, merchandiser);
    if (delivery < ctx.today)
      throw new UserError(
        'order.delivery-past',
        say(`货期 ${delivery} 已经过去了。`, `The delivery date ${delivery} is past.`),
        say('请写将来的日期，例如 货期=2026-12-20。', 'Give a date to come, like delivery=2026-12-20.'),
      );
    const qty = said ?? totalOf(lines);
    demandSum(qty, lines);
    const template = await demandTemplate(
      ctx.tx,
      given.template ?? (await setting<string>(ctx.tx, DEFAULT_TEMPLATE)) ?? 'garment',
    );
    const order = await insertOrder(
      ctx.tx,
      {
        no,
        template: template.code,
        customer: await customerHere(ctx, given.customer),
        contractNo: given.contract ?? null,
        style: given.style ?? '',
        product: given.product ?? '',
        qty,
        currency: given.currency ?? 'CNY',
        unitPriceFen: given.price ?? null,
        amountFen: given.price === undefined ? null : given.price * BigInt(qty),
        processingFeeFen: given.fee ?? null,
        factory: given.factory ?? null,
        requestedDate: given.requested ?? null,
        deliveryDate: delivery,
        special: given.special ?? '',
        merchandiserId: responsible.id,
        chatId: ctx.place === 'group' ? (ctx.source.chatId ?? null) : null,
        createdBy: ctx.actor.id,
        createdAt: ctx.now,
      },
      { enteredOn: ctx.today, lines },
    );
    if (!order)
      throw new UserError(
        'order.exists',
        say(`订单 ${no} 已经有了。`, `Order ${no} exists already.`),
        say(`查看：/订单 查看 ${no}`, `See it: /order show ${no}`),
      );
    await fileAttachments(ctx, order);
    await ctx.record({ subject: `order:${no}`, after: { ...order, lines } });
    return orderReply(ctx, (await demandOrder(ctx.tx, no)).no, say(`已新建订单 ${no}`, `Order ${no} was entered`));
  },
});

/** @throws UserError when the lines do not add up to the quantity */
export function demandSum(qty: number, lines: readonly OrderLine[]): void {
  const total = totalOf(lines);
  if (lines.length === 0 || total === qty) return;
  throw new UserError(
    'order.lines-sum',
    say(`明细合计 ${total}，和数量 ${qty} 不一样。`, `The lines add up to ${total}, the quantity is ${qty}.`),
    say(
      '数量和明细请一起写；只写明细也可以，数量就是合计。',
      'Give both together; with the lines alone, the quantity is their sum.',
    ),
  );
}

async function customerHere(ctx: CommandContext, said: string | undefined): Promise<string> {
  if (said !== undefined) return said;
  const here = ctx.place === 'group' && ctx.source.chatId ? await chatDefaults(ctx.tx, ctx.source.chatId) : undefined;
  if (here?.customer) return here.customer;
  throw new UserError(
    'order.customer',
    say('缺少客户。', 'The customer is missing.'),
    say(
      '请写 客户=…；一个群只跟一个客户的话，先 /订单 群 客户=…，以后就不用写了。',
      'Give customer=…; where a group follows one customer, say /order group customer=… once.',
    ),
  );
}
