import { createHash } from 'node:crypto';
import { builtInSchemeNames, builtInSchemeText, readScheme } from '#app/schemes';
import type { Db } from '#db/client';
import { adoptedTexts, schemeText } from '#db/pay-schemes';
import type { Month } from '#domain/calendar/dates';
import type { Scheme } from '#domain/pay/scheme';

/** A scheme as its text says, with the text's own name: the SHA-256 of its bytes. */
export interface SchemeInForce {
  scheme: Scheme;
  hash: string;
  text: string;
}

export const hashOfScheme = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Texts never change under their hash, so that reading one twice would be a waste. */
const parsed = new Map<string, Scheme>();
const KEPT = 200;

/** Throws SchemeError for a text that is no scheme. */
export function schemeFromText(text: string): SchemeInForce {
  const hash = hashOfScheme(text);
  let scheme = parsed.get(hash);
  if (!scheme) {
    scheme = readScheme(text);
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(hash, scheme);
  }
  return { scheme, hash, text };
}

const builtIn = new Map<string, SchemeInForce>();

function builtInSchemes(): Map<string, SchemeInForce> {
  if (builtIn.size === 0)
    for (const name of builtInSchemeNames()) builtIn.set(name, schemeFromText(builtInSchemeText(name)!));
  return builtIn;
}

/** G4. Every scheme in the text that rules in a month: what two people adopted, else what ships with the bot. */
export async function schemesIn(db: Db, month: Month): Promise<Map<string, SchemeInForce>> {
  const adopted = await adoptedTexts(db, month);
  return new Map([
    ...builtInSchemes(),
    ...adopted.map(({ scheme, text }): [string, SchemeInForce] => [scheme, schemeFromText(text)]),
  ]);
}

/** The scheme that a locked settlement was computed by. */
export async function schemeByHash(db: Db, hash: string): Promise<SchemeInForce | undefined> {
  const text = await schemeText(db, hash);
  return text === undefined ? undefined : schemeFromText(text);
}
