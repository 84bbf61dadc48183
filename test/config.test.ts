import { describe, expect, it } from 'vitest';
import { ConfigProblems, readConfig } from '#app/config';

const credentials = {
  FEISHU_APP_ID: 'cli_9f5343c580712544',
  FEISHU_APP_SECRET: 's',
  FEISHU_ENCRYPT_KEY: 'k',
  FEISHU_VERIFICATION_TOKEN: 't',
  DATABASE_URL: 'postgres://localhost/gendan',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

describe('configuration', () => {
  it('without credentials is the playground, on this machine only', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      feishu: undefined,
      dataDir: './data',
      timezone: 'Asia/Shanghai',
      locale: 'zh',
    });
  });

  it('with credentials listens to the world', () => {
    expect(readConfig(credentials)).toMatchObject({
      host: '0.0.0.0',
      feishu: { appId: 'cli_9f5343c580712544', domain: 'feishu', events: 'webhook' },
    });
  });

  it('knows a second role for migrations, only beside the first', () => {
    const owner = 'postgres://owner@localhost/gendan';
    expect(readConfig({ ...credentials, DATABASE_MIGRATION_URL: owner })).toMatchObject({ migrationUrl: owner });
    expect(problemsOf({ DATABASE_MIGRATION_URL: owner })).toEqual([expect.stringContaining('DATABASE_URL is missing')]);
    expect(problemsOf({ ...credentials, DATABASE_MIGRATION_URL: 'mysql://x' })).toHaveLength(1);
  });

  it('publishes the head of the audit chain beside the data, and keeps leavers for three years at least', () => {
    expect(readConfig({ DATA_DIR: '/srv/x' })).toMatchObject({
      anchorFile: '/srv/x/anchors.jsonl',
      auditorOpenIds: [],
      leaverRetentionMonths: 36,
    });
    expect(
      readConfig({ ANCHOR_FILE: '/a', AUDITOR_OPEN_IDS: 'ou_a,ou_b', LEAVER_RETENTION_MONTHS: '0' }),
    ).toMatchObject({
      anchorFile: '/a',
      auditorOpenIds: ['ou_a', 'ou_b'],
      leaverRetentionMonths: 0,
    });
    expect(problemsOf({ LEAVER_RETENTION_MONTHS: '12', AUDITOR_OPEN_IDS: 'bob' })).toHaveLength(2);
  });

  it('names every mistake at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      DATABASE_URL: 'mysql://x',
      FEISHU_APP_ID: 'nope',
      TIMEZONE: 'Mars/Base',
      LOCALE: 'fr',
      ADMIN_OPEN_IDS: 'bob',
    });
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'FEISHU_APP_ID',
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'TIMEZONE',
      'LOCALE',
      'ADMIN_OPEN_IDS',
    ])
      expect(problems.filter((problem) => problem.includes(name))).toHaveLength(1);
  });

  it.each(['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'])('refuses webhooks without %s', (name) => {
    expect(problemsOf({ ...credentials, [name]: '' })).toEqual([expect.stringContaining(name)]);
  });

  it('needs neither key with the long connection', () => {
    expect(
      readConfig({ ...credentials, FEISHU_ENCRYPT_KEY: '', FEISHU_VERIFICATION_TOKEN: '', FEISHU_EVENTS: 'ws' }).feishu
        ?.events,
    ).toBe('ws');
  });

  it('refuses a real tenant on the embedded database unless that is accepted', () => {
    const { DATABASE_URL: _, ...embedded } = credentials;
    expect(problemsOf(embedded)).toEqual([expect.stringContaining('ALLOW_EMBEDDED_DATABASE=1')]);
    expect(readConfig({ ...embedded, ALLOW_EMBEDDED_DATABASE: '1' }).databaseUrl).toBeUndefined();
  });
});
