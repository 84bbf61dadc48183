import { and, inArray } from 'drizzle-orm';
import { sendCard, tell } from '#bot/deliver';
import { reminderCard } from '#cards/appraisal-reminder-card';
import { statisticsCard } from '#cards/appraisal-statistics-card';
import { does } from '#cards/kit';
import { appendStep, type Cycle, closeCycle, lockSheet, openCycles, sheetsByIds, sheetsOf } from '#db/appraisals';
import { recordAudit } from '#db/audit';
import { doOnce } from '#db/done-once';
import { personById } from '#db/people';
import { peopleWithRole } from '#db/reporting-line';
import { doneOnce } from '#db/schema';
import { type Duty, datesOf, dutiesOf } from '#domain/appraisal/cycle';
import { stateOfSheet } from '#domain/appraisal/sheet';
import type { Month } from '#domain/calendar/dates';
import { isWorkday } from '#domain/calendar/workdays';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { approvers, mayApprove } from './appraisal-approval.ts';
import { resultCardFor, statisticsRows } from './appraisal-cards.ts';
import { openDueCycles, reassignChanged } from './appraisal-open.ts';
import { type LoadedSheet, loadSheets } from './appraisal-sheets.ts';
import { sendTable } from './appraisal-table.ts';
import { warnOfGap } from './calendar-gap.ts';
import type { DueContext, DueTask } from './due.ts';

const JOB = 'appraisal';
/** Cards are sent in office hours; after downtime in the evening they wait for the next working day. */
const FROM_HOUR = 9;
const TO_HOUR = 20;

/** The whole monthly cycle (LB-A2 … LB-A7): opening, reassignment, reminders, hand-overs, statistics, tables, requests for approval. */
export const appraisalTask = (): DueTask => {
  // what is due changes with the hour; between, the work of looking is spared. A run that failed is repeated at the next tick.
  let lookedAt = '';
  return {
    name: 'appraisal',
    async run(ctx) {
      const hour = `${ctx.today} ${ctx.hour}`;
      if (lookedAt === hour) return;
      await warnOfGap(ctx);
      await runAppraisals(ctx);
      lookedAt = hour;
    },
  };
};

export async function runAppraisals(ctx: DueContext): Promise<void> {
  const { db, today, hour, notices } = ctx;
  const mayTell = isWorkday(today, notices) && hour >= FROM_HOUR && hour < TO_HOUR;
  if (mayTell) await openDueCycles(ctx);
  const cycles = await openCycles(db);
  for (const month of new Set(cycles.map((cycle) => cycle.month)))
    await runMonth(
      ctx,
      month,
      cycles.filter((cycle) => cycle.month === month),
      mayTell,
    );
}

/** One month of all managers: read at once, so that a thousand of them cost a few queries while nothing is due. */
async function runMonth(ctx: DueContext, month: Month, cycles: readonly Cycle[], mayTell: boolean): Promise<void> {
  const { db, today, notices } = ctx;
  const load = async () => loadSheets(db, await sheetsOf(db, month), today, notices);
  let loaded = await load();
  const moved = mayTell && (await reassignChanged(ctx, month, loaded));
  const silent = dutiesIn(ctx, cycles, loaded).filter(({ duty }) => duty.do === 'mark-unanswered');
  for (const { duty, sheets } of silent)
    if (duty.do === 'mark-unanswered')
      await markUnanswered(ctx, sheets.find(({ sheet }) => sheet.id === duty.sheet)!, duty.key);
  if (moved || silent.length > 0) loaded = await load();
  if (!mayTell) return;
  for (const { duty, sheets } of await undone(ctx, dutiesIn(ctx, cycles, loaded)))
    if (duty.do !== 'mark-unanswered') await carryOut(ctx, duty, sheets);
  await sendTable(ctx, month, loaded);
  // the overall table is the last thing that looks at a month: it is closed as a whole
  const finished = loaded.every(({ state }) => state.approved !== undefined);
  if (finished && today > datesOf(month, notices).superior.limit)
    for (const { id } of cycles) await closeCycle(db, id, ctx.now);
}

interface DueNow {
  duty: Duty;
  /** The sheets of the manager's cycle that it belongs to. */
  sheets: readonly LoadedSheet[];
}

function dutiesIn({ today, notices }: DueContext, cycles: readonly Cycle[], loaded: readonly LoadedSheet[]): DueNow[] {
  return cycles.flatMap(({ month, managerId }) => {
    const sheets = loaded.filter(({ sheet }) => sheet.managerId === managerId);
    // everybody was reassigned
    if (sheets.length === 0) return [];
    const views = sheets.map(({ sheet, state }) => ({
      id: sheet.id,
      personId: sheet.personId,
      phase: state.phase,
      scoredOn: state.scoredOn,
      objectedOn: state.objection?.on,
      approved: state.approved !== undefined,
    }));
    return dutiesOf({ month, managerId, sheets: views }, today, notices).map((duty) => ({ duty, sheets }));
  });
}

/** Leaves out what was done before, without a transaction for each; the last word is `doOnce` in the transaction itself. */
async function undone({ db }: DueContext, due: readonly DueNow[]): Promise<DueNow[]> {
  const done = new Set<string>();
  const jobs = [...new Set(due.map(({ duty }) => `${JOB}.${duty.do}`))];
  for (let at = 0; at < due.length; at += 1000) {
    const keys = due.slice(at, at + 1000).map(({ duty }) => duty.key);
    const rows = await db
      .select({ job: doneOnce.job, key: doneOnce.key })
      .from(doneOnce)
      .where(and(inArray(doneOnce.job, jobs), inArray(doneOnce.key, keys)));
    for (const { job, key } of rows) done.add(`${job} ${key}`);
  }
  return due.filter(({ duty }) => !done.has(`${JOB}.${duty.do} ${duty.key}`));
}

/** The clock's own step: under the sheet's lock, and only if nobody answered meanwhile. */
async function markUnanswered(ctx: DueContext, { sheet, person }: LoadedSheet, key: string): Promise<void> {
  const { db, today, now } = ctx;
  await db.transaction(async (tx) => {
    const found = await lockSheet(tx, person.id, sheet.month);
    if (!found || stateOfSheet(found.steps).phase !== 'scored' || !(await doOnce(tx, `${JOB}.unanswered`, key, now)))
      return;
    await appendStep(tx, { sheetId: sheet.id, kind: 'unanswered', by: null, day: today, at: now, eventId: 'schedule' });
    await recordAudit(tx, {
      at: now,
      actor: 'schedule',
      via: 'schedule',
      command: 'appraise',
      subject: `appraisal:${sheet.id}`,
      outcome: 'done',
      before: { phase: 'scored' },
      after: { phase: 'unanswered' },
    });
  });
}

async function carryOut(
  ctx: DueContext,
  duty: Exclude<Duty, { do: 'mark-unanswered' }>,
  loaded: readonly LoadedSheet[],
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await doOnce(tx, `${JOB}.${duty.do}`, duty.key, ctx.now))) return;
    await tellDuty({ ...ctx, db: tx }, duty, loaded);
  });
}

async function tellDuty(
  ctx: DueContext,
  duty: Exclude<Duty, { do: 'mark-unanswered' }>,
  loaded: readonly LoadedSheet[],
): Promise<void> {
  const month = loaded[0]!.sheet.month;
  const dates = datesOf(month, ctx.notices);
  const key = `${JOB}:${duty.do}:${duty.key}`;
  const desk = { label: say('打开工作台', 'Open my desk'), action: does('appraise', { month }) };
  switch (duty.do) {
    case 'remind-scores':
      return toStewards(ctx, await current(ctx, duty.sheets), key, (names) => ({
        said: say(
          `还有 ${names.length} 人没打分，最迟 ${dates.score.limit}：`,
          `${names.length} people are not scored, at the latest ${dates.score.limit}:`,
        ),
        names,
        action: desk,
      }));
    case 'remind-reviews':
      return toStewards(ctx, await current(ctx, duty.sheets), key, (names) => ({
        said: say(`有 ${names.length} 份异议等你复核：`, `${names.length} objections wait for your review:`),
        names,
        action: desk,
      }));
    case 'hand-over-scores':
    case 'hand-over-reviews':
      return handOver(ctx, await current(ctx, duty.sheets), key, duty.do === 'hand-over-scores');
    case 'remind-answer': {
      const [sheet] = await current(ctx, [duty.sheet]);
      const day = { today: ctx.today, zone: ctx.zone, notices: ctx.notices };
      const news = say(
        `请在 ${duty.by} 前确认你的考核结果，或提出异议。`,
        `Please confirm your result or object by ${duty.by}.`,
      );
      return tell(
        ctx.db,
        {
          to: { person: sheet!.person.openId },
          content: {
            type: 'card',
            card: await resultCardFor(ctx.db, sheet!, sheet!.person, day, news),
            subject: `appraisal:${duty.sheet}`,
          },
          key,
        },
        ctx.now,
      );
    }
    case 'statistics':
      return toPeople(ctx, [standIn(loaded)], key, () =>
        statisticsCard({
          month,
          rows: statisticsRows(loaded),
          locale: ctx.locale,
          kind: 'statistics',
          withChart: false,
        }),
      );
    case 'hand-in':
      return toPeople(ctx, await superiors(ctx, loaded), key, () =>
        statisticsCard({
          month,
          rows: statisticsRows(loaded),
          locale: ctx.locale,
          kind: 'individual',
          withChart: false,
          news: say(
            `${loaded[0]!.manager.name} 部门的个人考核结果`,
            `Individual results of ${loaded[0]!.manager.name}’s people`,
          ),
        }),
      );
    case 'ask-approval':
    case 'remind-approval':
      return askApproval(ctx, loaded, key, duty.do === 'remind-approval');
  }
}

/** The sheets as they are now, in this transaction. */
const current = async (ctx: DueContext, ids: number[]): Promise<LoadedSheet[]> =>
  loadSheets(ctx.db, await sheetsByIds(ctx.db, ids), ctx.today, ctx.notices);

/** Whoever is asked for these sheets today gets one card with the names. */
async function toStewards(
  ctx: DueContext,
  sheets: readonly LoadedSheet[],
  key: string,
  what: (names: string[]) => Omit<Parameters<typeof reminderCard>[0], 'month'>,
): Promise<void> {
  const stewards = new Map<number, Person>(sheets.map(({ steward }) => [steward.id, steward]));
  for (const steward of stewards.values()) {
    const own = sheets.filter((each) => each.steward.id === steward.id);
    const card = reminderCard({ month: own[0]!.sheet.month, ...what(own.map(({ person }) => person.name)) });
    await sendCard(ctx.db, { to: { person: steward.openId } }, card, {
      now: ctx.now,
      logicalKey: `${key}:${steward.id}`,
    });
  }
}

/** Past the limit: the manager's manager takes it, and the manager hears of it. */
async function handOver(ctx: DueContext, sheets: readonly LoadedSheet[], key: string, scores: boolean): Promise<void> {
  const { manager, sheet } = sheets[0]!;
  const what: Text = scores
    ? say(
        `${manager.name} 没有按时打分，这些人现在由你打分：`,
        `${manager.name} did not score in time; these are yours to score now:`,
      )
    : say(
        `${manager.name} 没有按时复核异议，现在由你复核：`,
        `${manager.name} did not review in time; these are yours to review now:`,
      );
  await toStewards(ctx, sheets, key, (names) => ({
    said: what,
    names,
    tone: 'red',
    action: { label: say('打开工作台', 'Open my desk'), action: does('appraise', { month: sheet.month }) },
  }));
  if (sheets.every(({ steward }) => steward.id === manager.id)) return;
  await toPeople(ctx, [manager], `${key}:manager`, () =>
    reminderCard({
      month: sheet.month,
      tone: 'red',
      said: say(
        `期限已过，下面的人已交由 ${sheets[0]!.steward.name} 办理；你仍可以办：`,
        `The limit has passed; ${sheets[0]!.steward.name} takes these over. You still may do them:`,
      ),
      names: sheets.map(({ person }) => person.name),
      action: { label: say('打开工作台', 'Open my desk'), action: does('appraise', { month: sheet.month }) },
    }),
  );
}

/** The manager, or whoever stands in for most of the people today. */
const standIn = (loaded: readonly LoadedSheet[]): Person => {
  const { manager, line } = loaded[0]!;
  if (!line.away) return manager;
  const count = (id: number) => loaded.filter(({ steward }) => steward.id === id).length;
  return loaded.map(({ steward }) => steward).reduce((most, each) => (count(each.id) > count(most.id) ? each : most));
};

/** LB-A6: the manager's superior; the general managers where nobody is above. */
async function superiors(ctx: DueContext, loaded: readonly LoadedSheet[]): Promise<Person[]> {
  const { manager } = loaded[0]!;
  const above = manager.managerId === null ? undefined : await personById(ctx.db, manager.managerId);
  if (above && above.leftOn === null) return [above];
  return (await peopleWithRole(ctx.db, 'general_manager')).filter(({ id }) => id !== manager.id);
}

async function askApproval(
  ctx: DueContext,
  loaded: readonly LoadedSheet[],
  key: string,
  again: boolean,
): Promise<void> {
  const all = await approvers(ctx.db);
  const { manager, sheet } = loaded[0]!;
  const able = all.filter((each) => loaded.some((one) => !one.state.approved && mayApprove(each, one, all)));
  await toPeople(ctx, able, key, () =>
    statisticsCard({
      month: sheet.month,
      rows: statisticsRows(loaded),
      locale: ctx.locale,
      kind: 'individual',
      withChart: false,
      approve: { manager: manager.openId },
      news: again
        ? say(`${manager.name} 部门的考核结果还在等你审批。`, `${manager.name}’s results still wait for your approval.`)
        : say(
            `${manager.name} 部门的考核已完成，请审批。`,
            `${manager.name}’s appraisal is finished; please approve it.`,
          ),
    }),
  );
}

async function toPeople(
  ctx: DueContext,
  people: readonly Person[],
  key: string,
  card: () => ReturnType<typeof reminderCard>,
): Promise<void> {
  for (const person of people)
    await sendCard(ctx.db, { to: { person: person.openId } }, card(), {
      now: ctx.now,
      logicalKey: `${key}:${person.id}`,
    });
}
