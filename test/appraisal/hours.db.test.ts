import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { hoursOf } from '#db/hours';
import { addJob, claimJob } from '#db/jobs';
import { lockMonth } from '#db/locked-months';
import { jobs, people as peopleTable } from '#db/schema';
import { hoursEntries } from '#db/tables/appraisal';
import type { Person } from '#domain/people/person';
import { cardIn, wordsOf } from '#test/support/bot';
import { cardsTo, expectSound, toGroups } from '#test/support/facts';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import { type FetchAttendance, importAttendance } from '#usecases/import-attendance';
import { importFile } from '#usecases/import-file';

const { database, bot, people } = await testRoom();

const all = () => database.db.select().from(hoursEntries).orderBy(hoursEntries.id);
const values = async (person: Person, month = '2026-10') =>
  Object.fromEntries([...(await hoursOf(database.db, person.id, month))].map(([field, { value }]) => [field, value]));
const set = '/工时 登记 陈静 10月 应出勤=176 实出勤=168.5 加班=20 夜班=2';

describe('/hours set', () => {
  it('records each value with its source, privately', async () => {
    const posted = await bot.say('ou_fang', set, { group: true });
    expect(toGroups(posted)).not.toMatch(/168|陈静/);
    const [card] = cardsTo(posted, 'ou_fang');
    expectSound(card!);
    expect(wordsOf(card)).toContain('168.5');
    expect(wordsOf(card)).toContain('方会计');
    expect(await values(people.chen)).toEqual({ required: '176', attended: '168.5', overtime: '20', nights: '2' });
    expect(await all()).toContainEqual(expect.objectContaining({ via: 'text', messageId: expect.any(String) }));
  });

  it('a correction is a new row that points at the old one; the same value again is none', async () => {
    await bot.say('ou_fang', set);
    await bot.say('ou_fang', set);
    await bot.say('ou_fang', '/工时 登记 陈静 10月 实出勤=170');
    const rows = await all();
    expect(rows).toHaveLength(5);
    expect(rows[4]).toMatchObject({
      field: 'attended',
      value: '170',
      replaces: rows.find(({ field }) => field === 'attended')!.id,
    });
    await expect(database.db.update(hoursEntries).set({ value: '1' })).rejects.toThrow();
  });

  it('its form opens with the person and month, and keeps what was typed when it will not do', async () => {
    const [card] = cardsTo(await bot.say('ou_fang', '/工时 查看 陈静 10月'), 'ou_fang');
    const form = await bot.press('ou_fang', card!, '登记或更正');
    expectSound(form.card as never);
    const wrong = await bot.press('ou_fang', form.card as never, '提交', { required: '176', attended: '180' });
    expect(wrong).toEqual({
      toast: expect.objectContaining({ tone: 'error', zh: expect.stringContaining('多于应出勤') }),
    });
    const done = await bot.press('ou_fang', form.card as never, '提交', {
      required: '176',
      attended: '170',
      overtime: '',
    });
    expect(done.toast?.tone).toBe('success');
    expect(await values(people.chen)).toEqual({ required: '176', attended: '170' });
  });

  it.each([
    ['ou_fang', '/工时 登记 陈静 10月 应出勤=0', '不能是 0'],
    ['ou_fang', '/工时 登记 陈静 10月 应出勤=176 实出勤=177', '多于应出勤'],
    ['ou_fang', '/工时 登记 陈静 10月 夜班=32', '不可能'],
    ['ou_fang', '/工时 登记 陈静 10月 加班=-3', '0 以上'],
    ['ou_fang', '/工时 登记 陈静 2027-01 加班=3', '还没有开始'],
    ['ou_fang', '/工时 登记 陈静 10月 表现=否 原因=迟到', '不能给 陈静 登记这些'],
    ['ou_wang', '/工时 登记 陈静 10月 加班=3', '不能给 陈静 登记这些'],
    ['ou_wang', '/工时 登记 陈静 10月 规范=否', '要说明原因'],
    ['ou_fang', '/工时 登记 方会计 10月 加班=3', '不能给 方会计'],
    ['ou_chen', '/工时 登记 陈静 10月 加班=3', '还不能用'],
  ])('%s: %s is refused kindly and stores nothing', async (who, line, words) => {
    const [answer] = await bot.say(who, line);
    expect(wordsOf(cardIn(answer))).toContain(words);
    expect(await all()).toHaveLength(0);
  });

  it('the manager says no with a reason', async () => {
    await bot.say('ou_wang', '/工时 登记 陈静 10月 规范=否 表现=是 原因=“三次未按时完成”');
    expect(await values(people.chen)).toEqual({ compliance: 'no', conduct: 'yes' });
  });

  it('a locked month takes no change', async () => {
    await lockMonth(database.db, '2026-10', 'test', now);
    const [answer] = await bot.say('ou_fang', set);
    expect(wordsOf(cardIn(answer))).toContain('锁定');
    expect(await all()).toHaveLength(0);
  });

  it('a colleague does not see them', async () => {
    await bot.say('ou_fang', set);
    const [answer] = await bot.say('ou_li', '/工时 查看 陈静 10月');
    expect(wordsOf(cardIn(answer))).not.toContain('168.5');
  });
});

describe('a file of hours', () => {
  let sent = 0;
  beforeEach(() => {
    sent = 0;
  });

  async function send(csv: string, by = people.fang): Promise<string> {
    let said = '';
    await importFile(
      { fetch: async () => new TextEncoder().encode(csv), zone: 'Asia/Shanghai' },
      {
        db: database.db,
        job: { args: { messageId: `om_file${++sent}`, key: 'k', name: '十月.csv' } },
        by,
        now: () => now,
        complete: async (_, card) => {
          expectSound(card, { personal: false });
          said = wordsOf(card);
        },
      },
    ).catch((error: { problem: unknown }) => {
      if (!error.problem) throw error;
      said = JSON.stringify(error.problem);
    });
    return said;
  }

  it('is recognised by its columns, in either language, and stores each value with file and line', async () => {
    expect(
      await send(
        '\uFEFF工号,姓名,月份,应出勤,实出勤,加班\nE1002,陈静,2026-10,176,168.5,20\nE1003,李敏,2026/10,176,176,',
      ),
    ).toContain('已导入 2 行');
    expect(await values(people.li)).toEqual({ required: '176', attended: '176' });
    expect(await all()).toContainEqual(
      expect.objectContaining({ via: 'file', origin: '十月.csv #2', messageId: 'om_file1' }),
    );
    expect(await send('employee_no,month,attended\nE1002,2026-10,170')).toContain('已导入 1 行');
    expect(await values(people.chen)).toEqual({ required: '176', attended: '170', overtime: '20' });
  });

  it('with one mistake stores nothing and names line and column of each', async () => {
    const said = await send(
      '工号,月份,应出勤,实出勤\nE1002,2026-10,176,168\nE9999,2026-10,176,168\nE1003,十月,176,x\nE1003,2026-10,100,101',
    );
    expect(said).toMatch(/第 3 行 employee_no/);
    expect(said).toMatch(/第 4 行 month/);
    expect(said).toMatch(/第 4 行 attended/);
    expect(said).toMatch(/第 5 行：实出勤/);
    expect(await all()).toHaveLength(0);
  });

  it('is only for finance and HR', async () => {
    expect(await send('工号,月份,应出勤\nE1002,2026-10,176', people.wang)).toContain('只有财务和人事');
    expect(await all()).toHaveLength(0);
  });
});

describe('import from attendance', () => {
  async function run(fetchAttendance: FetchAttendance): Promise<string> {
    await addJob(
      database.db,
      { kind: 'import-attendance', args: { month: '2026-10', eventId: 'e1' }, by: people.hr.id, cardKey: null },
      now,
    );
    const job = (await claimJob(database.db, now, 1))!;
    let said = '';
    await importAttendance(
      { fetchAttendance },
      {
        db: database.db,
        job,
        by: people.hr,
        now: () => now,
        complete: async (_, card) => {
          expectSound(card);
          said = wordsOf(card);
        },
      },
    );
    return said;
  }
  const withUserIds = async () => {
    for (const person of [people.chen, people.li])
      await database.db
        .update(peopleTable)
        .set({ userId: `u_${person.employeeNo}` })
        .where(eq(peopleTable.id, person.id));
  };

  it('the command starts the job, and repeating the job changes nothing', async () => {
    await withUserIds();
    const posted = await bot.say('ou_hr', '/工时 导入 10月', { group: true });
    expect(cardsTo(posted, 'ou_hr')).toHaveLength(1);
    expect(await database.db.select().from(jobs)).toMatchObject([
      { kind: 'import-attendance', args: { month: '2026-10' }, cardKey: expect.any(String) },
    ]);
    await database.db.delete(jobs);
    const asked: string[][] = [];
    const fetch: FetchAttendance = async (ids) => {
      asked.push(ids);
      return [{ userId: 'u_E1002', required: '176', attended: '160', overtime: '12' }];
    };
    await run(fetch);
    expect(asked).toEqual([['u_E1002', 'u_E1003']]);
    expect(await values(people.chen)).toEqual({ required: '176', attended: '160', overtime: '12' });
    await run(fetch);
    expect(await all()).toHaveLength(3);
  });

  it('one impossible month is named and does not keep the others', async () => {
    await withUserIds();
    const said = await run(async () => [
      { userId: 'u_E1002', required: '160', attended: '200' },
      { userId: 'u_E1003', required: '160', attended: '160' },
    ]);
    expect(said).toContain('陈静');
    expect(await values(people.chen)).toEqual({});
    expect(await values(people.li)).toEqual({ required: '160', attended: '160' });
  });
});
