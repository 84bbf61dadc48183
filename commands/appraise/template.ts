import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { saidBy } from '#bot/said';
import { noticeCard } from '#cards/notice-card';
import { insertTemplate } from '#db/appraisals';
import { readTemplate, sheetCriteria, templateProblems } from '#domain/appraisal/criteria';
import { UserError } from '#domain/errors';
import { join, say } from '#domain/text';
import { criteriaFor } from '#usecases/appraisal-sheets';
import { schemeVersion } from '#usecases/scheme-of';

/** `/appraise template <scheme> …` (G4): a company's own criteria from a month on; without them it shows those that count. */
export const setTemplate = defineCommand({
  name: 'appraise template',
  aliases: ['考核 模板'],
  summary: { zh: '查看或设定考核项和权重', en: 'see or set the criteria and weights' },
  example: {
    zh: '/考核 模板 lb 从=2026-12 项目=“工作绩效 50；团队合作 30；服务 20”',
    en: '/appraise template lb from=2026-12 items="performance 50; teamwork 30; service 20"',
  },
  roles: ['hr', 'admin', 'general_manager'],
  answers: 'private',
  input: z.object({
    scheme: freeText(20).meta({ word: 1, label: { zh: '方案', en: 'scheme' } }),
    from: monthField.optional().meta({ keys: ['起'], label: { zh: '从', en: 'from' }, bare: true }),
    items: freeText(900)
      .optional()
      .meta({ keys: ['考核项'], label: { zh: '项目', en: 'items' } }),
  }),

  async run(ctx, { scheme: word, from, items }) {
    const scheme = word.trim().toLowerCase();
    const month = from ?? ctx.today.slice(0, 7);
    const version = await schemeVersion(ctx.tx, scheme, month);
    if (!version)
      throw new UserError(
        'scheme.unknown',
        say(`没有方案「${scheme}」。`, `There is no scheme “${scheme}”.`),
        say('看有哪些方案：/方案 列表', 'See the schemes: /scheme list'),
      );
    const before = await criteriaFor(ctx.tx, scheme, month);
    if (items === undefined) return { card: noticeCard(listed(scheme, month, before)) };
    if (month < ctx.today.slice(0, 7))
      throw new UserError(
        'template.past',
        say(`${month} 已经过去，过去的月份保留原来的考核项。`, `${month} is past; past months keep their criteria.`),
        say('请从本月或以后的月份开始。', 'Let it begin with this month or a later one.'),
      );
    const read = readTemplate(items, scheme, sheetCriteria(version.criteria));
    if ('wrong' in read)
      throw new UserError(
        'template.items',
        say(`「${read.wrong}」看不懂。`, `“${read.wrong}” was not understood.`),
        say('写成：工作绩效 50；团队合作 30；服务 20', 'Write: performance 50; teamwork 30; service 20'),
      );
    const problems = templateProblems(read.criteria);
    if (problems.length > 0)
      throw new UserError(
        'template.problems',
        join(problems, ' '),
        say(
          '例如：工作绩效 50；团队合作 30；服务 20（权重合计 100）',
          'For example: performance 50; teamwork 30; service 20 (100 in all)',
        ),
      );
    const row = { scheme, fromMonth: month, criteria: read.criteria };
    await insertTemplate(ctx.tx, {
      ...row,
      ...saidBy(ctx),
    });
    await ctx.record({ subject: `template:${scheme}`, before, after: row });
    return { card: noticeCard(listed(scheme, month, read.criteria), 'success') };
  },
});

const listed = (scheme: string, month: string, criteria: Awaited<ReturnType<typeof criteriaFor>>) =>
  criteria.length === 0
    ? say(`方案 ${scheme} 没有考核项，不打分。`, `Scheme ${scheme} has no criteria; nobody under it is scored.`)
    : say(
        `方案 ${scheme} 从 ${month} 起：${criteria.map(({ label, weight }) => `${label.zh} ${weight}`).join('；')}`,
        `Scheme ${scheme} from ${month}: ${criteria.map(({ label, weight }) => `${label.en} ${weight}`).join('; ')}`,
      );
