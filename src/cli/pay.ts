import { writeFile } from 'node:fs/promises';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { settlementOf, settlementsOfMonth } from '#db/pay-runs';
import { schemeText } from '#db/pay-schemes';
import { peopleNamed } from '#db/people';
import { isMonth } from '#domain/calendar/dates';
import { formatYuan, sumFen } from '#domain/money';
import { prettyCanonicalJson } from '#domain/pay/canonical-json';
import { allWarnings, type Settlement } from '#domain/pay/settle';
import { readResult } from '#domain/pay/stored';
import { collectFacts, peopleToPay } from '#usecases/facts/collect';
import { compute } from '#usecases/pay/compute';
import { exportWorkbook } from '#usecases/pay/export';
import { type Io, settlementJson } from './compute.ts';
import { withDatabase } from './database.ts';

type Env = Record<string, string | undefined>;
const BATCH = 500;

/**
 * `settle MONTH [--json]`: everybody of a month. A locked month is shown as it was locked, an open one computed from what is recorded now;
 * nothing is stored. Returns 1 when somebody cannot be settled.
 */
export async function settleCommand(args: string[], io: Io, env: Env): Promise<number> {
  const [month, ...rest] = args;
  const json = rest.includes('--json');
  if (!month || !isMonth(month) || rest.some((word) => word !== '--json')) {
    io.err('usage: npm run gendan -- settle 2026-11 [--json]');
    return 1;
  }
  return withDatabase(env, async (db, { timezone }) => {
    const { settled, problems, locked } = await settlementsFor(db, month, timezone);
    if (json) io.out(prettyCanonicalJson({ month, locked, settlements: settled.map(settlementJson), problems }));
    else {
      for (const settlement of settled) {
        io.out(`${settlement.person.name} ${settlement.month} ${formatYuan(settlement.totalFen)}`);
        for (const { clause, label, amountFen, formula } of settlement.lines)
          io.out(`  ${clause} ${label.zh} ${formatYuan(amountFen)}  ${formula.zh}`);
        for (const { level, text } of allWarnings(settlement)) io.out(`  [${level}] ${text.zh}`);
      }
      io.out(
        `${settled.length} 人，合计 ${formatYuan(sumFen(settled.map(({ totalFen }) => totalFen)))}${locked ? '，已锁定' : '，未锁定'}`,
      );
    }
    for (const problem of problems) io.err(problem);
    return problems.length === 0 ? 0 : 1;
  });
}

async function settlementsFor(
  db: Db,
  month: string,
  zone: string,
): Promise<{ settled: Settlement[]; problems: string[]; locked: boolean }> {
  const rows = await settlementsOfMonth(db, month);
  if (rows.length > 0) return { settled: rows.map(({ result }) => readResult(result)), problems: [], locked: true };
  const people = await peopleToPay(db, month);
  const settled: Settlement[] = [];
  const problems: string[] = [];
  for (let at = 0; at < people.length; at += BATCH)
    for (const collected of await collectFacts(db, month, people.slice(at, at + BATCH), { zone })) {
      const computed = compute(collected);
      if (computed.settlement) settled.push(computed.settlement);
      for (const { at: where, text } of computed.problems)
        problems.push(`${collected.person.name} ${month} ${text.zh}（${where}）`);
    }
  return { settled, problems, locked: false };
}

/** `export MONTH --out FILE.xlsx`: the workbook of a month with live formulas; recorded in the audit. */
export async function exportCommand(args: string[], io: Io, env: Env): Promise<number> {
  const [month, flag, file] = args;
  if (!month || !isMonth(month) || flag !== '--out' || !file || args.length > 3) {
    io.err('usage: npm run gendan -- export 2026-11 --out FILE.xlsx');
    return 1;
  }
  return withDatabase(env, async (db) => {
    const now = new Date();
    const { bytes, people, draft } = await exportWorkbook(db, month, now);
    await writeFile(file, bytes, { mode: 0o600 });
    await recordAudit(db, {
      at: now,
      actor: 'console',
      via: 'console',
      command: 'pay export',
      subject: `pay-run:${month}`,
      outcome: 'done',
      after: { people, draft, bytes: bytes.length },
    });
    io.out(`${people} people${draft ? ' (draft)' : ''} → ${file}`);
    return 0;
  });
}

/** `proof MONTH PERSON --out FILE.json`: a locked settlement with all that is needed to add it up again; see scripts/check-proof.mjs. */
export async function proofCommand(args: string[], io: Io, env: Env): Promise<number> {
  const [month, who, flag, file] = args;
  if (!month || !isMonth(month) || !who || flag !== '--out' || !file || args.length > 4) {
    io.err('usage: npm run gendan -- proof 2026-11 E1002 --out FILE.json');
    return 1;
  }
  return withDatabase(env, async (db) => {
    const found = await peopleNamed(db, who);
    const row = found.length === 1 ? await settlementOf(db, found[0]!.id, month) : undefined;
    const text = row && (await schemeText(db, row.schemeHash));
    if (!row || text === undefined) {
      io.err(`${who} has no locked settlement of ${month}`);
      return 1;
    }
    const { scheme, schemeHash, inputs, result, hash, lockedAt } = row;
    const proof = {
      format: 'gendan-proof-1',
      month,
      scheme: { name: scheme, hash: schemeHash, text },
      inputs,
      result,
      hash,
      lockedAt: lockedAt.toISOString(),
    };
    await writeFile(file, `${prettyCanonicalJson(proof)}\n`, { mode: 0o600 });
    await recordAudit(db, {
      at: new Date(),
      actor: 'console',
      via: 'console',
      command: 'pay proof',
      subject: `settlement:${row.id}`,
      outcome: 'done',
      after: { hash },
    });
    io.out(`→ ${file}; check it with: node scripts/check-proof.mjs ${file}`);
    return 0;
  });
}
