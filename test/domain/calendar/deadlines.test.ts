import { describe, expect, it } from 'vitest';
import {
  appraisalDeadlines,
  confirmBy,
  contradictions,
  isChasingDay,
  lbDeadlineRules,
  reconfirmBy,
} from '#domain/calendar/deadlines';
import { version } from '#test/support/pay';

const periodsOf2026 = ['2025-12', ...Array.from({ length: 11 }, (_, at) => `2026-${`${at + 1}`.padStart(2, '0')}`)];

describe('appraisal deadlines (LB-A2 … LB-A6)', () => {
  it('are those of the scheme', () => {
    expect(version('lb').deadlines).toEqual(lbDeadlineRules);
  });

  it('the later of two written dates is the limit, the earlier one the reminder', () => {
    expect(appraisalDeadlines('2026-05')).toEqual([
      { step: 'score', clauses: ['LB-A2', 'LB-A3'], reminder: '2026-06-02', limit: '2026-06-05' },
      { step: 'confirm', clauses: ['LB-A4'], reminder: '2026-06-03', limit: '2026-06-03' },
      { step: 'statistics', clauses: ['LB-A5'], reminder: '2026-06-04', limit: '2026-06-04' },
      { step: 'superior', clauses: ['LB-A6'], reminder: '2026-06-05', limit: '2026-06-05' },
      { step: 'finance', clauses: ['LB-A2', 'LB-A6'], reminder: '2026-06-05', limit: '2026-06-10' },
    ]);
  });

  it('2026: working day 5 falls after the 10th in May and October', () => {
    const finance = contradictions(periodsOf2026).filter(({ step }) => step === 'finance');
    expect(finance.map(({ period, byDay, byWorkday }) => [period, byDay.date, byWorkday.date])).toEqual([
      ['2026-04', '2026-05-10', '2026-05-11'],
      ['2026-09', '2026-10-10', '2026-10-13'],
    ]);
    expect(appraisalDeadlines('2026-04').at(-1)?.limit).toBe('2026-05-11');
  });

  it('in the same months nobody can score between the 1st and the 5th', () => {
    const score = contradictions(periodsOf2026).filter(({ step }) => step === 'score');
    expect(score.map(({ period, byWorkday }) => [period, byWorkday.date])).toEqual([
      ['2026-04', '2026-05-07'],
      ['2026-09', '2026-10-09'],
    ]);
  });

  it('late scoring still leaves the employee the next working day; a dispute is answered by the next one', () => {
    expect(confirmBy('2026-05', '2026-06-01')).toBe('2026-06-03');
    expect(confirmBy('2026-05', '2026-06-05')).toBe('2026-06-08');
    expect(reconfirmBy('2026-09-30')).toBe('2026-10-08');
  });

  it('a missing score is asked for on working days from the reminder on', () => {
    const [score] = appraisalDeadlines('2026-05');
    expect(['2026-06-01', '2026-06-02', '2026-06-06', '2026-06-08'].map((day) => isChasingDay(score!, day))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('a month without notice is an error that names the year', () => {
    expect(() => appraisalDeadlines('2026-12')).toThrow('2027 年放假安排尚未录入');
    expect(() => contradictions(['2026-12'])).toThrow('2027 年放假安排尚未录入');
  });
});
