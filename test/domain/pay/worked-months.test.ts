import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { boundaries } from '../../../scripts/worked-cases.ts';
import { pageFile, workedMonths } from '../../../scripts/worked-months.ts';

it('the page of worked months is what the engine pays', () => {
  expect(readFileSync(pageFile, 'utf8')).toBe(workedMonths());
});

it.each(['jw', 'lb', 'ft', 'kpi'])('%s: no clause that pays or takes is left out', (scheme) => {
  const clauses = builtInScheme(scheme)!.versions.flatMap(({ lines }) =>
    lines.flatMap((rule) => [
      rule.clause,
      ...(rule.kind === 'yearly-reward' ? [...rule.faults, ...rule.ladder].map(({ clause }) => clause) : []),
    ]),
  );
  const shown = boundaries[scheme]!.flatMap((each) => each.clauses);
  expect(clauses.filter((clause) => !shown.includes(clause))).toEqual([]);
  expect(boundaries[scheme]!.filter(({ cases }) => cases.length < 2)).toEqual([]);
});
