/** Attendance v1, read only: statistics as display strings, and approved overtime and leave (8.2). */
import type { Call, Reply } from '#playground/platform/api/call';
import { ApiError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import type { User } from '#playground/platform/state';
import type { AttendanceDay } from '#playground/platform/world-seed';

const scopes = ['attendance:task:readonly', 'attendance:task'];
const mostUsers = 200;

export function attendanceEndpoints({ state }: Gate): Endpoint[] {
  function stats(call: Call): Reply {
    const body = call.json();
    const { from, to } = range(body.start_date, body.end_date, 31);
    const { found, missing } = people(call, body);
    if (typeof body.user_id !== 'string') throw new ApiError(1220001, 'param error: user_id is required');
    if (body.stats_type !== 'month' && body.stats_type !== 'daily')
      throw new ApiError(1220001, 'param error: stats_type');
    const english = body.locale === 'en';
    const user_datas = found.flatMap(({ user, id }) => {
      const days = daysOf(user, from, to);
      if (days.length === 0) return [];
      const groups = body.stats_type === 'month' ? [days] : days.map((day) => [day]);
      return groups.map((group) => ({ name: user.name, user_id: id, datas: columns(user, group, english) }));
    });
    return { data: { user_datas, invalid_user_list: missing } };
  }

  function approvals(call: Call): Reply {
    const body = call.json();
    const { from, to } = range(body.check_date_from, body.check_date_to, 30);
    const user_approvals = people(call, body).found.flatMap(({ user, id }) =>
      daysOf(user, from, to)
        .filter((day) => day.overtime || day.leave)
        .map((day) => ({ user_id: id, date: day.date.replaceAll('-', ''), outs: [], trips: [], ...approved(day) })),
    );
    return { data: { user_approvals } };
  }

  const daysOf = (user: User, from: string, to: string): AttendanceDay[] =>
    (state.seed.attendance ?? []).filter((day) => day.userId === user.userId && day.date >= from && day.date <= to);

  /** The people asked for, by user_id or employee number, and the ids that are nobody. Throws 1220001, 1220004. */
  function people(call: Call, body: Record<string, unknown>) {
    const type = call.query('employee_type');
    if (type !== 'employee_id' && type !== 'employee_no') throw new ApiError(1220001, 'param error: employee_type');
    const ids = body.user_ids;
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > mostUsers) {
      throw new ApiError(1220001, `param error: user_ids must hold 1 to ${mostUsers} ids`);
    }
    const all = state.users();
    const found: { user: User; id: string }[] = [];
    const missing: string[] = [];
    for (const id of ids as string[]) {
      const user = all.find((one) => (type === 'employee_id' ? one.userId : one.employeeNo) === id);
      if (user) found.push({ user, id });
      else missing.push(id);
    }
    return { found, missing };
  }

  const endpoint = (api: string, path: string, run: Endpoint['run']): Endpoint => ({
    api,
    method: 'POST',
    path,
    scopes,
    run,
  });
  return [
    endpoint('attendance-stats', '/attendance/v1/user_stats_datas/query', stats),
    endpoint('attendance-approvals', '/attendance/v1/user_approvals/query', approvals),
  ];
}

/** Dates as the API writes them (20210316), answered as `YYYY-MM-DD`. Throws 1220001 when the range is too long. */
function range(start: unknown, end: unknown, mostDays: number): { from: string; to: string } {
  const [from, to] = [isoDate(start), isoDate(end)];
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (!(days >= 1 && days <= mostDays))
    throw new ApiError(1220001, `param error: the range must be 1 to ${mostDays} days`);
  return { from, to };
}

function isoDate(value: unknown): string {
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value));
  if (typeof value !== 'number' || !digits)
    throw new ApiError(1220001, 'param error: a date is an integer such as 20210316');
  return `${digits[1]}-${digits[2]}-${digits[3]}`;
}

/** The columns of the report; every value is text. */
function columns(user: User, days: AttendanceDay[], english: boolean) {
  const sum = (of: (day: AttendanceDay) => number) => days.reduce((total, day) => total + of(day), 0);
  const column = (code: string, chinese: string, name: string, value: string | number) => ({
    code,
    title: english ? name : chinese,
    value: String(value),
    features: [],
  });
  return [
    column('50101', '姓名', 'Name', user.name),
    column('50103', '工号', 'Employee number', user.employeeNo),
    column('52101', '应出勤天数', 'Required days', days.filter((day) => day.requiredMinutes > 0).length),
    column('52102', '实际出勤天数', 'Actual days', days.filter((day) => day.actualMinutes > 0).length),
    column(
      '52104',
      '应出勤时长',
      'Required duration',
      sum((day) => day.requiredMinutes),
    ),
    column(
      '52105',
      '实际出勤时长',
      'Actual duration',
      sum((day) => day.actualMinutes),
    ),
    column(
      '52107',
      '加班时长',
      'Overtime',
      sum((day) => day.overtime?.hours ?? 0),
    ),
  ];
}

function approved(day: AttendanceDay) {
  const { overtime, leave } = day;
  return {
    overtime_works: overtime
      ? [
          {
            approval_id: `ot-${day.userId}-${day.date}`,
            duration: overtime.hours,
            unit: 2,
            category: overtime.category,
            type: overtime.type,
            start_time: overtime.start,
            end_time: overtime.end,
            reason: overtime.reason ?? '',
          },
        ]
      : [],
    leaves: leave
      ? [
          {
            uniq_id: `lv-${day.userId}-${day.date}`,
            unit: 1,
            start_time: leave.start,
            end_time: leave.end,
            i18n_names: { ch: leave.name },
            default_locale: 'ch',
            reason: leave.reason ?? '',
          },
        ]
      : [],
  };
}
