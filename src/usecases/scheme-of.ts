import { builtInScheme } from '#app/schemes';
import type { Db } from '#db/client';
import { type Terms, termsIn } from '#db/people';
import type { Month } from '#domain/calendar/dates';
import { findKind, type IncidentKind, incidentKinds } from '#domain/incident/kinds';
import { type Scheme, type SchemeVersion, versionFor } from '#domain/pay/scheme';
import { schemesIn } from './schemes.ts';

const read = new Map<string, Scheme | undefined>();

function schemeNamed(name: string): Scheme | undefined {
  const key = name.trim().toLowerCase();
  if (!read.has(key)) read.set(key, builtInScheme(key));
  return read.get(key);
}

/** The scheme, in the version of that month, that a person is under; `version` is absent when none is recorded or nobody knows it. */
export async function schemeOf(
  db: Db,
  personId: number,
  month: Month,
): Promise<{ terms: Terms | undefined; version: SchemeVersion | undefined }> {
  const terms = await termsIn(db, personId, month);
  const scheme = terms?.scheme
    ? (await schemesIn(db, month)).get(terms.scheme.trim().toLowerCase())?.scheme
    : undefined;
  return { terms, version: scheme && versionFor(scheme, month) };
}

/** A scheme's version in a month, by the scheme's name. */
export function schemeVersion(name: string, month: Month): SchemeVersion | undefined {
  const scheme = schemeNamed(name);
  return scheme && versionFor(scheme, month);
}

/** The kind that an incident was recorded under, by the rules of its own month. */
export function incidentKindOf({
  scheme,
  clause,
  date,
}: {
  scheme: string | null;
  clause: string;
  date: string;
}): IncidentKind | undefined {
  const version = scheme ? schemeVersion(scheme, date.slice(0, 7)) : undefined;
  return findKind(incidentKinds(version?.lines ?? []), clause);
}
