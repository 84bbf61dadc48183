import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { ruleCard } from '#cards/rule-card';
import { companyRules } from '#db/company-rules';
import { allTemplates } from '#db/order-templates';

/** `/rule show`: what must have happened before an order may go on. */
export const showRules = defineCommand({
  name: 'rule show',
  aliases: ['规则 查看'],
  summary: { zh: '查看公司规则（封样、定金、余款关卡）', en: 'show the company’s rules (seal, deposit, balance)' },
  example: { zh: '/规则 查看', en: '/rule show' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({}),

  async run(ctx) {
    const mayChange = ctx.actor.roles.some((role) => role === 'admin' || role === 'general_manager');
    return {
      card: ruleCard({ rules: await companyRules(ctx.tx), templates: await allTemplates(ctx.tx), mayChange }),
      subject: 'rules',
    };
  },
});
