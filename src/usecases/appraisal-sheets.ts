import { absencesFrom, ownTemplate, type SheetWithSteps } from '#db/appraisals';
import type { Db } from '#db/client';
import { orderEvidence, recordEvidence } from '#db/evidence';
import { hoursOf } from '#db/hours';
import { listIncidents } from '#db/incidents';
import { peopleByIds } from '#db/people';
import { type SheetCriterion, sheetCriteria } from '#domain/appraisal/criteria';
import { handedOver } from '#domain/appraisal/cycle';
import type { MonthEvidence } from '#domain/appraisal/evidence';
import { type Sheet, type SheetState, type Step, stateOfSheet } from '#domain/appraisal/sheet';
import { absenceOn, type Line, mayScore, stewardOf } from '#domain/appraisal/steward';
import type { IsoDate, Month } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import { stateOf } from '#domain/incident/incident';
import type { Person } from '#domain/people/person';
import { incidentKindsOf, schemeVersion } from './scheme-of.ts';

/** A sheet with everything that decides who may do what with it today. */
export interface LoadedSheet {
  sheet: Sheet;
  steps: Step[];
  state: SheetState;
  person: Person;
  manager: Person;
  line: Line;
  handedOver: boolean;
  /** Who is asked for it today. */
  steward: Person;
}

/** Brings sheets together with the people around them, in a fixed number of queries. */
export async function loadSheets(
  db: Db,
  found: SheetWithSteps[],
  today: IsoDate,
  notices: Notices,
): Promise<LoadedSheet[]> {
  if (found.length === 0) return [];
  const away = await absencesFrom(db, today);
  const people = await peopleByIds(
    db,
    found.flatMap(({ sheet }) => [sheet.personId, sheet.managerId]),
  );
  const others = [...people.values()].flatMap(({ managerId, deputyId }) => [managerId, deputyId]);
  const more = await peopleByIds(
    db,
    [...others, ...away.map(({ deputyId }) => deputyId)].filter((id) => id !== null),
  );
  const known = (id: number | null): Person | undefined => (id === null ? undefined : (people.get(id) ?? more.get(id)));
  const present = (id: number | null): number | null => {
    const person = known(id);
    return person && !hasLeft(person, today) ? person.id : null;
  };
  return found.map(({ sheet, steps }) => {
    const state = stateOfSheet(steps);
    const manager = known(sheet.managerId)!;
    const absence = absenceOn(away, manager.id, today);
    const line: Line = {
      personId: sheet.personId,
      managerId: manager.id,
      deputyId: present(absence?.deputyId ?? manager.deputyId),
      aboveId: present(manager.managerId),
      away: absence !== undefined || hasLeft(manager, today),
    };
    const isHandedOver = handedOver(
      sheet.month,
      { phase: state.phase, objectedOn: state.objection?.on },
      today,
      notices,
    );
    return {
      sheet,
      steps,
      state,
      person: known(sheet.personId)!,
      manager,
      line,
      handedOver: isHandedOver,
      steward: known(stewardOf(line, isHandedOver))!,
    };
  });
}

const hasLeft = ({ leftOn }: Person, today: IsoDate): boolean => leftOn !== null && leftOn < today;

export const canScore = (actor: Person, { line, handedOver: over }: LoadedSheet): boolean =>
  mayScore(actor.id, line, over);

/** What the records say about a person's month, for the manager who scores it. */
export async function monthEvidence(db: Db, personId: number, month: Month, zone: string): Promise<MonthEvidence> {
  const orders = await orderEvidence(db, personId, month, zone);
  const incidents = await listIncidents(db, { personIds: [personId], month });
  const kinds = await incidentKindsOf(db, incidents);
  const hours = await hoursOf(db, personId, month);
  const flag = (field: 'conduct' | 'compliance') => {
    const entry = hours.get(field);
    return entry && { [field]: { met: entry.value === 'yes', reason: entry.reason } };
  };
  const records = await recordEvidence(db, personId, month, zone);
  return {
    ...orders,
    ...records,
    incidents: incidents
      .filter((incident) => stateOf(incident) !== 'withdrawn')
      .map((incident) => {
        const kind = kinds.get(incident);
        return {
          date: incident.date,
          clause: incident.clause,
          label: kind?.label ?? { zh: '', en: '' },
          charged: kind !== undefined && kind.charge.by !== 'none',
          disputed: stateOf(incident) === 'disputed',
        };
      }),
    ...flag('conduct'),
    ...flag('compliance'),
  };
}

/** The criteria that count for a scheme in a month: the company's own, else the scheme's. Empty: nobody under it is scored. */
export async function criteriaFor(db: Db, scheme: string, month: Month): Promise<SheetCriterion[]> {
  const name = scheme.trim().toLowerCase();
  return (await ownTemplate(db, name, month)) ?? sheetCriteria((await schemeVersion(db, name, month))?.criteria ?? []);
}
