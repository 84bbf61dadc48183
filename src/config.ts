import { join } from 'node:path';
import { z } from 'zod';

/** Everything that an operator can set, by environment (design section 7). All mistakes are reported at once, in words. */
export interface Config {
  port: number;
  host: string;
  databaseUrl: string | undefined;
  /** Connection of the role that owns the schema, when the application's own role may not change it. */
  migrationUrl?: string | undefined;
  dataDir: string;
  /** Absent: playground, with a stand-in Feishu on the same port. */
  feishu: FeishuConfig | undefined;
  adminOpenIds: string[];
  /** Who is sent the head of the audit chain each day. */
  auditorOpenIds?: readonly string[];
  /** How long after somebody left the roster forgets who it was; 0 = never. */
  leaverRetentionMonths?: number;
  /** Where the head of the audit chain is published; absent = nowhere. */
  anchorFile?: string | undefined;
  timezone: string;
  locale: 'zh' | 'en';
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

export interface FeishuConfig {
  appId: string;
  appSecret: string;
  events: 'webhook' | 'ws';
  /** Both always present in webhook mode. */
  encryptKey: string;
  verificationToken: string;
  /** `feishu`, `lark` or a base URL without a slash at its end. */
  domain: string;
  /** Only events of this tenant are taken; learned from the first one when not given. */
  tenantKey: string | undefined;
}

export class ConfigProblems extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigProblems';
    this.problems = problems;
  }
}

const given = (name: string) => z.string({ error: `${name} is missing` });

const openIds = (name: string) =>
  z
    .string()
    .default('')
    .transform((ids) => ids.split(/[,;\s]+/).filter(Boolean))
    .refine((ids) => ids.every((id) => id.startsWith('ou_')), `${name} must be open_ids (ou_…), separated by commas`);

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, 'PORT must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'PORT must be a number from 0 to 65535')
    .default(3000),
  HOST: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'DATABASE_URL must look like postgres://user:password@host:5432/database')
    .optional(),
  DATABASE_MIGRATION_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/\S+$/,
      'DATABASE_MIGRATION_URL must look like postgres://owner:password@host:5432/database',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  FEISHU_APP_ID: z.string().optional(),
  FEISHU_APP_SECRET: z.string().optional(),
  FEISHU_ENCRYPT_KEY: z.string().optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().optional(),
  FEISHU_TENANT_KEY: z.string().optional(),
  FEISHU_DOMAIN: z
    .string()
    .regex(
      /^(feishu|lark|https?:\/\/[^\s/]+(\/\S*)?)$/,
      'FEISHU_DOMAIN must be feishu, lark or a base URL such as http://127.0.0.1:4000',
    )
    .transform((domain) => domain.replace(/\/+$/, ''))
    .default('feishu'),
  FEISHU_EVENTS: z.enum(['webhook', 'ws'], 'FEISHU_EVENTS must be webhook or ws').default('webhook'),
  ADMIN_OPEN_IDS: openIds('ADMIN_OPEN_IDS'),
  AUDITOR_OPEN_IDS: openIds('AUDITOR_OPEN_IDS'),
  ANCHOR_FILE: z.string().optional(),
  LEAVER_RETENTION_MONTHS: z
    .string()
    .regex(/^\d{1,4}$/, 'LEAVER_RETENTION_MONTHS must be a number of months, 0 = for ever')
    .transform(Number)
    .refine(
      (months) => months === 0 || months >= 36,
      'LEAVER_RETENTION_MONTHS must be 0 or at least 36: pay records are kept three years by law',
    )
    .default(36),
  TIMEZONE: z.string().refine(isZone, 'TIMEZONE must be a zone name such as Asia/Shanghai').default('Asia/Shanghai'),
  LOCALE: z.enum(['zh-CN', 'en-US'], 'LOCALE must be zh-CN or en-US').default('zh-CN'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'], 'LOG_LEVEL must be trace, debug, info, warn or error')
    .default('info'),
  ALLOW_EMBEDDED_DATABASE: z.enum(['0', '1'], 'ALLOW_EMBEDDED_DATABASE must be 1 or 0').default('0'),
});

/** @throws ConfigProblems naming every mistake */
export function readConfig(env: Record<string, string | undefined>): Config {
  // an empty variable means the same as none: that is how people switch one off in a file
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(set);
  const problems = read.success ? [] : read.error.issues.map(({ message }) => message);
  const feishu = readFeishu(set, problems);
  if (!read.success || problems.length > 0) throw new ConfigProblems([...new Set(problems)]);
  const e = read.data;
  if (feishu && !e.DATABASE_URL && e.ALLOW_EMBEDDED_DATABASE !== '1')
    throw new ConfigProblems([
      'DATABASE_URL is missing: the embedded database never calls fsync, so a power cut can lose acknowledged records; set DATABASE_URL, or ALLOW_EMBEDDED_DATABASE=1 to accept that',
    ]);
  if (e.DATABASE_MIGRATION_URL && !e.DATABASE_URL)
    throw new ConfigProblems(['DATABASE_URL is missing: DATABASE_MIGRATION_URL only migrates what DATABASE_URL uses']);
  return {
    port: e.PORT,
    host: e.HOST ?? (feishu ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: e.DATABASE_URL,
    migrationUrl: e.DATABASE_MIGRATION_URL,
    dataDir: e.DATA_DIR,
    feishu: feishu && { ...feishu, domain: e.FEISHU_DOMAIN, tenantKey: e.FEISHU_TENANT_KEY },
    adminOpenIds: e.ADMIN_OPEN_IDS,
    auditorOpenIds: e.AUDITOR_OPEN_IDS,
    leaverRetentionMonths: e.LEAVER_RETENTION_MONTHS,
    anchorFile: e.ANCHOR_FILE ?? join(e.DATA_DIR, 'anchors.jsonl'),
    timezone: e.TIMEZONE,
    locale: e.LOCALE === 'zh-CN' ? 'zh' : 'en',
    logLevel: e.LOG_LEVEL,
  };
}

/** Half a set of credentials is a mistake, not a playground. */
function readFeishu(
  env: Record<string, string | undefined>,
  problems: string[],
): Omit<FeishuConfig, 'domain' | 'tenantKey'> | undefined {
  const wanted = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'];
  if (!wanted.some((name) => env[name])) return undefined;
  const events = env.FEISHU_EVENTS === 'ws' ? 'ws' : 'webhook';
  const needed = z.object({
    FEISHU_APP_ID: given('FEISHU_APP_ID').regex(/^cli_\w+$/, 'FEISHU_APP_ID must look like cli_9f5343c580712544'),
    FEISHU_APP_SECRET: given('FEISHU_APP_SECRET'),
    FEISHU_ENCRYPT_KEY: events === 'ws' ? z.string().default('') : given('FEISHU_ENCRYPT_KEY').describe('webhook'),
    FEISHU_VERIFICATION_TOKEN: events === 'ws' ? z.string().default('') : given('FEISHU_VERIFICATION_TOKEN'),
  });
  const read = needed.safeParse(env);
  if (!read.success) {
    problems.push(
      ...read.error.issues.map(({ message }) =>
        /(ENCRYPT_KEY|VERIFICATION_TOKEN) is missing/.test(message)
          ? `${message}: without it anybody could send forged events (or set FEISHU_EVENTS=ws)`
          : message,
      ),
    );
    return undefined;
  }
  const {
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    FEISHU_ENCRYPT_KEY: encryptKey,
    FEISHU_VERIFICATION_TOKEN: verificationToken,
  } = read.data;
  return { appId, appSecret, encryptKey, verificationToken, events };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
