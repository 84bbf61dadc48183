import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '#cards/kit';
import { claimJob } from '#db/jobs';
import { isLocked } from '#db/locked-months';
import { audit, sentCards } from '#db/schema';
import { markRead } from '#db/sent-cards';
import { payDrafts, payPostings, payRunSteps, payslips, settlements } from '#db/tables/pay';
import { wordsOf } from '#test/support/bot';
import { cardsTo, expectSound, toGroups } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { doJobs, enterLbMonth, lockMonthByBot, under, waitingJobs } from '#test/support/payroll';
import { now } from '#test/support/people';
import { lockPay } from '#usecases/pay/lock';
import { draftMonth, type RunArgs } from '#usecases/pay/run';
import { verifyPay } from '#usecases/pay/verify';

const room = await payRoom({
  async before({ db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
  },
});
const MONTH = '2026-10';
const zone = 'Asia/Shanghai';

const { say } = room;
const settled = () => room.db.select().from(settlements).orderBy(settlements.personId, settlements.kind);
const drafts = () => room.db.select().from(payDrafts).orderBy(payDrafts.personId);

describe('/pay run', () => {
  it('settles everybody into drafts with a progress card that becomes the check list', async () => {
    await enterLbMonth(room.bot);
    const [progress] = await say('ou_fang', `/工资 核算 ${MONTH}`);
    expectSound(progress!);
    const [card] = await doJobs(room.db);
    expectSound(card!);
    expect(wordsOf(card)).toContain('已核算，待检查');
    // 3,500 + 800,000 × 0.5‰ × 90 % and 3,500 + 500,000 × 0.5‰ × 86.5 %
    expect((await drafts()).map(({ totalFen }) => totalFen)).toEqual([3860_00n, 3716_25n]);
    expect(JSON.stringify([card!.header, card!.config])).not.toMatch(/7,576|3,860/);
  });

  it('names who lacks what, and cannot be approved then', async () => {
    await room.bot.say('ou_fang', `/工资 事实 陈静 ${MONTH} 销售额=800000 得分=90`);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    const [card] = await doJobs(room.db);
    expect(wordsOf(card)).toContain('李敏');
    expect(wordsOf(card)).toContain('考核得分');
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    expect(wordsOf((await say('ou_zhao', `/工资 审批 ${MONTH}`))[0])).toContain('缺事实');
  });

  it('two at once are one run, and the same facts give the same bytes however often', async () => {
    await enterLbMonth(room.bot);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    expect(wordsOf((await say('ou_hr', `/工资 核算 ${MONTH}`))[0])).toContain('正在处理');
    await doJobs(room.db);
    const first = await drafts();
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    await doJobs(room.db);
    expect(await drafts()).toEqual(first);
    expect((await waitingJobs(room.db)).filter(({ kind }) => kind === 'pay-run')).toHaveLength(2);
  });

  it('killed at any point and taken up again, it gives the same bytes', async () => {
    await enterLbMonth(room.bot);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    const job = (await claimJob(room.db, now, 1))!;
    const args = job.args as RunArgs;
    const common = { db: room.db, by: room.people.fang, now: () => now, async show() {} };
    // the process dies after the drafts and before the job ends
    await expect(
      draftMonth({ ...common, complete: async () => Promise.reject(new Error('killed')) }, args, zone),
    ).rejects.toThrow('killed');
    const dead = await drafts();
    expect(await room.db.select().from(payRunSteps)).toMatchObject([{ kind: 'started' }]);
    const cards: Card[] = [];
    await draftMonth({ ...common, complete: async (_, card) => void cards.push(card) }, args, zone);
    expect(await drafts()).toEqual(dead);
    expect(cards).toHaveLength(1);
  });

  it('months go in their order', async () => {
    await enterLbMonth(room.bot);
    await enterLbMonth(room.bot, '2026-09');
    await say('ou_fang', '/工资 核算 2026-09');
    await doJobs(room.db);
    expect(wordsOf((await say('ou_fang', `/工资 核算 ${MONTH}`))[0])).toContain('2026-09 还没有锁定');
  });

  it('only finance and HR; in a group nothing but that somebody was told', async () => {
    await enterLbMonth(room.bot);
    expect(wordsOf((await say('ou_chen', `/工资 核算 ${MONTH}`))[0])).toContain('还不能用');
    expect(wordsOf((await say('ou_zhao', `/工资 核算 ${MONTH}`))[0])).toContain('还不能用');
    expect(toGroups(await room.bot.say('ou_fang', `/工资 核算 ${MONTH}`, { group: true }))).not.toMatch(/核算|3,/);
  });
});

describe('approval by a second person', () => {
  beforeEach(async () => {
    await enterLbMonth(room.bot);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    await doJobs(room.db);
  });

  it('needs the check list to have been seen, and somebody who did not run it', async () => {
    expect(wordsOf((await say('ou_zhao', `/工资 审批 ${MONTH}`))[0])).toContain('还没有检查');
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    expect(wordsOf((await say('ou_fang', `/工资 审批 ${MONTH}`))[0])).toContain('核算的人不能审批');
    expect(wordsOf((await say('ou_hr', `/工资 审批 ${MONTH}`))[0])).toContain('还不能用');
    const [card] = await say('ou_zhao', `/工资 审批 ${MONTH}`);
    expectSound(card!);
    expect(wordsOf(card)).toContain('已审批');
  });

  it('not by the payee of a figure that was entered by hand', async () => {
    await under(room.db, room.people.zhao, 'lb');
    await room.bot.say('ou_fang', `/工资 事实 赵总 ${MONTH} 销售额=100 得分=100`);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    await doJobs(room.db);
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    expect(wordsOf((await say('ou_zhao', `/工资 审批 ${MONTH}`))[0])).toContain('不能由你审批');
  });

  it('a role lost in between is a signature lost', async () => {
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    await room.bot.say('ou_admin', '/人员 设置 赵总 角色=跟单员');
    expect(wordsOf((await say('ou_zhao', `/工资 审批 ${MONTH}`))[0])).toContain('还不能用');
  });

  it('an open dispute stands against it', async () => {
    await under(room.db, room.people.chen, 'jw');
    await room.bot.at('2026-10-20T02:00:00Z');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K2 原因=没有封样');
    await room.bot.say('ou_chen', '/考核事件 异议 1 封过样');
    room.bot.at('2026-11-23T02:00:00Z');
    await room.bot.say('ou_hr', `/工时 登记 陈静 ${MONTH} 应出勤=168 实出勤=168 加班=0 夜班=0 表现=是`);
    await room.bot.say('ou_fang', `/工资 事实 陈静 ${MONTH} 加工费=400000 打样=无`);
    await room.bot.say('ou_fang', `/工资 设置 夜班费=15 起=2026-10`);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    const [card] = await doJobs(room.db);
    expect(wordsOf(card)).toContain('申诉未决');
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    expect(wordsOf((await say('ou_zhao', `/工资 审批 ${MONTH}`))[0])).toContain('未决的争议');
  });
});

describe('/pay lock', () => {
  it('keeps inputs, the text of the scheme and the result, posts them, and closes the month', async () => {
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
    expect(await isLocked(room.db, MONTH)).toBe(true);
    expect(await settled()).toMatchObject([
      { personId: room.people.chen.id, totalFen: 3860_00n, scheme: 'lb', version: '2024-01', kind: 'regular' },
      { personId: room.people.li.id, totalFen: 3716_25n },
    ]);
    const postings = await room.db.select().from(payPostings);
    expect(postings.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(0n);
    expect(await verifyPay(room.db)).toEqual([]);
    expect(wordsOf((await say('ou_fang', `/工资 核算 ${MONTH}`))[0])).toContain('已经锁定');
    expect(wordsOf((await say('ou_hr', `/工时 登记 陈静 ${MONTH} 应出勤=168`))[0])).toContain('锁定');
  });

  it('is refused when facts changed after the approval, naming whose', async () => {
    await enterLbMonth(room.bot);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    await doJobs(room.db);
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    await say('ou_zhao', `/工资 审批 ${MONTH}`);
    await room.bot.say('ou_fang', `/工资 事实 李敏 ${MONTH} 得分=100`);
    await say('ou_fang', `/工资 锁定 ${MONTH}`);
    await expect(doJobs(room.db)).rejects.toThrow('pay.changed-since-approval');
    expect(await settled()).toEqual([]);
    expect(await isLocked(room.db, MONTH)).toBe(false);
  });

  it('is all or nothing: killed in the middle it leaves no trace, and the next try gives the same', async () => {
    await enterLbMonth(room.bot);
    await say('ou_fang', `/工资 核算 ${MONTH}`);
    await doJobs(room.db);
    await say('ou_fang', `/工资 检查 ${MONTH}`);
    await say('ou_zhao', `/工资 审批 ${MONTH}`);
    await say('ou_fang', `/工资 锁定 ${MONTH}`);
    const job = (await claimJob(room.db, now, 1))!;
    const common = { db: room.db, by: room.people.fang, now: () => now };
    await expect(
      lockPay({ ...common, complete: async () => Promise.reject(new Error('killed')) }, job.args as RunArgs, zone),
    ).rejects.toThrow('killed');
    expect(await settled()).toEqual([]);
    expect(await isLocked(room.db, MONTH)).toBe(false);
    await lockPay({ ...common, complete: async () => {} }, job.args as RunArgs, zone);
    await lockPay({ ...common, complete: async () => {} }, job.args as RunArgs, zone);
    expect(await settled()).toHaveLength(2);
  });

  it('nothing that was locked can be changed, nor posted unevenly, nor settled twice', async () => {
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
    const { db } = room;
    const [one] = await settled();
    await expect(db.update(settlements).set({ totalFen: 0n })).rejects.toThrow();
    await expect(db.delete(settlements)).rejects.toThrow();
    await expect(db.update(payPostings).set({ amountFen: 0n })).rejects.toThrow();
    await expect(db.execute(sql`truncate settlements cascade`)).rejects.toThrow();
    await expect(
      db.insert(payPostings).values({ runId: one!.runId, settlementId: one!.id, account: 'gift', amountFen: 1n }),
    ).rejects.toThrow();
    const { id: _, ...again } = one!;
    await expect(db.insert(settlements).values(again)).rejects.toThrow();
  });

  it('a changed byte in a locked settlement is found', async () => {
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
    await room.database.master.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.update(settlements).set({ totalFen: 3861_00n }).where(sql`person_id = ${room.people.chen.id}`);
    });
    expect((await verifyPay(room.db)).join()).toContain('陈静');
  });
});

describe('payslips', () => {
  beforeEach(async () => {
    // after midnight in Shanghai, still the 20th in London
    room.bot.at('2026-10-20T17:00:00Z');
    await say('ou_chen', `/工资 ${MONTH}`);
    room.bot.at(now.toISOString());
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
  });

  it('go privately to each owner, once, and say what was estimated before', async () => {
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await room.bot.posted();
    await doJobs(room.db);
    const posted = await room.bot.posted();
    const [own] = cardsTo(posted, 'ou_chen');
    expectSound(own!);
    expect(wordsOf(own)).toContain('3,860.00');
    expect(wordsOf(own)).toContain('2026-10-21 预估 3,500.00（未算全），最终 **3,860.00**');
    expect(wordsOf(own)).toMatch(/提成 × 考核得分：0.00 → 360.00.*800,000.00 × 0.5‰ × 90%/);
    expect(wordsOf(own)).not.toContain('3,716.25');
    expect(wordsOf(cardsTo(posted, 'ou_li'))).not.toContain('3,860.00');
    expect(JSON.stringify([own!.header, own!.config])).not.toContain('3,8');
    expect(wordsOf(own)).not.toContain('实发估算');
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await room.bot.posted();
    await doJobs(room.db);
    expect(cardsTo(await room.bot.posted(), 'ou_chen')).toEqual([]);
    expect(await room.db.select().from(payslips)).toHaveLength(2);
  });

  it('lead to the estimate of what reaches the account, where the company switched it on', async () => {
    await room.bot.say('ou_hr', '/工资 设置 实发估算=开 起=2026-01');
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await room.bot.posted();
    await doJobs(room.db);
    expect(wordsOf(cardsTo(await room.bot.posted(), 'ou_chen'))).toContain('实发估算');
  });

  it('show who has read, confirmed and objected, and an objection reaches finance without its words', async () => {
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await doJobs(room.db);
    const cards = await room.db.select().from(sentCards);
    const chens = cards.find(({ audience, subject }) => audience === 'ou_chen' && subject?.startsWith('payslip:'))!;
    await room.db.update(sentCards).set({ messageId: 'om_slip' }).where(sql`key = ${chens.key}`);
    await markRead(room.db, ['om_slip'], 'ou_chen', now);
    await say('ou_chen', `/工资 确认 ${MONTH}`);
    expect(wordsOf((await say('ou_chen', `/工资 异议 ${MONTH} 不对`))[0])).toContain('已经确认过');
    const posted = await room.bot.say('ou_li', `/工资 异议 ${MONTH} 少算了一单`);
    expect(wordsOf(cardsTo(posted, 'ou_fang'))).toContain('有异议');
    expect(wordsOf(cardsTo(posted, 'ou_fang'))).not.toMatch(/少算|李敏/);
    const [card] = await say('ou_fang', `/工资 检查 ${MONTH}`);
    expectSound(card!);
    expect(wordsOf(card)).toContain('已读 **2**');
    expect(wordsOf(card)).toContain('已确认 **1**');
    expect(wordsOf(card)).toContain('少算了一单');
  });

  it('may be objected to for a week only', async () => {
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await doJobs(room.db);
    room.bot.at('2026-12-05T02:00:00Z');
    expect(wordsOf((await say('ou_li', `/工资 异议 ${MONTH} 晚了`))[0])).toContain('异议期已过');
  });

  it('buttons of a payslip work for its owner alone', async () => {
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await room.bot.posted();
    await doJobs(room.db);
    const [own] = cardsTo(await room.bot.posted(), 'ou_chen');
    expect((await room.bot.press('ou_li', own!, '确认无误')).toast?.zh).toContain('不能这样操作');
    expect((await room.bot.press('ou_chen', own!, '确认无误')).toast?.zh).toContain('已确认');
    expect(await room.db.select().from(audit)).toContainEqual(
      expect.objectContaining({ command: 'pay confirm', actor: 'ou_chen' }),
    );
  });

  it('are marked as paid by finance', async () => {
    await say('ou_fang', `/工资 发工资条 ${MONTH}`);
    await doJobs(room.db);
    expect(wordsOf((await say('ou_hr', `/工资 已发放 ${MONTH}`))[0])).toContain('还不能用');
    const [card] = await say('ou_fang', `/工资 已发放 ${MONTH}`);
    expect(wordsOf(card)).toContain('已标记为发放');
    expect(wordsOf((await say('ou_chen', `/工资 ${MONTH}`))[0])).toContain('已发放');
  });
});

it('the run says no more to the audit than who and what, never an amount', async () => {
  await enterLbMonth(room.bot);
  await lockMonthByBot(room.bot, room.db);
  const rows = (await room.db.select().from(audit)).filter(({ command }) =>
    /^pay (run|lock|check|approve)/.test(command),
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(JSON.stringify(rows).replace(/[0-9a-f]{64}/g, '')).not.toMatch(/386000|3860|371625/);
});
