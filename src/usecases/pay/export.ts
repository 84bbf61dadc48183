import type { Db } from '#db/client';
import { draftsOf, findRun, settlementsOfMonth } from '#db/pay-runs';
import { openIdNames, peopleByIds } from '#db/people';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { describeRules, settingsFor, versionFor } from '#domain/pay/scheme';
import { readInputs, readResult } from '#domain/pay/stored';
import { say } from '#domain/text';
import { schemeByHash, schemesIn } from '../schemes.ts';
import { type ExportMonth, workbook } from './workbook.ts';

/**
 * A month as a workbook: the locked settlements, else the drafts of its run, marked as such.
 *
 * @throws UserError when the month has not been run
 */
export async function exportWorkbook(
  db: Db,
  month: Month,
  now: Date,
): Promise<{ name: string; bytes: Uint8Array; people: number; draft: boolean }> {
  const model = await exportModel(db, month, now);
  return {
    name: `工资_${month}${model.draft ? '_草稿' : ''}.xlsx`,
    bytes: await workbook(model),
    people: model.people.length,
    draft: model.draft,
  };
}

export async function exportModel(db: Db, month: Month, now: Date): Promise<ExportMonth> {
  const settled = await settlementsOfMonth(db, month);
  const run = await findRun(db, month);
  const draft = settled.length === 0;
  if (draft && (!run || !stateOf(run).has('drafted')))
    throw new UserError(
      'pay.no-run',
      say(`${month} 还没有核算，没有可以导出的。`, `${month} has not been run; there is nothing to export.`),
      say(`先核算：/工资 核算 ${month}`, `Run it first: /pay run ${month}`),
    );
  const rows = draft
    ? (await draftsOf(db, run!.id)).flatMap((row) =>
        row.result === null ? [] : [{ ...row, result: row.result, schemeHash: row.schemeHash! }],
      )
    : settled;
  const people = await peopleByIds(
    db,
    rows.map(({ personId }) => personId),
  );
  const exported = rows.map((row) => {
    const person = people.get(row.personId)!;
    return {
      employeeNo: person.employeeNo,
      name: readInputs(row.inputs).facts.person.name,
      department: person.department,
      settlement: readResult(row.result),
    };
  });
  const authors = exported.flatMap(({ settlement }) =>
    settlement.lines.flatMap(({ facts }) =>
      facts.flatMap(({ sources }) => sources.flatMap(({ author }) => author ?? [])),
    ),
  );
  return {
    month,
    draft,
    people: exported,
    rules: await rulesOf(db, month, [...new Set(rows.map(({ schemeHash }) => schemeHash))], draft),
    names: await openIdNames(db, authors),
    madeAt: now.toISOString(),
  };
}

async function rulesOf(db: Db, month: Month, hashes: readonly string[], draft: boolean): Promise<ExportMonth['rules']> {
  const inForce = draft
    ? [...(await schemesIn(db, month)).values()].filter(({ hash }) => hashes.includes(hash))
    : (await Promise.all(hashes.map((hash) => schemeByHash(db, hash)))).filter((each) => each !== undefined);
  return inForce.flatMap(({ scheme }) => {
    const version = versionFor(scheme, month)!;
    return [
      ...describeRules(version, settingsFor(version)).map(({ rule, sentence }) => ({
        scheme: scheme.scheme,
        version: version.from,
        clause: rule.clause,
        label: rule.label.zh,
        sentence: sentence.zh,
        text: rule.text,
      })),
      ...version.clauses.map(({ clause, label, text }) => ({
        scheme: scheme.scheme,
        version: version.from,
        clause,
        label: label.zh,
        sentence: '',
        text,
      })),
    ];
  });
}
