/** What the stand-in's company looks like when it starts. Data only: a demo and a test each bring their own. */
import type { TourStep } from '#playground/page-api';

export interface WorldSeed {
  tenantKey: string;
  departments: SeedDepartment[];
  users: SeedUser[];
  chats: SeedChat[];
  /** The bot's custom menu in the private chat. */
  menu: { name: string; eventKey: string }[];
  tour: TourStep[];
  /** Scopes that the administrator granted; absent = `defaultScopes`. */
  scopes?: string[];
  /** open_department_ids whose people the app may read, with their sub-departments; absent = the whole tenant. */
  contactRange?: string[];
  attendance?: AttendanceDay[];
  /** Language of clients whose user has no `locale`; absent = zh_cn. */
  locale?: 'zh_cn' | 'en_us';
  /** Where the clock of a new world stands, ISO 8601; absent = the real time. */
  beginsAt?: string;
}

export interface SeedDepartment {
  openDepartmentId: string;
  name: string;
  /** open_department_id of the parent; `"0"` is the root, which is never listed itself. */
  parent: string;
  leaderOpenId?: string;
}

export interface SeedUser {
  openId: string;
  unionId: string;
  userId: string;
  name: string;
  enName?: string;
  employeeNo: string;
  jobTitle: string;
  departmentIds: string[];
  leaderOpenId?: string;
  /** YYYY-MM-DD */
  joinTime?: string;
  email?: string;
  mobile?: string;
  /** What the page shows under the name. */
  title: string;
  firm: string;
  avatarColor: string;
  /** In the app's availability range; absent = yes. */
  available?: boolean;
  resigned?: boolean;
  locale?: 'zh_cn' | 'en_us';
}

export interface SeedChat {
  chatId: string;
  name: string;
  /** open_ids */
  members: string[];
  /** Absent = yes. */
  hasBot?: boolean;
  ownerOpenId?: string;
}

/** One person's day in the tenant's attendance system. */
export interface AttendanceDay {
  userId: string;
  /** YYYY-MM-DD */
  date: string;
  requiredMinutes: number;
  actualMinutes: number;
  overtime?: {
    hours: number;
    /** 1 workday, 2 rest day, 3 public holiday */
    category: 1 | 2 | 3;
    /** 0 none, 1 time off, 2 pay */
    type: 0 | 1 | 2;
    /** `YYYY-MM-DD HH:mm:ss` */
    start: string;
    end: string;
    reason?: string;
  };
  leave?: { name: string; start: string; end: string; reason?: string };
}

/** Everything a bot of this kind would be granted, except reading all group messages (`im:message.group_msg`). */
export const defaultScopes: readonly string[] = [
  'im:message',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:resource',
  'im:chat',
  'im:chat:readonly',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_number:read',
  'contact:user.employee_id:readonly',
  'contact:user.department:readonly',
  'contact:user.id:readonly',
  'contact:department.base:readonly',
  'attendance:task:readonly',
  'application:app_slash_command:write',
  'application:app_slash_command:read',
  'application:application.bot.operator_name:readonly',
];
