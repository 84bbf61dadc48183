import { tell } from '#bot/deliver';
import { reminderCard } from '#cards/appraisal-reminder-card';
import { does } from '#cards/kit';
import {
  addCycle,
  addSheets,
  appendStep,
  lastOpenedMonth,
  lockSheet,
  reassign,
  reopenCycle,
  sheetsOf,
  withoutSheet,
} from '#db/appraisals';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { isLocked } from '#db/locked-months';
import { personById } from '#db/people';
import type { SheetCriterion } from '#domain/appraisal/criteria';
import { monthsToOpen } from '#domain/appraisal/cycle';
import { stateOfSheet } from '#domain/appraisal/sheet';
import type { Month } from '#domain/calendar/dates';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { deskCardFor } from './appraisal-cards.ts';
import { criteriaFor, type LoadedSheet, loadSheets } from './appraisal-sheets.ts';
import type { DueContext } from './due.ts';

/**
 * Opens what should be open by now: for each month and manager one transaction with the cycle, its sheets and the desk card. Killed at
 * any moment, the next run goes on with the managers that are left.
 */
export async function openDueCycles(ctx: DueContext): Promise<void> {
  const { db, today, notices } = ctx;
  for (const month of monthsToOpen(await lastOpenedMonth(db), today, notices)) {
    if (await isLocked(db, month)) continue;
    const byScheme = new Map<string, SheetCriterion[]>();
    const byManager = new Map<number, { personId: number; scheme: string; criteria: SheetCriterion[] }[]>();
    for (const { personId, managerId, scheme } of await withoutSheet(db, month)) {
      if (!byScheme.has(scheme)) byScheme.set(scheme, await criteriaFor(db, scheme, month));
      const criteria = byScheme.get(scheme)!;
      if (criteria.length === 0) continue;
      byManager.set(managerId, [...(byManager.get(managerId) ?? []), { personId, scheme, criteria }]);
    }
    for (const [managerId, people] of byManager)
      await db.transaction((tx) => openOne({ ...ctx, db: tx }, month, managerId, people));
  }
}

async function openOne(
  ctx: DueContext,
  month: Month,
  managerId: number,
  people: { personId: number; scheme: string; criteria: SheetCriterion[] }[],
): Promise<void> {
  const { db: tx, now } = ctx;
  const manager = (await personById(tx, managerId))!;
  const isNew = await addCycle(tx, { month, managerId, department: manager.department }, now);
  const added = await addSheets(
    tx,
    people.map((each) => ({ month, managerId, ...each })),
    now,
  );
  if (added === 0) return;
  if (!isNew) await reopenCycle(tx, month, managerId);
  await recordAudit(tx, {
    at: now,
    actor: 'schedule',
    via: 'schedule',
    command: 'appraise',
    subject: `cycle:${month}:${managerId}`,
    outcome: 'done',
    after: { sheets: added },
  });
  await sendDesks(
    ctx,
    month,
    managerId,
    isNew ? 'opened' : `extended:${people.map(({ personId }) => personId).join(',')}`,
  );
}

/** The desk card to everybody who is asked for this manager's people today: the manager, or whoever stands in. */
export async function sendDesks(ctx: DueContext, month: Month, managerId: number, occasion: string): Promise<void> {
  const { db: tx, today, notices, zone, now } = ctx;
  const loaded = await loadSheets(tx, await sheetsOf(tx, month, { managerIds: [managerId] }), today, notices);
  const stewards = new Map<number, Person>(loaded.map(({ steward }) => [steward.id, steward]));
  for (const steward of stewards.values()) {
    const manager = loaded[0]!.manager;
    const news =
      steward.id === managerId
        ? say('月度考核开始了，请给下属打分。', 'The monthly appraisal is open; please score your people.')
        : say(`${manager.name} 现在不在，请你代为打分。`, `${manager.name} is away; please score in their place.`);
    const card = await deskCardFor(tx, steward, month, { today, zone, notices }, { news });
    if (card)
      await tell(
        tx,
        {
          to: { person: steward.openId },
          content: { type: 'card', card, subject: `desk:${month}:${steward.id}` },
          key: `desk:${month}:${managerId}:${steward.id}:${occasion}`,
        },
        now,
      );
  }
}

/** Sheets without a score follow the reporting line: the new manager gets the desk, the old one is told. */
export async function reassignChanged(ctx: DueContext, month: Month, loaded: readonly LoadedSheet[]): Promise<boolean> {
  const { db, today, now } = ctx;
  const all = loaded.filter(
    ({ sheet, state, person }) =>
      state.phase === 'open' && person.managerId !== null && person.managerId !== sheet.managerId,
  );
  for (const managerId of new Set(all.map(({ sheet }) => sheet.managerId))) {
    const moved = all.filter(({ sheet }) => sheet.managerId === managerId);
    for (const newManagerId of new Set(moved.map(({ person }) => person.managerId!)))
      await db.transaction(async (tx) => {
        const names: string[] = [];
        for (const { person } of moved.filter((each) => each.person.managerId === newManagerId))
          if (await reassignOne(tx, person, month, managerId, newManagerId, ctx)) names.push(person.name);
        if (names.length === 0) return;
        const newManager = (await personById(tx, newManagerId))!;
        await addCycle(tx, { month, managerId: newManagerId, department: newManager.department }, now);
        await reopenCycle(tx, month, newManagerId);
        await sendDesks({ ...ctx, db: tx }, month, newManagerId, `reassigned:${today}:${names.length}`);
        const old = await personById(tx, managerId);
        if (old && old.leftOn === null)
          await tell(
            tx,
            {
              to: { person: old.openId },
              content: {
                type: 'card',
                card: reminderCard({
                  month,
                  tone: 'blue',
                  said: say(
                    `上级关系变了，下面的人改由 ${newManager.name} 打分：`,
                    `The reporting line changed; these are scored by ${newManager.name} now:`,
                  ),
                  names,
                  action: { label: say('打开工作台', 'Open my desk'), action: does('appraise', { month }) },
                }),
              },
            },
            now,
          );
      });
  }
  return all.length > 0;
}

async function reassignOne(
  tx: Db,
  person: Person,
  month: Month,
  from: number,
  to: number,
  { now, today }: DueContext,
): Promise<boolean> {
  const found = await lockSheet(tx, person.id, month);
  // looked at again under the lock: somebody may have scored, or another instance moved it
  if (!found || found.sheet.managerId !== from || stateOfSheet(found.steps).phase !== 'open') return false;
  await reassign(tx, found.sheet.id, to);
  await appendStep(tx, {
    sheetId: found.sheet.id,
    kind: 'assigned',
    data: { from, to },
    by: null,
    day: today,
    at: now,
    eventId: 'schedule',
  });
  await recordAudit(tx, {
    at: now,
    actor: 'schedule',
    via: 'schedule',
    command: 'appraise',
    subject: `appraisal:${found.sheet.id}`,
    outcome: 'done',
    before: { manager: from },
    after: { manager: to },
  });
  return true;
}
