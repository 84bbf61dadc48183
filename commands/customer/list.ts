import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, pageNumber } from '#bot/fields';
import { CUSTOMERS_A_PAGE, customerListCard } from '#cards/customer-card';
import { listCustomers } from '#db/customers';

/** `/customer list [words]` (O15): by any part of the name or how it sounds. */
export const listCustomersCommand = defineCommand({
  name: 'customer list',
  aliases: ['客户 列表'],
  summary: { zh: '查客户', en: 'find customers' },
  example: { zh: '/客户 列表 hd', en: '/customer list hd' },
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({
    text: freeText(60)
      .optional()
      .meta({ word: 'rest', keys: ['关键字'], label: { zh: '包含', en: 'text' } }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { text = '', page = 1 }) {
    const found = await listCustomers(ctx.tx, text, {
      limit: CUSTOMERS_A_PAGE,
      offset: (page - 1) * CUSTOMERS_A_PAGE,
    });
    return { card: customerListCard({ ...found, page, query: text }) };
  },
});
