import { describe, expect, it } from 'vitest';
import { isWorkday } from '#domain/calendar/workdays';
import { plannedDates } from '#domain/order/plan';
import { moveWorkdays, workdaysUntil } from '#domain/order/planning-days';
import { findTemplate, templates } from '#domain/order/stages';
import { parseTemplate, TemplateProblem } from '#domain/order/template-text';

describe('planned dates (O2), counted back from the delivery over the working-day calendar', () => {
  const steps = findTemplate('garment')!.steps;
  const planned = (from: string, delivery: string) =>
    Object.fromEntries(plannedDates(steps, { from, delivery }).map(({ stage, planned }) => [stage, planned]));

  it('passes over the National Day holiday and its make-up days', () => {
    const plan = planned('2026-08-03', '2026-10-12');
    expect(plan.packing).toBe('2026-10-10');
    expect(isWorkday('2026-10-10')).toBe(true);
    expect(plan.finishing).toBe('2026-10-08');
    expect(plan.sewing).toBe('2026-09-29');
    expect(plan.shipped).toBe('2026-10-12');
    expect(plan.received).toBe('2026-08-03');
  });

  it('moves all stages together when there is less time than the template asks for', () => {
    const plan = planned('2026-11-23', '2026-11-30');
    const days = Object.values(plan);
    expect(days.every((day) => day >= '2026-11-23' && day <= '2026-11-30')).toBe(true);
    expect([...days].sort()).toEqual(days);
  });

  it('reaches into a year whose holidays nobody has announced: Monday to Friday until then', () => {
    expect(moveWorkdays('2028-03-06', -1)).toBe('2028-03-03');
    expect(workdaysUntil('2028-03-03', '2028-03-10')).toBe(5);
    expect(workdaysUntil('2028-03-10', '2028-03-03')).toBe(-5);
  });

  it('every template falls towards the delivery', () => {
    for (const template of templates) {
      const days = template.steps.map(({ before }) => before).filter((before) => before !== null);
      expect(days, template.code).toEqual([...days].sort((a, b) => b - a));
    }
  });
});

describe('a company’s own template, as an administrator writes it', () => {
  it('reads names of its own, days and counting, and spaces out what has no days', () => {
    expect(parseTemplate('接单 > 面料 20 > 绣花 8 计数 > 装箱 > 出货 0')).toEqual([
      { stage: 'received', before: null, counted: false },
      { stage: '面料', before: 20, counted: false },
      { stage: '绣花', before: 8, counted: true },
      { stage: 'packing', before: 4, counted: true },
      { stage: 'shipped', before: 0, counted: false },
    ]);
  });

  it.each([
    ['接单', 'too-few'],
    ['接单 > 缝制 5 > 缝制 3', 'twice'],
    ['接单 > 缝制 3 > 包装 8', 'order'],
    [Array.from({ length: 30 }, (_, i) => `s${i}`).join('>'), 'too-many'],
  ])('%s is refused', (text, why) => {
    expect(parseTemplate(text)).toBeInstanceOf(TemplateProblem);
    expect(parseTemplate(text)).toMatchObject({ why });
  });
});
