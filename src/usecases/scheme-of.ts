import type { Db } from '#db/client';
import { type Terms, termsIn } from '#db/people';
import type { Month } from '#domain/calendar/dates';
import { findKind, type IncidentKind, incidentKinds } from '#domain/incident/kinds';
import { type SchemeVersion, versionFor } from '#domain/pay/scheme';
import { schemesIn } from './schemes.ts';

/** The scheme, in the version of that month, that a person is under; `version` is absent when none is recorded or nobody knows it. */
export async function schemeOf(
  db: Db,
  personId: number,
  month: Month,
): Promise<{ terms: Terms | undefined; version: SchemeVersion | undefined }> {
  const terms = await termsIn(db, personId, month);
  return { terms, version: terms?.scheme ? await schemeVersion(db, terms.scheme, month) : undefined };
}

/** A scheme's version in a month, by the scheme's name: the text that two people adopted, else what ships with the bot. */
export async function schemeVersion(db: Db, name: string, month: Month): Promise<SchemeVersion | undefined> {
  const scheme = (await schemesIn(db, month)).get(name.trim().toLowerCase())?.scheme;
  return scheme && versionFor(scheme, month);
}

interface Recorded {
  scheme: string | null;
  clause: string;
  date: string;
}

/** The kinds that incidents were recorded under, each by the rules of its own month: one look at the schemes for each month. */
export async function incidentKindsOf<Incident extends Recorded>(
  db: Db,
  incidents: readonly Incident[],
): Promise<Map<Incident, IncidentKind | undefined>> {
  const schemes = new Map<Month, Awaited<ReturnType<typeof schemesIn>>>();
  const found = new Map<Incident, IncidentKind | undefined>();
  for (const incident of incidents) {
    const month = incident.date.slice(0, 7);
    if (incident.scheme && !schemes.has(month)) schemes.set(month, await schemesIn(db, month));
    const scheme = incident.scheme ? schemes.get(month)!.get(incident.scheme.trim().toLowerCase())?.scheme : undefined;
    const version = scheme && versionFor(scheme, month);
    found.set(incident, findKind(incidentKinds(version?.lines ?? []), incident.clause));
  }
  return found;
}
