import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { personRef } from '#bot/fields';
import { statisticsCard } from '#cards/appraisal-statistics-card';
import { onePerson } from '#commands/people/lookup';
import { lockSheet, sheetsOf } from '#db/appraisals';
import { demandOpenMonth } from '#db/locked-months';
import { isFinal } from '#domain/appraisal/sheet';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { approvers, mayApprove } from '#usecases/appraisal-approval';
import { statisticsRows } from '#usecases/appraisal-cards';
import { loadSheets } from '#usecases/appraisal-sheets';
import { dayOf, step, unknownSheet, usualMonth } from './access.ts';

/** `/appraise approve [month] [manager=…]` (LB-A7): results are valid from then on. A department at a time, or all that is ready. */
export const approveSheets = defineCommand({
  name: 'appraise approve',
  aliases: ['考核 审批', '考核 批准'],
  summary: { zh: '审批考核结果', en: 'approve the results' },
  example: { zh: '/考核 审批 10月 经理=王芳', en: '/appraise approve 2026-10 manager=王芳' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }),
    manager: personRef.optional().meta({ keys: ['打分人', '部门经理'], label: { zh: '经理', en: 'manager' } }),
  }),

  async run(ctx, { month = usualMonth(ctx), manager: word }) {
    const all = await approvers(ctx.tx);
    if (!all.some(({ id }) => id === ctx.actor.id))
      throw new UserError(
        'denied.approve',
        say('你不能审批考核结果。', 'You may not approve the results.'),
        say(
          `可以审批的人：${all.map(({ name }) => name).join('、') || '总经理'}`,
          `Who may: ${all.map(({ name }) => name).join(', ') || 'the general manager'}`,
        ),
      );
    await demandOpenMonth(ctx.tx, month);
    const manager = word === undefined ? undefined : await onePerson(ctx.tx, word);
    const day = await dayOf(ctx);
    const found = await sheetsOf(ctx.tx, month, manager ? { managerIds: [manager.id] } : {});
    if (found.length === 0) throw unknownSheet(month);
    // held one after the other in a fixed order, and read again: somebody may have objected meanwhile
    const held = [];
    for (const { sheet } of found) held.push((await lockSheet(ctx.tx, sheet.personId, month))!);
    const loaded = await loadSheets(ctx.tx, held, ctx.today, day.notices);
    const open = loaded.filter(({ state }) => !state.approved);
    const own = open.filter((each) => isFinal(each.state) && mayApprove(ctx.actor, each, all));
    if (own.length === 0) {
      if (open.length === 0)
        throw new UserError(
          'appraisal.approved',
          say('这些结果都已经审批过了。', 'These results are approved already.'),
          say('看结果：/考核 结果', 'See the results: /appraise results'),
        );
      const waiting = open.filter((each) => !isFinal(each.state));
      throw new UserError(
        'appraisal.not-ready',
        waiting.length > 0
          ? say(`还有 ${waiting.length} 人没有完成打分和确认。`, `${waiting.length} people are not finished.`)
          : say(
              '剩下的由你本人打分或与你本人有关，要由另一位审批人审批。',
              'The rest you scored yourself or is about you: another approver must approve it.',
            ),
        say(`看进度：/考核 进度 ${month}`, `Where it stands: /appraise status ${month}`),
      );
    }
    for (const each of own) await step(ctx, each, { kind: 'approved' });
    const after = await loadSheets(
      ctx.tx,
      await sheetsOf(ctx.tx, month, manager ? { managerIds: [manager.id] } : {}),
      ctx.today,
      day.notices,
    );
    const left = after.filter(({ state }) => !state.approved).length;
    const news = say(
      `✅ 已审批 ${own.length} 人${left > 0 ? `，还有 ${left} 人未审批` : ''}。`,
      `✅ ${own.length} approved${left > 0 ? `, ${left} still open` : ''}.`,
    );
    return {
      card: statisticsCard({
        month,
        rows: statisticsRows(after),
        locale: ctx.locale,
        kind: 'status',
        withChart: false,
        news,
      }),
      toast: { tone: 'success', text: say(`已审批 ${own.length} 人`, `${own.length} approved`) },
    };
  },
});
