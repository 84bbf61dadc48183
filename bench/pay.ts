import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import FormulaParser from 'fast-formula-parser';
import type { Db } from '#db/client';
import { rowsOf } from '#db/rows';
import { parseFacts } from '#domain/pay/facts';
import { settle, spreadsheetFormula } from '#domain/pay/settle';
import type { Person } from '#domain/people/person';
import { collectFacts, peopleToPay } from '#usecases/facts/collect';
import { buildProgram } from '../scripts/build.mjs';
import { interleaved, median } from './measure.ts';
import { one, type Part, table, whole } from './part.ts';
import type { SettledMonth } from './pay-child.ts';
import { MONTH, seedPay } from './pay-seed.ts';

/** Rounds of the month in a process of their own, see `pay-child.ts`. */
async function settleMonth(url: string, by: Person, rounds: number): Promise<SettledMonth[]> {
  const args = [
    join(buildProgram({ 'pay-child': 'bench/pay-child.ts' }), 'pay-child.mjs'),
    url,
    by.openId,
    `${rounds}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

/** As a bare loop would do it: the same facts read and stored by hand, and the fourteen rules' arithmetic with machine numbers. */
async function bareLoop(db: Db): Promise<number> {
  const started = performance.now();
  const read = async (query: ReturnType<typeof sql>) => rowsOf<Record<string, string>>(await db.execute(query));
  const hours = await read(sql`select person_id, field, value from hours_entries where month = ${MONTH}`);
  const facts = await read(sql`select person_id, key, value from pay_facts where month = ${MONTH}`);
  const incidents = await read(sql`select person_id, amount_fen from incidents where month = ${MONTH}`);
  const people = new Map<string, Record<string, number>>();
  const of = (id: string) => people.get(id) ?? people.set(id, {}).get(id)!;
  for (const { person_id, field, value } of hours) of(person_id!)[field!] = Number(value);
  for (const { person_id, key, value } of facts) of(person_id!)[key!] = Number(value);
  for (const { person_id, amount_fen } of incidents) of(person_id!).fine = Number(amount_fen);
  const rows = [...people].map(([id, own]) => {
    const { processingFee = 0, required = 0, attended = 0, overtime = 0, nights = 0, fine = 0 } = own;
    const lines = [
      70_000,
      Math.round(processingFee * 0.5),
      (own['sample.衬衫'] ?? 0) * 1_250,
      -(required - attended) * 200,
      overtime * 200,
      fine < 20_000 ? Math.round((25_000 * attended) / (required || 1)) : 0,
      nights * 1_500,
      -fine,
    ];
    return { id, total: lines.reduce((sum, line) => sum + line, 0), lines };
  });
  await db.execute(sql`create table if not exists bare (id bigint, total bigint, lines text)`);
  await db.execute(
    sql`insert into bare select id, total, lines from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, total bigint, lines text)`,
  );
  return (rows.length * 1_000) / (performance.now() - started);
}

/**
 * The same months recalculated by a spreadsheet engine: every line is its live formula, every fact a cell. Reading and storing are left
 * out on both sides; ours still writes its reasons in two languages.
 */
async function againstSheet(db: Db): Promise<{ ours: number; sheet: number }> {
  const people = (await peopleToPay(db, MONTH)).slice(0, 500);
  const collected = await collectFacts(db, MONTH, people, { zone: 'Asia/Shanghai' });
  const months = collected.map(({ inputs, person }) => ({ facts: parseFacts(inputs.facts), version: person.version! }));
  const sheets = months.map(({ facts, version }) => {
    const { lines } = settle(facts, version);
    const cells = new Map<string, number>();
    for (const { facts: used } of lines)
      for (const { path, value } of used) cells.set(path, Number(value.replace(/,/g, '')));
    const rowOf = new Map([...cells.keys()].map((path, at) => [path, at + 1]));
    const lineOf = new Map(lines.map(({ id }, at) => [`line:${id}`, at + 1]));
    const formulas = lines.map((line) =>
      spreadsheetFormula(line, (path) => (rowOf.has(path) ? `A${rowOf.get(path)}` : `B${lineOf.get(path) ?? 1}`)),
    );
    return { values: [...cells.values()], formulas };
  });
  const recalculate = () => {
    for (const { values, formulas } of sheets) {
      const amounts: number[] = [];
      const parser = new FormulaParser({
        // the engine has no MAX and MIN of its own
        functions: {
          MAX: (...all) => Math.max(...all.map(({ value }) => value)),
          MIN: (...all) => Math.min(...all.map(({ value }) => value)),
        },
        onCell: ({ row, col }: { row: number; col: number }) => (col === 1 ? values[row - 1] : amounts[row - 1]) ?? 0,
      });
      for (const formula of formulas)
        amounts.push(parser.parse(formula, { row: amounts.length + 1, col: 2, sheet: 'S' }) as number);
    }
  };
  const compute = () => {
    for (const { facts, version } of months) settle(facts, version);
  };
  // warm, as an engine is that has settled its first thousands
  for (let round = 0; round < 20; round++) compute();
  const times = await interleaved({ ours: async () => compute(), sheet: async () => recalculate() }, 5);
  const rate = (all: number[]) => (months.length * 1_000) / median(all);
  return { ours: rate(times.ours), sheet: rate(times.sheet) };
}

const SIZES = [1_000, 10_000, 100_000];
/** Rounds of each size: the first of a process pays for its start, as the one of a month does in production. */
const ROUNDS = [3, 3, 1];
/** Half of what running it gave, so that a busy machine breaks nothing and a slip by a factor does. */
const LEAST_OF_SHEET = 25;
const LEAST_OF_LOOP = 0.02;
const MOST_GROWTH = 1.5;
const MOST_MB = 600;

export const payPart: Part = {
  name: 'pay',
  title: 'Settling a month',
  async run({ postgres, say }) {
    const { db, url, close } = await postgres('bench_pay');
    const rows: string[][] = [];
    const rates: number[] = [];
    const peaks: number[] = [];
    let ofLoop = 0;
    let sheet = { ours: 0, sheet: 0 };
    for (const [at, people] of SIZES.entries()) {
      say(`settling ${whole(people)} people`);
      const by = await seedPay(db, people);
      const rounds = await settleMonth(url, by, ROUNDS[at]!);
      const bare = [await bareLoop(db), await bareLoop(db), await bareLoop(db)];
      if (rounds.some((round) => round.people !== people)) throw new Error(`not everybody of ${people} was settled`);
      const perSecond = median(rounds.map(({ seconds }) => people / seconds));
      const peak = Math.max(...rounds.map(({ peakMb }) => peakMb));
      rates.push(perSecond);
      peaks.push(peak);
      if (people === 10_000) {
        ofLoop = perSecond / median(bare);
        sheet = await againstSheet(db);
      }
      rows.push([
        ...[whole(people), whole(perSecond), (perSecond / median(bare)).toFixed(3)],
        ...[`${whole(peak)} MB`, `${whole(rounds[0]!.beforeMb)} MB`],
      ]);
    }
    await close();
    const growth = rates[0]! / rates[2]!;
    const ofSheet = sheet.ours / sheet.sheet;
    return {
      lines: [
        ...table(
          [
            'people, 14 rules each, PostgreSQL, in a process of its own',
            'a second (aim: 5,000)',
            'of a bare loop',
            'most memory of the process (aim: 600 MB)',
            'of it before',
          ],
          rows,
        ),
        '',
        ...table(
          ['', ''],
          [
            [
              `growth of the time a person from ${whole(SIZES[0]!)} to ${whole(SIZES.at(-1)!)} people (aim: ≤ 1.1)`,
              growth.toFixed(2),
            ],
            ['months computed in memory, a second', whole(sheet.ours)],
            [
              'the same months recalculated by a spreadsheet engine (fast-formula-parser), a second',
              whole(sheet.sheet),
            ],
            ['ratio (aim: ≥ 50)', one(ofSheet)],
          ],
        ),
      ],
      broken: [
        ...(growth > MOST_GROWTH
          ? [`a person of 100,000 costs ${growth.toFixed(2)} × one of 1,000, at most ${MOST_GROWTH}`]
          : []),
        ...(ofSheet < LEAST_OF_SHEET
          ? [`settling: ${one(ofSheet)} × a spreadsheet engine, at least ${LEAST_OF_SHEET}`]
          : []),
        ...(ofLoop < LEAST_OF_LOOP ? [`settling: ${ofLoop.toFixed(3)} of a bare loop, at least ${LEAST_OF_LOOP}`] : []),
        ...(peaks.at(-1)! > MOST_MB ? [`settling 100,000 takes ${whole(peaks.at(-1)!)} MB, at most ${MOST_MB}`] : []),
      ],
    };
  },
};
