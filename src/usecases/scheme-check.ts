import type { Card } from '#cards/kit';
import { schemeCheckCard } from '#cards/scheme-cards';
import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { lintScheme } from '#domain/pay/lint';
import {
  describeRules,
  type Scheme,
  SchemeError,
  type SchemeVersion,
  settingsFor,
  versionFor,
} from '#domain/pay/scheme';
import { say } from '#domain/text';
import { type SchemeInForce, schemeFromText, schemesIn } from './schemes.ts';

/** The longest scheme that is read; the four of the documents have 3 to 7 KB. */
const LONGEST = 200_000;

/** @throws UserError with one line for each mistake */
export function readSchemeFile(text: string): SchemeInForce {
  if (text.length > LONGEST)
    throw new UserError(
      'scheme.too-long',
      say('方案文件太大了。', 'The scheme file is too large.'),
      say(
        `最多 ${LONGEST / 1000} 千字；把不同的方案分成几个文件。`,
        `At most ${LONGEST / 1000} thousand characters; put each scheme into a file of its own.`,
      ),
    );
  try {
    return schemeFromText(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SchemeError)) throw error;
    const lines = error.lines.slice(0, 20).join('\n');
    const more = error.lines.length > 20 ? `\n……还有 ${error.lines.length - 20} 处` : '';
    throw new UserError(
      'scheme.invalid',
      say(`方案不能用：\n${lines}${more}`, `The scheme cannot be used:\n${lines}${more}`),
      say('改好后再发一次。写法见 docs/schemes.md。', 'Correct it and send it again; docs/schemes.md shows how.'),
    );
  }
}

/** The card of a check: findings, and what differs from the scheme of the same name in force. */
export async function checkCard(db: Db, { scheme, hash }: SchemeInForce, month: Month, offer: boolean): Promise<Card> {
  const inForce = (await schemesIn(db, month)).get(scheme.scheme);
  return schemeCheckCard({
    scheme: scheme.scheme,
    name: scheme.name,
    findings: lintScheme(scheme, await noticesOf(db)),
    rules: scheme.versions.at(-1)!.lines.length,
    text: offer && inForce?.hash !== hash ? hash : undefined,
    changes: inForce && inForce.hash !== hash ? changesBetween(inForce.scheme, scheme, month) : [],
  });
}

/** What is different between two schemes in their newest versions, rule by rule, in words. */
export function changesBetween(before: Scheme, after: Scheme, month: Month): string[] {
  const newest = (scheme: Scheme): SchemeVersion => scheme.versions.at(-1)!;
  const [a, b] = [versionFor(before, month) ?? newest(before), newest(after)];
  const rules = (version: SchemeVersion) =>
    new Map(
      describeRules(version, settingsFor(version)).map(({ rule, sentence }) => [
        rule.clause,
        `${rule.label.zh}：${sentence.zh}`,
      ]),
    );
  const [old, now] = [rules(a), rules(b)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((clause) => {
    const [was, is] = [old.get(clause), now.get(clause)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${clause} ${is}`];
    return is === undefined ? [`− ${clause} ${was}`] : [`${clause} ${was} → ${is}`];
  });
}
