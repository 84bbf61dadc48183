import { eq, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { sealAudit, verifyAudit } from '#db/audit';
import { audit, people } from '#db/schema';
import { payPostings, settlements } from '#db/tables/pay';
import { enterLbMonth, left, lockMonthByBot, under } from '#test/support/payroll';
import { testRoom } from '#test/support/room';
import type { DueContext } from '#usecases/due';
import { forgetLeavers } from '#usecases/forget-leavers';
import { verifyPay } from '#usecases/pay/verify';

const { database, bot, people: staff } = await testRoom();

/** The schedule on that day. */
const on = (today: string, months = 36) =>
  forgetLeavers(months).run({ db: database.db, now: new Date(`${today}T02:00:00Z`), today } as DueContext);
const rowOf = async (id: number) => (await database.db.select().from(people).where(eq(people.id, id)))[0]!;

describe('three years after somebody left', () => {
  it('the roster forgets who it was; the ledger keeps the number, and every sum', async () => {
    const { db } = database;
    await under(db, staff.chen, 'lb');
    await under(db, staff.li, 'lb');
    await enterLbMonth(bot);
    await lockMonthByBot(bot, db);
    await left(db, staff.chen, '2026-11-20');
    const before = [await db.select().from(settlements), await db.select().from(payPostings)];

    await on('2029-11-30');
    expect(await rowOf(staff.chen.id)).toMatchObject({ name: '陈静' });
    for (const day of ['2029-12-01', '2029-12-02']) await on(day);
    expect(await rowOf(staff.chen.id)).toMatchObject({
      name: `离职人员 ${staff.chen.id}`,
      openId: `left_${staff.chen.id}`,
      unionId: null,
      userId: null,
      employeeNo: null,
      department: null,
      privateChatId: null,
      roles: [],
    });
    expect(await rowOf(staff.li.id)).toMatchObject({ name: '李敏', openId: 'ou_li' });

    expect([await db.select().from(settlements), await db.select().from(payPostings)]).toEqual(before);
    expect(await verifyPay(db)).toEqual([]);
    expect(await db.select().from(audit).where(like(audit.command, 'forget%'))).toHaveLength(1);
    while ((await sealAudit(db)) > 0);
    expect(await verifyAudit(db)).toEqual([]);
    // somebody new under the old account is somebody new
    const [answer] = await bot.say('ou_chen', '/我');
    expect(JSON.stringify(answer)).not.toContain('陈静');
  });

  it('or never, when the company says so', async () => {
    await left(database.db, staff.chen, '2026-11-20');
    await on('2046-01-01', 0);
    expect(await rowOf(staff.chen.id)).toMatchObject({ name: '陈静' });
  });
});
