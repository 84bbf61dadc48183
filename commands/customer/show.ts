import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { customerCard } from '#cards/customer-card';
import { claimsOfCustomer, latestOfCustomer, moneyOfCustomer, samplesOfCustomer } from '#db/customer-records';
import { contactsOf, findCustomer, historyOf, listCustomers } from '#db/customers';
import { listOrders } from '#db/orders';
import { everybodyBelow } from '#db/reporting-line';
import { UserError } from '#domain/errors';
import { say, type Text } from '#domain/text';

export const customerName = freeText(80)
  .min(1)
  .meta({ word: 1, keys: ['客户'], label: { zh: '客户', en: 'customer' } });

/** `/customer show <name>` (O15). */
export const showCustomer = defineCommand({
  name: 'customer show',
  aliases: ['客户 查看'],
  summary: { zh: '看客户档案', en: 'show a customer’s file' },
  example: { zh: '/客户 查看 宏达', en: '/customer show Hongda' },
  // customer information is confidential: it is read where it is needed, not in a group
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({ name: customerName }),
  run: (ctx, { name }) => customerReply(ctx, name),
});

/** The file of a customer; the one who is meant when the name is only a part of one, or how it sounds. */
export async function customerReply(ctx: CommandContext, said: string, news?: Text) {
  const exact = (await findCustomer(ctx.tx, said)) ? said : undefined;
  const near = exact ? undefined : await listCustomers(ctx.tx, said, { limit: 4, offset: 0 });
  const same = near?.customers.find(({ name }) => name === said);
  const name = exact ?? same?.name ?? (near?.total === 1 ? near.customers[0]!.name : undefined);
  if (name === undefined)
    throw new UserError(
      'customer.not-found',
      say(`没有找到客户「${said}」。`, `There is no customer “${said}”.`),
      near && near.total > 0
        ? say(
            `是不是 ${near.customers.map((one) => one.name).join('、')}？`,
            `Is it ${near.customers.map((one) => one.name).join(', ')}?`,
          )
        : say('新客户：/客户 新建', 'A new one: /customer new'),
    );
  const file = await findCustomer(ctx.tx, name);
  const open = await listOrders(ctx.tx, { exactCustomer: name }, { limit: 8, offset: 0 });
  return {
    card: customerCard({
      name,
      country: file?.country ?? null,
      preferences: file?.preferences ?? '',
      contacts: file ? await contactsOf(ctx.tx, file.id) : [],
      history: await historyOf(ctx.tx, name, ctx.today),
      orders: open.orders,
      samples: await samplesOfCustomer(ctx.tx, name),
      claims: await claimsOfCustomer(ctx.tx, name),
      latest: await latestOfCustomer(ctx.tx, name),
      money: await moneyOfCustomer(ctx.tx, name, { today: ctx.today, responsibleIds: await whoseMoney(ctx) }),
      ...(news !== undefined && { news }),
    }),
    subject: `customer:${name}`,
  };
}

/** Amounts of the whole company for finance and those who lead it; of their own people's orders for the others. */
async function whoseMoney({ tx, actor }: CommandContext): Promise<number[] | undefined> {
  if (actor.roles.some((role) => ['finance', 'general_manager', 'admin'].includes(role))) return undefined;
  return [actor.id, ...(await everybodyBelow(tx, actor.id, 1_000)).map(({ id }) => id)];
}
