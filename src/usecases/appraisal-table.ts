import { and, eq, inArray } from 'drizzle-orm';
import { writeXlsx } from 'hucre/xlsx';
import { sendCard, sendFile } from '#bot/deliver';
import { reminderCard } from '#cards/appraisal-reminder-card';
import { statisticsCard } from '#cards/appraisal-statistics-card';
import { type Card, does } from '#cards/kit';
import { recordAudit } from '#db/audit';
import { doOnce } from '#db/done-once';
import { peopleWithRole } from '#db/reporting-line';
import { doneOnce } from '#db/schema';
import { tableDuties } from '#domain/appraisal/cycle';
import { isFinal, phaseLabel } from '#domain/appraisal/sheet';
import type { Month } from '#domain/calendar/dates';
import { inLocale, type Locale, say } from '#domain/text';
import { statisticsRows } from './appraisal-cards.ts';
import type { LoadedSheet } from './appraisal-sheets.ts';
import type { DueContext } from './due.ts';

const JOB = 'appraisal.table';

/** LB-A6: the overall table, as a card with a chart and as a file, to the general manager and finance; each message once. */
export async function sendTable(ctx: DueContext, month: Month, loaded: readonly LoadedSheet[]): Promise<void> {
  if (loaded.length === 0) return;
  const { db, today, notices, now } = ctx;
  const complete = loaded.every(({ state }) => isFinal(state));
  const marks = await db
    .select({ key: doneOnce.key })
    .from(doneOnce)
    .where(and(eq(doneOnce.job, JOB), inArray(doneOnce.key, [`table:${month}`, `complete-table:${month}`])));
  const has = (key: string) => marks.some((mark) => mark.key === key);
  const sent = { table: has(`table:${month}`), sentComplete: has(`complete-table:${month}`) };
  for (const duty of tableDuties(month, complete, sent, today, notices)) {
    const file = duty.do === 'missing' ? undefined : await workbook(month, loaded, ctx.locale);
    await db.transaction(async (tx) => {
      if (!(await doOnce(tx, JOB, `${duty.do}:${month}`, now))) return;
      // a first table that has everything needs no second one
      if (duty.do === 'table' && complete) await doOnce(tx, JOB, `complete-table:${month}`, now);
      const all = [...(await peopleWithRole(tx, 'general_manager')), ...(await peopleWithRole(tx, 'finance'))];
      const card = duty.do === 'missing' ? missingCard(month, loaded) : tableCard(ctx, month, loaded, duty.do);
      for (const reader of new Map(all.map((each) => [each.id, each])).values()) {
        const to = { person: reader.openId };
        const key = `${JOB}:${duty.do}:${month}:${reader.id}`;
        await sendCard(tx, { to }, card, { now, logicalKey: key });
        if (file) await sendFile(tx, { to }, file, now, `${key}:file`);
      }
      // what left the bot as a file is on record: which, when, for whom, not what was in it
      await recordAudit(tx, {
        at: now,
        actor: 'schedule',
        via: 'schedule',
        command: 'appraise',
        subject: `appraisal-table:${month}`,
        outcome: 'done',
        after: { sent: duty.do, to: all.map(({ openId }) => openId), file: file?.name ?? null },
      });
    });
  }
}

function tableCard(
  ctx: DueContext,
  month: Month,
  loaded: readonly LoadedSheet[],
  which: 'table' | 'complete-table',
): Card {
  const complete = loaded.every(({ state }) => isFinal(state));
  const news =
    which === 'complete-table'
      ? say('之前未完成的都完成了，这是完整的统计表。', 'What was missing is done; this is the complete table.')
      : say('还有人没有完成，完成后会再发一次完整的表。', 'Some are not finished; the complete table follows.');
  return statisticsCard({
    month,
    rows: statisticsRows(loaded),
    locale: ctx.locale,
    kind: 'overall',
    withChart: true,
    ...((which === 'complete-table' || !complete) && { news }),
  });
}

/** LB-A2: finance's limit is here, and these are not finished. */
function missingCard(month: Month, loaded: readonly LoadedSheet[]): Card {
  const late = loaded.filter(({ state }) => !isFinal(state));
  return reminderCard({
    month,
    tone: 'red',
    said: say(
      '今天是考核结果交财务的最后一天，下面的人还没有完成，他们这个月的工资不能审批：',
      'Today finance should have all results. These are not finished, so their pay of the month cannot be approved:',
    ),
    names: late.map(({ person, state, steward }) => `${person.name}（${phaseLabel[state.phase].zh}，${steward.name}）`),
    action: { label: say('看进度', 'See where it stands'), action: does('appraise status', { month }) },
  });
}

/** The overall table as a file: one row a person, one column a criterion's points. Scores are numbers, texts are texts. */
export async function workbook(
  month: Month,
  loaded: readonly LoadedSheet[],
  locale: Locale,
): Promise<{ name: string; bytes: Uint8Array }> {
  const t = (zh: string, en: string) => inLocale(say(zh, en), locale);
  const clauses = new Map(
    loaded.flatMap(({ sheet }) => sheet.criteria.map(({ clause, label }) => [clause, label[locale]] as const)),
  );
  const header = [
    t('工号', 'No.'),
    t('姓名', 'Name'),
    t('部门', 'Department'),
    t('打分人', 'Manager'),
    ...clauses.values(),
    t('总分', 'Total'),
    t('状态', 'State'),
    t('异议', 'Objection'),
    t('复核', 'Review'),
  ];
  const rows = loaded.map(({ person, manager, state }) => [
    person.employeeNo ?? '',
    person.name,
    person.department ?? '',
    manager.name,
    ...[...clauses.keys()].map((clause) => {
      const result = state.scores?.results.find((each) => each.clause === clause);
      if (result?.score !== undefined) return result.score / 10;
      return result?.due ? `${result.done}/${result.due}` : null;
    }),
    state.scores === undefined ? null : state.scores.total / 10,
    inLocale(state.approved ? say('已审批', 'approved') : phaseLabel[state.phase], locale),
    state.objection?.words ?? '',
    state.answer?.words ?? '',
  ]);
  const bytes = await writeXlsx({ sheets: [{ name: month, rows: [header, ...rows] }] });
  return { name: t(`考核统计表-${month}.xlsx`, `appraisal-${month}.xlsx`), bytes: new Uint8Array(bytes) };
}
