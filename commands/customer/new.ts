import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { contactsOf, findCustomer, putContact, putCustomer } from '#db/customers';
import { say } from '#domain/text';
import { customerName, customerReply } from './show.ts';

/** `/customer new <name> …` (O15): opens a customer's file or adds to it. */
export const newCustomer = defineCommand({
  name: 'customer new',
  aliases: ['客户 新建', '客户 修改'],
  summary: { zh: '建立或补充客户档案', en: 'open or extend a customer’s file' },
  example: {
    zh: '/客户 新建 宏达 国家=德国 联系人="Anna 采购" 联系方式="+49 30 1234" 偏好=“唛头要烫金”',
    en: '/customer new Hongda country=Germany contact="Anna, buyer" details="+49 30 1234" preferences="gold marks"',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({
    name: customerName,
    country: freeText(60)
      .optional()
      .meta({ keys: ['地区'], label: { zh: '国家', en: 'country' } }),
    contact: freeText(80)
      .optional()
      .meta({ label: { zh: '联系人', en: 'contact' } }),
    details: freeText(300)
      .optional()
      .meta({ keys: ['电话', '邮箱'], label: { zh: '联系方式', en: 'contact details' } }),
    preferences: freeText(1000)
      .optional()
      .meta({ keys: ['喜好', '要求'], label: { zh: '偏好', en: 'preferences' } }),
  }),

  async run(ctx, { name, country, contact, details = '', preferences }) {
    const before = await findCustomer(ctx.tx, name);
    const after = await putCustomer(
      ctx.tx,
      name,
      { ...(country !== undefined && { country }), ...(preferences !== undefined && { preferences }) },
      ctx.actor.id,
      ctx.now,
    );
    if (contact !== undefined) await putContact(ctx.tx, after.id, { name: contact, details }, ctx.now);
    await ctx.record({
      subject: `customer:${name}`,
      before,
      after: { ...after, contacts: await contactsOf(ctx.tx, after.id) },
    });
    return customerReply(ctx, name, say('客户档案已保存', 'The file was saved'));
  },
});
