import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText, isoDate, money, orderNo, personRef, quantity, template } from '#bot/fields';
import { onePerson } from '#commands/people/lookup';
import { insertOrder } from '#db/orders';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { cardOfOrder } from './access.ts';

const currency = choice([
  { value: 'CNY', label: { zh: '人民币', en: 'CNY' }, aliases: ['cny', 'rmb', '元'] },
  { value: 'USD', label: { zh: '美元', en: 'USD' }, aliases: ['usd', '美金'] },
  { value: 'EUR', label: { zh: '欧元', en: 'EUR' }, aliases: ['eur'] },
  { value: 'HKD', label: { zh: '港币', en: 'HKD' }, aliases: ['hkd'] },
  { value: 'JPY', label: { zh: '日元', en: 'JPY' }, aliases: ['jpy'] },
  { value: 'GBP', label: { zh: '英镑', en: 'GBP' }, aliases: ['gbp'] },
]);

/** `/order new` (O1): enters an order. */
export const newOrder = defineCommand({
  name: 'order new',
  aliases: ['订单 新建', '订单 新增', '订单 录入'],
  summary: { zh: '新建订单', en: 'enter a new order' },
  example: {
    zh: '/订单 新建 SO-2001 客户=宏达 数量=1200件 货期=12-20 款号=A118',
    en: '/order new SO-2001 customer=Hongda qty=1200pcs delivery=12-20 style=A118',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    no: orderNo.meta({ word: 1, keys: ['单号', 'order'], label: { zh: '订单号', en: 'order number' } }),
    customer: freeText(80)
      .min(1)
      .meta({ label: { zh: '客户', en: 'customer' } }),
    qty: quantity.min(1).meta({ keys: ['订单数量'], label: { zh: '数量', en: 'quantity' }, bare: true }),
    delivery: isoDate.meta({ keys: ['交期', '交货日期', 'due'], label: { zh: '货期', en: 'delivery date' } }),
    style: freeText(60)
      .optional()
      .meta({ label: { zh: '款号', en: 'style' } }),
    product: freeText(80)
      .optional()
      .meta({ keys: ['品名'], label: { zh: '产品', en: 'product' } }),
    template: template.optional().meta({ keys: ['工序模板'], label: { zh: '类别', en: 'class' } }),
    contract: freeText(60)
      .optional()
      .meta({ label: { zh: '合同号', en: 'contract' } }),
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

  async run(
    ctx,
    {
      no,
      customer,
      qty,
      delivery,
      style = '',
      product = '',
      template = 'garment',
      contract = null,
      factory = null,
      price = null,
      currency = 'CNY',
      fee = null,
      merchandiser,
      special = '',
    },
  ) {
    const responsible = merchandiser === undefined ? ctx.actor : await onePerson(ctx.tx, merchandiser);
    if (delivery < ctx.today)
      throw new UserError(
        'order.delivery-past',
        say(`货期 ${delivery} 已经过去了。`, `The delivery date ${delivery} is past.`),
        say('请写将来的日期，例如 货期=2026-12-20。', 'Give a date to come, like delivery=2026-12-20.'),
      );
    const order = await insertOrder(ctx.tx, {
      no,
      template,
      customer,
      contractNo: contract,
      style,
      product,
      qty,
      currency,
      unitPriceFen: price,
      amountFen: price === null ? null : price * BigInt(qty),
      processingFeeFen: fee,
      factory,
      deliveryDate: delivery,
      special,
      merchandiserId: responsible.id,
      chatId: ctx.place === 'group' ? (ctx.source.chatId ?? null) : null,
      createdBy: ctx.actor.id,
      createdAt: ctx.now,
    });
    if (!order)
      throw new UserError(
        'order.exists',
        say(`订单 ${no} 已经有了。`, `Order ${no} exists already.`),
        say(`查看：/订单 查看 ${no}`, `See it: /order show ${no}`),
      );
    await ctx.record({ subject: `order:${no}`, after: order });
    const news = say(`已新建订单 ${no}`, `Order ${no} was entered`);
    return {
      card: await cardOfOrder(ctx, order, news),
      toast: { tone: 'success', text: news },
      subject: `order:${no}`,
    };
  },
});
