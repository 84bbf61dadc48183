import { deskCard } from '#cards/appraisal-desk-card';
import { resultCard } from '#cards/appraisal-result-card';
import type { StatisticsRow } from '#cards/appraisal-statistics-card';
import type { Card } from '#cards/kit';
import { absencesFrom, draftsBy, sheetsOf } from '#db/appraisals';
import type { Db } from '#db/client';
import { peopleByIds } from '#db/people';
import { deputizedBy, reportsOf } from '#db/reporting-line';
import { datesOf } from '#domain/appraisal/cycle';
import { type CriterionEvidence, evidenceFor, type MonthEvidence } from '#domain/appraisal/evidence';
import { refusal } from '#domain/appraisal/sheet';
import type { IsoDate, Month } from '#domain/calendar/dates';
import { confirmBy } from '#domain/calendar/deadlines';
import type { Notices } from '#domain/calendar/notice';
import type { Person } from '#domain/people/person';
import type { Text } from '#domain/text';
import { inLocale } from '#domain/text';
import { canScore, type LoadedSheet, loadSheets, monthEvidence } from './appraisal-sheets.ts';

export interface Day {
  today: IsoDate;
  zone: string;
  notices: Notices;
}

/** Everybody whom a person scores today: the own people, those of managers whose deputy one is, and what was handed over. */
export async function deskOf(db: Db, actor: Person, month: Month, { today, notices }: Day): Promise<LoadedSheet[]> {
  const stoodInFor = (await absencesFrom(db, today)).filter(({ deputyId }) => deputyId === actor.id);
  const managers = [
    actor.id,
    ...(await deputizedBy(db, actor.id)).map(({ id }) => id),
    ...(await reportsOf(db, [actor.id])).map(({ id }) => id),
    ...stoodInFor.map(({ personId }) => personId),
  ];
  const found = await sheetsOf(db, month, { managerIds: [...new Set(managers)] });
  return (await loadSheets(db, found, today, notices)).filter((loaded) => canScore(actor, loaded));
}

/** The desk card of a person, or undefined when there is nobody to score in that month. */
export async function deskCardFor(
  db: Db,
  actor: Person,
  month: Month,
  day: Day,
  { page = 1, news }: { page?: number; news?: Text } = {},
): Promise<Card | undefined> {
  const desk = await deskOf(db, actor, month, day);
  if (desk.length === 0) return undefined;
  const drafts = await draftsBy(
    db,
    actor.id,
    desk.map(({ sheet }) => sheet.id),
  );
  // whoever waits comes first
  const urgency = { open: 0, objected: 1, scored: 2, unanswered: 3, confirmed: 4, reconfirmed: 4 } as const;
  const sorted = [...desk].sort((a, b) => urgency[a.state.phase] - urgency[b.state.phase] || a.person.id - b.person.id);
  const next = sorted.find(({ state }) => state.phase === 'open');
  const { score } = datesOf(month, day.notices);
  return deskCard({
    month,
    rows: sorted.map(({ sheet, state, person, manager }) => ({
      openId: person.openId,
      name: person.name,
      phase: state.phase,
      approved: state.approved !== undefined,
      total: state.scores?.total,
      hasDraft: drafts.has(sheet.id),
      ...(manager.id !== actor.id && { standsInFor: manager.name }),
    })),
    page,
    due: score,
    ...(next && { next: { openId: next.person.openId, name: next.person.name } }),
    ...(news !== undefined && { news }),
  });
}

/** The evidence of each criterion, by clause. */
export function evidenceOf({ sheet }: LoadedSheet, evidence: MonthEvidence): Map<string, CriterionEvidence> {
  return new Map(sheet.criteria.map((criterion) => [criterion.clause, evidenceFor(criterion, evidence)]));
}

/** The result's card, as one person may see and use it today. */
export async function resultCardFor(
  db: Db,
  loaded: LoadedSheet,
  viewer: Person,
  { zone, notices }: Day,
  news?: Text,
): Promise<Card> {
  const { sheet, state, person } = loaded;
  const facts = evidenceOf(loaded, await monthEvidence(db, person.id, sheet.month, zone));
  const unique = new Map(
    [...facts.values()].flatMap(({ lines }) => lines.map((line) => [inLocale(line, 'zh'), line] as const)),
  );
  const people = await peopleByIds(
    db,
    [state.scoredBy, state.answer?.by, state.approved?.by].filter((id) => id !== undefined && id !== null),
  );
  const isScorer = canScore(viewer, loaded);
  return resultCard({
    person,
    month: sheet.month,
    criteria: sheet.criteria,
    state,
    facts: [...unique.values()].slice(0, 12),
    names: new Map([...people].map(([id, { name }]) => [id, name])),
    answerBy: state.scoredOn === undefined ? undefined : confirmBy(sheet.month, state.scoredOn, notices),
    may: {
      answer: viewer.id === person.id && refusal(state, 'confirm') === undefined,
      decide: isScorer && refusal(state, 'decide') === undefined,
      rescore: isScorer && state.phase === 'scored' && refusal(state, 'score') === undefined,
    },
    ...(news !== undefined && { news }),
  });
}

export const statisticsRows = (loaded: readonly LoadedSheet[]): StatisticsRow[] =>
  loaded.map(({ state, person, manager }) => ({
    name: person.name,
    department: person.department ?? '',
    manager: manager.name,
    total: state.scores?.total,
    phase: state.phase,
    approved: state.approved !== undefined,
  }));
