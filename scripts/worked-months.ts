import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatYuan } from '../src/domain/money.ts';
import { parseFacts } from '../src/domain/pay/facts.ts';
import { versionFor } from '../src/domain/pay/scheme.ts';
import { carriedForward, settle } from '../src/domain/pay/settle.ts';
import { builtInScheme } from '../src/schemes.ts';
import { type Boundary, boundaries, type Overrides, plainMonths } from './worked-cases.ts';

/**
 * Writes `docs/worked-months.md`: for every clause of every scheme the month on both sides of each of its boundaries, as the engine really
 * settles it. A test runs the same functions, and fails when the page is not current or leaves out a clause.
 *
 *     npx tsx scripts/worked-months.ts
 */

export const pageFile = new URL('../docs/worked-months.md', import.meta.url);

function settledCase(scheme: string, overrides: Overrides) {
  const json = { ...plainMonths[scheme]!, ...overrides };
  return settle(parseFacts(json), versionFor(builtInScheme(scheme)!, json.month)!);
}

/** The amount of a clause, all its lines together; a dash when it has none. */
function amountIn({ lines }: ReturnType<typeof settledCase>, clause: string): string {
  const own = lines.filter((line) => line.clause === clause);
  return own.length === 0 ? '–' : formatYuan(own.reduce((sum, { amountFen }) => sum + amountFen, 0n));
}

function tableOf(scheme: string, { clauses, about, cases }: Boundary): string {
  const flagged = cases.map(([, overrides]) => settledCase(scheme, overrides));
  const rows = cases.map(([said], at) => {
    const month = flagged[at]!;
    const { carriedInFen, damagesBalanceFen } = carriedForward(month);
    const notes = [...month.lines.flatMap(({ warnings }) => warnings), ...month.warnings]
      .filter(({ code }) => code === 'YEAR-END-BONUS-LOST' || code === 'YEARLY-FAULT-LIMIT')
      .map(({ code }) => code);
    const carried = carriedInFen + damagesBalanceFen;
    return `| ${said} | ${clauses.map((clause) => amountIn(month, clause)).join(' | ')} | ${formatYuan(month.totalFen)} | ${[...new Set(notes), ...(carried > 0n ? [`${formatYuan(carried)} carried`] : [])].join(', ')} |`;
  });
  return [
    `### ${clauses.join(', ')}`,
    '',
    `${about[0]!.toUpperCase()}${about.slice(1)}.`,
    '',
    `| the month | ${clauses.join(' | ')} | total | |`,
    `| --- | ${clauses.map(() => '---:').join(' | ')} | ---: | --- |`,
    ...rows,
  ].join('\n');
}

/** The whole page. */
export function workedMonths(): string {
  const parts = Object.entries(boundaries).map(([scheme, own]) => {
    const { name } = builtInScheme(scheme)!;
    const plain = settledCase(scheme, {});
    const rows = plain.lines.map(
      ({ clause, label, amountFen, formula }) =>
        `| ${clause} | ${label.zh} ${label.en} | ${formatYuan(amountFen)} | ${formula.en} |`,
    );
    return [
      `## ${name.zh} / ${name.en}`,
      '',
      `The plain month ${plain.month}, from which each row below differs in what it says:`,
      '',
      '| clause | line | yuan | formula |',
      '| --- | --- | ---: | --- |',
      ...rows,
      `| | **total** | **${formatYuan(plain.totalFen)}** | |`,
      '',
      own.map((each) => tableOf(scheme, each)).join('\n\n'),
    ].join('\n');
  });
  return [
    '# Worked months',
    '',
    'Every clause of every scheme, with the month on both sides of each of its boundaries. Made by `scripts/worked-months.ts` from what the',
    'engine really pays, and checked by a test. Amounts in yuan; 以上, 以下, 以内 include the number. Whole months with their facts are in',
    '[settlement-facts.md](settlement-facts.md).',
    '',
    parts.join('\n\n'),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(pageFile, workedMonths());
