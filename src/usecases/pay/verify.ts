import type { Db } from '#db/client';
import { correctionsOf, postingSums, type SettlementRow, settlementsAfter } from '#db/pay-runs';
import { versionFor } from '#domain/pay/scheme';
import { settle } from '#domain/pay/settle';
import { type Inputs, readInputs, readResult, resultText, settledValue } from '#domain/pay/stored';
import { hashOfScheme, schemeByHash } from '../schemes.ts';
import { optionsOf, readFacts, sha256, versionOf } from './compute.ts';

const PAGE = 500;

/**
 * Computes every locked settlement again from what was kept with it, and compares the bytes; the same for corrections. Postings must add
 * up to 0.
 *
 * @returns what does not fit, one line each; empty when all is well
 */
export async function verifyPay(db: Db): Promise<string[]> {
  const problems: string[] = [];
  let last = 0;
  for (;;) {
    const rows = await settlementsAfter(db, last, PAGE);
    if (rows.length === 0) break;
    last = rows.at(-1)!.id;
    const corrections = await correctionsOf(
      db,
      rows.map(({ id }) => id),
    );
    for (const row of rows) {
      const own = corrections.filter(({ settlementId }) => settlementId === row.id).sort((a, b) => a.seq - b.seq);
      problems.push(...(await verifyOne(db, row, own)));
    }
  }
  for (const { runId, sum } of await postingSums(db))
    if (sum !== 0n) problems.push(`the postings of run ${runId} do not add up to 0`);
  return problems;
}

async function verifyOne(
  db: Db,
  row: SettlementRow,
  corrections: Awaited<ReturnType<typeof correctionsOf>>,
): Promise<string[]> {
  const inputs = readInputs(row.inputs);
  const name = `${inputs.facts.person.name} ${row.month}`;
  const inForce = await schemeByHash(db, row.schemeHash);
  if (!inForce) return [`${name}: the text of its scheme is missing`];
  if (hashOfScheme(inForce.text) !== row.schemeHash) return [`${name}: the text of its scheme was changed`];
  const again = (of: Inputs): string => {
    const read = readFacts(of);
    if ('problems' in read) return read.problems.map(({ text }) => text.zh).join('; ');
    const version = versionFor(inForce.scheme, row.month);
    return version ? resultText(settle(read.facts, versionOf(version, row.kind), optionsOf(of))) : 'no version';
  };
  const problems: string[] = [];
  if (again(inputs) !== row.result) problems.push(`${name}: computing it again gives another result`);
  const result = readResult(row.result);
  if (result.totalFen !== row.totalFen) problems.push(`${name}: its total is not that of its lines`);
  if (sha256(row.inputs, row.schemeHash, row.result) !== row.hash) problems.push(`${name}: it does not match its hash`);
  let before = settledValue(result);
  for (const correction of corrections) {
    const corrected = readInputs(correction.inputs);
    if (again(corrected) !== correction.result)
      problems.push(`${name}: computing correction ${correction.seq} again gives another result`);
    const after = settledValue(readResult(correction.result));
    if (after.amountFen - before.amountFen !== correction.amountFen)
      problems.push(`${name}: correction ${correction.seq} is not the difference`);
    before = after;
  }
  return problems;
}
