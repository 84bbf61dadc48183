import { describe, expect, it } from 'vitest';
import { hoursProblems, type MonthValues } from '#domain/hours/hours';

describe('hours that cannot be are refused', () => {
  it.each<[string, MonthValues, boolean]>([
    ['an ordinary month', { required: '176', attended: '168.5', overtime: '20', nights: '2' }, true],
    ['attendance equal to what is required', { required: '176', attended: '176' }, true],
    ['attendance beyond what is required', { required: '176', attended: '176.01' }, false],
    ['attendance without anything required', { attended: '100' }, false],
    ['nothing required at all', { required: '0' }, false],
    ['more hours than the month has', { overtime: '720.5' }, false],
    ['attendance and overtime that overlap', { required: '700', attended: '700', overtime: '21' }, false],
    ['parts of the overtime beyond the whole', { overtime: '10', overtimeRestDay: '6', overtimeHoliday: '5' }, false],
    ['parts of an overtime that nobody recorded', { overtimeRestDay: '1' }, false],
    ['parts equal to the whole', { overtime: '10', overtimeRestDay: '6', overtimeHoliday: '4' }, true],
    ['a night for every day', { nights: '30' }, true],
    ['more nights than days', { nights: '31' }, false],
    ['half a night', { nights: '1.5' }, false],
  ])('%s', (_, values, possible) => {
    expect(hoursProblems('2026-11', values).length === 0).toBe(possible);
  });
});
