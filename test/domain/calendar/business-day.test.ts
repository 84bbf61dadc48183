import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay } from '#domain/calendar/business-day';

const zones = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham', 'Europe/London', 'UTC'];
const byIntl = (moment: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

describe('the business day of a moment', () => {
  it('ends with the last millisecond before midnight there', () => {
    expect(businessDay(new Date('2026-11-23T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-11-23');
    expect(businessDay(new Date('2026-11-23T16:00:00.000Z'), 'Asia/Shanghai')).toBe('2026-11-24');
    expect(businessDay(new Date('2026-11-23T18:14:59.999Z'), 'Asia/Kathmandu')).toBe('2026-11-23');
    expect(businessDay(new Date('2026-11-23T18:15:00.000Z'), 'Asia/Kathmandu')).toBe('2026-11-24');
  });

  it('is that of the calendar in every zone, also where clocks change, also when it was asked before (property)', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1_800_000 }),
        (moment, zone, later) => {
          const near = new Date(moment.getTime() + later);
          expect(businessDay(moment, zone)).toBe(byIntl(moment, zone));
          expect(businessDay(near, zone)).toBe(byIntl(near, zone));
        },
      ),
      { numRuns: 300 },
    );
  });
});
