import { findSheet } from '#db/appraisals';
import type { Db } from '#db/client';
import { hoursOf } from '#db/hours';
import { listIncidents } from '#db/incidents';
import { isLocked } from '#db/locked-months';
import { peopleByIds } from '#db/people';
import { pointsText } from '#domain/appraisal/score';
import { isFinal, type Phase, type Step, stateOfSheet } from '#domain/appraisal/sheet';
import { firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import { type Incident, stateOf } from '#domain/incident/incident';
import { yuanText } from '#domain/money';
import type { FactsInput } from '#domain/pay/facts';
import { incidentKindsOf } from './scheme-of.ts';

/** What this room knows of a person's month, in the form that the pay engine reads, each fact with message, author and time. */
export interface PersonMonth {
  facts: Pick<FactsInput, 'incidents' | 'faults' | 'hours' | 'nights' | 'flags' | 'appraisal' | 'kpi'>;
  /** Open disputes: the month cannot be approved while there are any. */
  openDisputes: number;
  appraisal:
    | { phase: Phase; scoreTenths: number | undefined; final: boolean; approved: boolean; wasUnanswered: boolean }
    | undefined;
  locked: boolean;
}

interface Said {
  messageId: string | null;
  by: number | null;
  saidAt: Date;
}

/** Incidents that cost something count in their own month or, recorded late, in the next open one; faults are the year's so far. */
export async function personMonth(db: Db, personId: number, month: Month): Promise<PersonMonth> {
  const incidents = await listIncidents(db, { personIds: [personId], month }, 5000);
  const year = await listIncidents(
    db,
    { personIds: [personId], from: firstDayOf(`${month.slice(0, 4)}-01`), to: lastDayOf(month) },
    5000,
  );
  const hours = await hoursOf(db, personId, month);
  const found = await findSheet(db, personId, month);
  const state = found && stateOfSheet(found.steps);
  const lastScores = found?.steps.findLast(({ kind }) => kind === 'scored' || kind === 'changed');
  const people = await peopleByIds(
    db,
    [...incidents, ...year, ...hours.values(), ...(found?.steps ?? [])].flatMap(({ by }) => by ?? []),
  );
  const source = ({ messageId, by, saidAt }: Said) => ({
    ...(messageId !== null && { messageId }),
    ...(by !== null && people.has(by) && { author: people.get(by)!.name }),
    at: saidAt.toISOString(),
  });
  const kinds = await incidentKindsOf(db, [...incidents, ...year]);
  const chargedBy = (incident: Incident) => kinds.get(incident)?.charge.by ?? 'none';
  const common = (incident: Incident) => ({
    id: `${incident.id}`,
    clause: incident.clause,
    date: incident.date,
    ...(incident.orderNo !== null && { order: incident.orderNo }),
    reason: incident.note,
    status: stateOf(incident),
    source: source(incident),
  });
  const charged = incidents.filter((incident) => !['none', 'fault'].includes(chargedBy(incident)));
  const faults = year.filter((incident) => chargedBy(incident) === 'fault');
  return {
    facts: {
      incidents: charged.map((incident) => ({
        ...common(incident),
        ...(incident.lossFen !== null && { loss: yuanText(incident.lossFen) }),
        ...(incident.amountFen !== null && { amount: yuanText(incident.amountFen) }),
      })),
      faults: faults.map((fault) => ({
        ...common(fault),
        ...(fault.declaration !== null && { declaration: fault.declaration }),
      })),
      ...hourFacts(hours, source),
      ...(found && state?.scores && lastScores && scoreFacts(found.sheet.scheme, state, lastScores, source)),
    },
    openDisputes:
      [...new Map([...charged, ...faults].map((each) => [each.id, each])).values()].filter(
        (each) => stateOf(each) === 'disputed',
      ).length + (state?.phase === 'objected' ? 1 : 0),
    appraisal: state && {
      phase: state.phase,
      scoreTenths: state.scores?.total,
      final: isFinal(state),
      approved: state.approved !== undefined,
      wasUnanswered: state.wasUnanswered,
    },
    locked: await isLocked(db, month),
  };
}

function hourFacts(
  hours: Awaited<ReturnType<typeof hoursOf>>,
  source: (said: Said) => { messageId?: string; author?: string; at: string },
): Pick<FactsInput, 'hours' | 'nights' | 'flags'> {
  const value = (field: 'required' | 'attended' | 'overtime' | 'overtimeRestDay' | 'overtimeHoliday' | 'nights') => {
    const entry = hours.get(field);
    return entry && { value: entry.value, source: source(entry) };
  };
  const flag = (field: 'compliance' | 'conduct') => {
    const entry = hours.get(field);
    return (
      entry && { met: entry.value === 'yes', ...(entry.reason && { reason: entry.reason }), source: source(entry) }
    );
  };
  const present = <T extends object>(all: T) =>
    Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)) as {
      [K in keyof T]?: Exclude<T[K], undefined>;
    };
  const nights = value('nights');
  return {
    hours: present({
      required: value('required'),
      attended: value('attended'),
      overtime: value('overtime'),
      overtimeRestDay: value('overtimeRestDay'),
      overtimeHoliday: value('overtimeHoliday'),
    }),
    ...(nights && { nights }),
    flags: present({ compliance: flag('compliance'), conduct: flag('conduct') }),
  };
}

const payState: Record<Phase, 'confirmed' | 'unanswered' | 'disputed' | 'reconfirmed' | 'draft'> = {
  open: 'draft',
  scored: 'draft',
  confirmed: 'confirmed',
  objected: 'disputed',
  reconfirmed: 'reconfirmed',
  unanswered: 'unanswered',
};

function scoreFacts(
  scheme: string,
  { phase, scores }: ReturnType<typeof stateOfSheet>,
  step: Step,
  source: (said: Said) => { messageId?: string; author?: string; at: string },
): Pick<FactsInput, 'appraisal' | 'kpi'> {
  const from = source({ messageId: step.messageId, by: step.by, saidAt: step.at });
  return {
    appraisal: { score: pointsText(scores!.total), state: payState[phase], source: from },
    ...(scheme.toLowerCase() === 'kpi' && {
      kpi: scores!.results.map(({ clause, score, done, due, overruled, reason }) => ({
        criterion: clause,
        ...(done !== undefined && due !== undefined && { done, due }),
        ...(overruled
          ? { overruled: { score: pointsText(score!), reason: reason ?? '' } }
          : score !== undefined && { score: pointsText(score) }),
        source: from,
      })),
    }),
  };
}
