import { describe, expect, it } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { deciders, mayDecide, mayRecord } from '#domain/incident/incident';
import { costOf, findKind, incidentKinds, incidentProblems } from '#domain/incident/kinds';
import { ladderWords, standing } from '#domain/incident/ladder';
import { inLocale } from '#domain/text';

const kindsOf = (scheme: string) => incidentKinds(builtInScheme(scheme)!.versions[0]!.lines);
const kind = (scheme: string, clause: string) => findKind(kindsOf(scheme), clause)!;

describe('the kinds of incidents come from the scheme', () => {
  it.each([
    ['jw', ['JW-K1', 'JW-K2', 'JW-K3', 'JW-K4', 'JW-K5', 'JW-K6', 'NOTE']],
    ['ft', ['FT-F1', 'FT-F2', 'NOTE']],
    ['lb', ['NOTE']],
    ['kpi', ['NOTE']],
  ])('%s has %j', (scheme, clauses) => {
    expect(kindsOf(scheme).map(({ clause }) => clause)).toEqual(clauses);
  });

  it.each(['JW-K3', 'jw-k3', 'K3', '生产失控、延误、空运', 'ＪＷ－Ｋ３'])('%s names JW-K3', (word) => {
    expect(kind('jw', word).clause).toBe('JW-K3');
  });

  it.each([
    ['JW-K3', { amountFen: 100_00n, note: 'x' }, 0],
    ['JW-K3', { amountFen: 500_00n, note: 'x' }, 0],
    ['JW-K3', { amountFen: 500_01n, note: 'x' }, 1],
    ['JW-K3', { amountFen: 99_99n, note: 'x' }, 1],
    ['JW-K3', { amountFen: 200_00n }, 1],
    ['JW-K3', { amountFen: 200_00n, note: '  ' }, 1],
    ['JW-K1', { lossFen: 1n, note: 'x' }, 0],
    ['JW-K1', { lossFen: 0n, note: 'x' }, 1],
    ['JW-K1', { note: 'x' }, 1],
    ['JW-K2', { note: 'x' }, 0],
    ['JW-K2', { note: 'x', lossFen: 5n }, 1],
  ])('%s takes exactly the facts that it needs (case %#)', (clause, given, count) => {
    expect(incidentProblems(kind('jw', clause), given)).toHaveLength(count);
  });

  it.each([
    [3_000_00n, '150.00', false],
    [3_000_01n, '300.00', false],
    [10_000_00n, '1,000.00', false],
    [10_000_01n, '1,000.00', true],
  ])('a loss of %s fen costs what JW-K1 says, the better band where two hold', (lossFen, amount, bonus) => {
    const words = inLocale(costOf(kind('jw', 'JW-K1'), { lossFen }), 'zh');
    expect(words).toContain(`扣 ${amount} 元`);
    expect(words.includes('取消年终奖')).toBe(bonus);
  });
});

describe('who records and who decides', () => {
  const person = (id: number, ...roles: never[]) => ({ id, roles }) as never;
  const hr = { id: 90, roles: ['hr'] } as never;
  const above = [2, 3, 4];

  it('those above and HR record; never oneself', () => {
    expect([2, 3, 4].map((id) => mayRecord(person(id), 1, above))).toEqual([true, true, true]);
    expect(mayRecord(hr, 1, above)).toBe(true);
    expect(mayRecord(hr, 90, above)).toBe(false);
    expect(mayRecord(person(5), 1, above)).toBe(false);
  });

  it.each([
    [2, [3, 4]],
    [3, [4]],
    [4, []],
    [90, [3, 4]],
  ])('what %i recorded is decided by %j', (by, who) => {
    expect(deciders(by, above)).toEqual(who);
  });

  it('nobody decides what he recorded or what is about him', () => {
    expect(mayDecide({ id: 90, roles: ['hr'] } as never, { by: 90, personId: 1 }, above)).toBe(false);
    expect(mayDecide({ id: 1, roles: ['hr'] } as never, { by: 2, personId: 1 }, above)).toBe(false);
    expect(mayDecide(hr, { by: 2, personId: 1 }, above)).toBe(true);
  });
});

describe('the ladder of faults (FT-F3 … FT-F5)', () => {
  const ladder = (() => {
    const { charge } = kind('ft', 'FT-F1');
    return charge.by === 'fault' ? charge.ladder : [];
  })();
  const zh = (faults: string[], on: string) =>
    ladderWords(standing(faults, ladder, on)).map((each) => inLocale(each, 'zh'));

  it('counts by calendar month, quarter and year of the day', () => {
    expect(
      standing(['2026-03-31', '2026-04-01', '2026-04-02'], ladder, '2026-04-30').map(({ count }) => count),
    ).toEqual([2, 2, 2, 3]);
  });

  it('names the highest step reached and the nearest to come', () => {
    const faults = ['2026-11-01', '2026-11-02', '2026-11-03'];
    expect(zh(faults, '2026-11-03')).toEqual([
      '本月已有 3 次差错：取消整个季度的所有奖励（FT-F3）',
      '本季度已有 3 次，再有 2 次：取消整年的奖励（FT-F4）',
      '本年已有 3 次，再有 5 次：按制度由人事和主管决定去留（FT-F5）',
    ]);
  });
});
