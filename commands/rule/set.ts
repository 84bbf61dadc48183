import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { ruleCard } from '#cards/rule-card';
import { companyRules, putCompanyRules } from '#db/company-rules';
import { allTemplates, demandTemplate } from '#db/order-templates';
import type { CompanyRules } from '#domain/order/gates';
import { say } from '#domain/text';
import { numberForm, onOff, templateList } from './fields.ts';

/** `/rule set …`: switches the gates, for the whole company. */
export const setRules = defineCommand({
  name: 'rule set',
  aliases: ['规则 设置', '规则 修改'],
  summary: { zh: '设置封样、定金、余款关卡', en: 'switch the seal, deposit and balance gates' },
  example: {
    zh: '/规则 设置 封样=服装、外贸 定金=开 余款=关',
    en: '/rule set seal=garment,foreign-trade deposit=on balance=off',
  },
  roles: ['general_manager', 'admin'],
  answers: 'anywhere',
  atLeastOne: ['seal', 'deposit', 'balance', 'declaration'],
  input: z.object({
    seal: templateList.optional().meta({
      keys: ['首件封样'],
      label: { zh: '封样', en: 'seal' },
      placeholder: say(
        '哪些类别要先封样：服装、外贸；关',
        'which classes wait for the seal: garment, foreign-trade; off',
      ),
    }),
    deposit: onOff.optional().meta({ label: { zh: '定金', en: 'deposit' } }),
    balance: onOff.optional().meta({ keys: ['尾款'], label: { zh: '余款', en: 'balance' } }),
    declaration: numberForm.optional().meta({
      keys: ['报关单'],
      label: { zh: '报关单号', en: 'declaration' },
      placeholder: say('9 数字、A 字母，例如 AA99999999；关', '9 a digit, A a letter, like AA99999999; off'),
    }),
  }),

  async run(ctx, { seal, deposit, balance, declaration }) {
    const before = await companyRules(ctx.tx);
    const after: CompanyRules = {
      ...before,
      ...(seal && { sealFor: await codesOf(ctx, seal) }),
      ...(deposit && { deposit: deposit === 'on' }),
      ...(balance && { balance: balance === 'on' }),
      ...(declaration !== undefined && { declarationForm: declaration || undefined }),
    };
    await putCompanyRules(ctx.tx, after, ctx.now);
    await ctx.record({ subject: 'rules', before, after });
    const news = say('已保存', 'Saved');
    return {
      card: ruleCard({ rules: after, templates: await allTemplates(ctx.tx), mayChange: true, news }),
      toast: { tone: 'success', text: news },
      subject: 'rules',
    };
  },
});

/** Codes of the templates that are named, the company's own among them. */
async function codesOf(ctx: CommandContext, names: readonly string[]): Promise<string[]> {
  const codes: string[] = [];
  for (const name of names) codes.push((await demandTemplate(ctx.tx, name)).code);
  return [...new Set(codes)];
}
