import { addDays, datesOf, type IsoDate, type Month } from '#domain/calendar/dates';
import { fraction, multiply } from '#domain/money';
import type { AttendanceApi, AttendanceApprovals, AttendanceStats } from '#feishu/api-attendance';
import type { AttendanceRow, FetchAttendance } from '#usecases/import-attendance';

/** Columns of the monthly report (platform sheet, attendance): required and actual duration, in minutes. */
const REQUIRED_MINUTES = '52104';
const ACTUAL_MINUTES = '52105';
/** Approvals are asked for over at most so many days. */
const APPROVAL_DAYS = 30;

const kinds = { workday: 'overtime', 'rest day': 'overtimeRestDay', holiday: 'overtimeHoliday' } as const;

/**
 * A month of attendance for the hours of pay: required and attended hours from the report, overtime from approved applications, by the kind
 * of day. What the platform does not say is left out, never guessed; overtime given back as time off is not paid and does not count.
 */
export function attendanceFrom(api: AttendanceApi): FetchAttendance {
  return async (userIds: string[], month: Month): Promise<AttendanceRow[]> => {
    const days = datesOf(month);
    const from = days[0]!;
    const to = days.at(-1)!;
    const stats = await api.attendanceStats({ kind: 'month', from, to, userIds, operator: userIds[0]! });
    const approvals: AttendanceApprovals[] = [];
    for (let start: IsoDate = from; start <= to; start = addDays(start, APPROVAL_DAYS)) {
      const end = addDays(start, APPROVAL_DAYS - 1);
      approvals.push(...(await api.attendanceApprovals({ from: start, to: end < to ? end : to, userIds })));
    }
    return stats.map((row) => ({ userId: row.userId, ...hoursOf(row), ...overtimeOf(row.userId, approvals) }));
  };
}

function hoursOf({ fields }: AttendanceStats): Pick<AttendanceRow, 'required' | 'attended'> {
  const hours = (code: string) => {
    const minutes = /^\d{1,6}$/.exec(fields.find((field) => field.code === code)?.value.trim() ?? '')?.[0];
    return minutes === undefined ? undefined : hundredths(BigInt(minutes), fraction('100/60'));
  };
  const required = hours(REQUIRED_MINUTES);
  const attended = hours(ACTUAL_MINUTES);
  return { ...(required !== undefined && { required }), ...(attended !== undefined && { attended }) };
}

function overtimeOf(userId: string, approvals: AttendanceApprovals[]): Partial<AttendanceRow> {
  const works = approvals
    .filter((approval) => approval.userId === userId)
    .flatMap(({ overtime }) => overtime)
    .filter(({ unit, category, type }) => unit === 'hour' && category !== 'unknown' && type !== 'time off');
  const sums: Partial<Record<(typeof kinds)[keyof typeof kinds], bigint>> = {};
  for (const { category, duration } of works) {
    const kind = kinds[category as keyof typeof kinds];
    sums[kind] = (sums[kind] ?? 0n) + BigInt(Math.trunc(duration * 100 + 0.5));
  }
  return Object.fromEntries(Object.entries(sums).map(([kind, sum]) => [kind, hundredths(sum, fraction('1'))]));
}

/** Decimal text of hundredths, rounded once: 59.67. */
function hundredths(amount: bigint, rate: ReturnType<typeof fraction>): string {
  const digits = multiply(amount, rate).toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
