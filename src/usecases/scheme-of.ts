import { builtInScheme } from '#app/schemes';
import type { Db } from '#db/client';
import { type Terms, termsIn } from '#db/people';
import type { Month } from '#domain/calendar/dates';
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
