import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText, Problem } from '#bot/fields';
import { templateListCard } from '#cards/template-list-card';
import { DEFAULT_TEMPLATE } from '#commands/order/new';
import { allTemplates, dropTemplate, findTemplateNamed, putTemplate } from '#db/order-templates';
import { putSetting, setting } from '#db/settings';
import { UserError } from '#domain/errors';
import { parseTemplate, TemplateProblem } from '#domain/order/template-text';
import { say, type Text } from '#domain/text';

const steps = z.array(z.object({ stage: z.string(), before: z.int().nullable(), counted: z.boolean() })).meta({
  field: {
    kind: 'template-steps',
    asks: 'text',
    maxLength: 1000,
    read(raw) {
      const read = parseTemplate(raw);
      return read instanceof TemplateProblem ? new Problem(problemText(read)) : read;
    },
  },
});

function problemText({ part, why }: TemplateProblem): Text {
  const quoted = [...part].slice(0, 40).join('');
  const example = '接单 > 面料 20 > 绣花 8 计数 > 出货 0';
  switch (why) {
    case 'shape':
      return say(`「${quoted}」没看懂。写成：${example}`, `“${quoted}” was not understood. Write: ${example}`);
    case 'twice':
      return say(`工序「${quoted}」写了两次`, `the stage “${quoted}” is there twice`);
    case 'too-few':
      return say(`至少要两道工序，例如：${example}`, `at least two stages, like: ${example}`);
    case 'too-many':
      return say('最多 25 道工序', 'at most 25 stages');
    case 'order':
      return say(
        `「${quoted}」比它前一道要求得还早；天数要越来越小`,
        `“${quoted}” would have to be finished before the stage ahead of it; the days must fall`,
      );
  }
}

const yes = choice([{ value: 'yes', label: { zh: '是', en: 'yes' }, aliases: ['true'] }]);

/** `/template set <name> stages="…"` (O2): a company's own template, without code. Orders that exist keep their plan. */
export const setTemplate = defineCommand({
  name: 'template set',
  aliases: ['模板 设置', '模板 新增', '模板 修改'],
  summary: { zh: '新增、修改工序模板（管理员）', en: 'add or change a stage template (administrator)' },
  example: {
    zh: '/模板 设置 绣花 工序="接单 > 面料 20 > 裁剪 12 > 绣花 8 计数 > 出货 0"',
    en: '/template set embroidery stages="received > materials 20 > cutting 12 > embroidery 8 counted > shipped 0"',
  },
  roles: ['admin'],
  answers: 'anywhere',
  atLeastOne: ['stages', 'standard', 'remove'],
  input: z.object({
    name: freeText(30)
      .min(1)
      .meta({ word: 1, keys: ['模板'], label: { zh: '名称', en: 'name' } }),
    stages: steps.optional().meta({
      label: { zh: '工序', en: 'stages' },
      placeholder: say(
        '接单 > 面料 20 > 绣花 8 计数 > 出货 0',
        'received > materials 20 > embroidery 8 counted > shipped 0',
      ),
    }),
    standard: yes.optional().meta({ keys: ['设为默认'], label: { zh: '默认', en: 'default' } }),
    remove: yes.optional().meta({ label: { zh: '删除', en: 'remove' } }),
  }),

  async run(ctx, { name, stages, standard, remove }) {
    const before = await findTemplateNamed(ctx.tx, name);
    const code = before?.code ?? name;
    const current = (await setting<string>(ctx.tx, DEFAULT_TEMPLATE)) ?? 'garment';
    if (stages)
      await putTemplate(ctx.tx, { code, label: before?.label.zh ?? name, steps: stages }, ctx.actor.id, ctx.now);
    if (!stages && !before)
      throw new UserError(
        'template.not-found',
        say(`没有「${name}」这个模板。`, `There is no template “${name}”.`),
        say('看全部：/模板 列表', 'See all: /template list'),
      );
    if (remove) {
      if (current === code || !(await allTemplates(ctx.tx)).some((one) => one.own && one.code === code))
        throw new UserError(
          'template.needed',
          say('自带的和默认的模板不能删除。', 'The templates that come along and the default one stay.'),
          say(
            '先把别的模板设为默认，再删除自建的；自带的可以改工序。',
            'Make another one the default first; those that come along can be changed.',
          ),
        );
      await dropTemplate(ctx.tx, code);
    }
    if (standard) await putSetting(ctx.tx, DEFAULT_TEMPLATE, code, ctx.now);
    await ctx.record({
      subject: `template:${code}`,
      before: { steps: before?.steps, default: current },
      after: { steps: stages ?? before?.steps, ...(standard && { default: code }), ...(remove && { removed: true }) },
    });
    return {
      card: templateListCard(
        await allTemplates(ctx.tx),
        standard ? code : current,
        true,
        remove
          ? say(
              `模板「${name}」已删除，已有订单不受影响`,
              `Template “${name}” was removed; existing orders keep their plan`,
            )
          : say(`模板「${name}」已保存，新订单可以用了`, `Template “${name}” was saved; new orders can use it`),
      ),
    };
  },
});
