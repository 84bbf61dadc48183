import { z } from 'zod';
import type { Transport } from './transport.ts';

/** One cell of an attendance report. The value is a text for display; its unit is in the report's own title. */
export interface AttendanceField {
  code: string;
  title: string;
  value: string;
  features: { key: string; value: string }[];
}

export interface AttendanceStats {
  userId: string;
  name: string;
  fields: AttendanceField[];
}

/** Approved overtime and leave of one person on one day. Times are `yyyy-MM-dd HH:mm:ss` in the tenant's zone. */
export interface AttendanceApprovals {
  userId: string;
  /** `YYYY-MM-DD` */
  date: string;
  overtime: {
    approvalId: string;
    duration: number;
    unit: 'day' | 'hour';
    category: 'workday' | 'rest day' | 'holiday' | 'unknown';
    /** What the hours are given back as. */
    type: 'none' | 'time off' | 'pay' | 'unknown';
    start: string;
    end: string;
    reason: string;
  }[];
  leaves: { id: string; start: string; end: string; name: string; reason: string }[];
}

export interface AttendanceApi {
  /**
   * The report of these people (contact `user_id`, at most 200) over at most 31 days, both ends included.
   *
   * @param operator `user_id` of whose view is used; the platform requires one
   * @param from `YYYY-MM-DD`
   */
  attendanceStats(query: {
    kind: 'month' | 'daily';
    from: string;
    to: string;
    userIds: string[];
    operator: string;
  }): Promise<AttendanceStats[]>;
  /** Approved overtime and leave over at most 30 days: more to be relied on than the report's display texts. */
  attendanceApprovals(query: { from: string; to: string; userIds: string[] }): Promise<AttendanceApprovals[]>;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const list = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const stats = z.object({
  data: z.object({
    user_datas: list(
      z.object({
        user_id: z.string(),
        name: text,
        datas: list(
          z.object({
            code: z.string(),
            title: text,
            value: text,
            features: list(z.object({ key: z.string(), value: text })),
          }),
        ),
      }),
    ),
  }),
});

const CATEGORIES = { 1: 'workday', 2: 'rest day', 3: 'holiday' } as const;
const TYPES = { 0: 'none', 1: 'time off', 2: 'pay' } as const;

const approvals = z.object({
  data: z.object({
    user_approvals: list(
      z.object({
        user_id: z.string(),
        date: z.union([z.string(), z.number()]).transform(isoDay),
        overtime_works: list(
          z.object({
            approval_id: text,
            duration: z.number(),
            unit: z.number(),
            category: z.number().optional(),
            type: z.number().optional(),
            start_time: text,
            end_time: text,
            reason: text,
          }),
        ),
        leaves: list(
          z.object({
            uniq_id: text,
            start_time: text,
            end_time: text,
            i18n_names: z.object({ ch: text, en: text }).partial().nullish(),
            reason: text,
          }),
        ),
      }),
    ),
  }),
});

const compact = (day: string): number => Number(day.replaceAll('-', ''));

/** `20210104` or `2021-01-04` → `2021-01-04`. */
function isoDay(day: string | number): string {
  const digits = String(day).replaceAll('-', '');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}

const byUserId = { employee_type: 'employee_id' };

export function attendanceApi(call: Transport['call']): AttendanceApi {
  return {
    async attendanceStats({ kind, from, to, userIds, operator }) {
      const { data } = await call(
        {
          api: 'attendance.stats',
          method: 'POST',
          path: '/attendance/v1/user_stats_datas/query',
          query: byUserId,
          body: {
            locale: 'zh',
            stats_type: kind,
            start_date: compact(from),
            end_date: compact(to),
            user_ids: userIds,
            need_history: true,
            current_group_only: false,
            user_id: operator,
          },
        },
        stats,
      );
      return data.user_datas.map(({ user_id, name, datas }) => ({ userId: user_id, name, fields: datas }));
    },

    async attendanceApprovals({ from, to, userIds }) {
      const { data } = await call(
        {
          api: 'attendance.approvals',
          method: 'POST',
          path: '/attendance/v1/user_approvals/query',
          query: byUserId,
          body: { user_ids: userIds, check_date_from: compact(from), check_date_to: compact(to) },
        },
        approvals,
      );
      return data.user_approvals.map(({ user_id, date, overtime_works, leaves }) => ({
        userId: user_id,
        date,
        overtime: overtime_works.map((work) => ({
          approvalId: work.approval_id,
          duration: work.duration,
          unit: work.unit === 1 ? ('day' as const) : ('hour' as const),
          category: CATEGORIES[work.category as keyof typeof CATEGORIES] ?? ('unknown' as const),
          type: TYPES[work.type as keyof typeof TYPES] ?? ('unknown' as const),
          start: work.start_time,
          end: work.end_time,
          reason: work.reason,
        })),
        leaves: leaves.map((leave) => ({
          id: leave.uniq_id,
          start: leave.start_time,
          end: leave.end_time,
          name: leave.i18n_names?.ch || leave.i18n_names?.en || '',
          reason: leave.reason,
        })),
      }));
    },
  };
}
