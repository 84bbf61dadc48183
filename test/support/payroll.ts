import { asc } from 'drizzle-orm';
import type { Card } from '#cards/kit';
import { sealAudit } from '#db/audit';
import type { Db } from '#db/client';
import { claimJob, finishJob, type Job } from '#db/jobs';
import { addTerms, changePerson, personById } from '#db/people';
import { jobs } from '#db/schema';
import type { Person } from '#domain/people/person';
import { payJobs } from '#usecases/pay/jobs';
import type { TestBot } from './bot.ts';
import { now } from './people.ts';

/** People under each scheme, for pay tests. */
export async function under(
  db: Db,
  person: Person,
  scheme: string,
  {
    wage = 3500_00n,
    base = 2000_00n,
    from = '2026-01',
  }: { wage?: bigint | null; base?: bigint | null; from?: string } = {},
): Promise<void> {
  await addTerms(
    db,
    person.id,
    { fromMonth: from, scheme, positionWageFen: wage, performanceBaseFen: base },
    'test',
    now,
  );
}

export const left = (db: Db, person: Person, on: string) => changePerson(db, person.id, { leftOn: on }, now);

/** Does every job that waits, as the job runner would; returns the last card of each. */
export async function doJobs(db: Db, at: Date = now): Promise<Card[]> {
  const cards: Card[] = [];
  for (;;) {
    const job = await claimJob(db, at, 60_000);
    if (!job) return cards;
    await doJob(db, job, at, cards);
  }
}

async function doJob(db: Db, job: Job, at: Date, cards: Card[]): Promise<void> {
  const handler = payJobs({ zone: 'Asia/Shanghai' })[job.kind];
  if (!handler) throw new Error(`no handler for ${job.kind}`);
  await handler({
    db,
    job,
    by: (await personById(db, job.by))!,
    now: () => at,
    async show() {},
    async complete(tx, card) {
      cards.push(card);
      await finishJob(tx, job.id, 'done', at);
    },
  });
}

export const waitingJobs = (db: Db) => db.select().from(jobs).orderBy(asc(jobs.id));

/** A settled month of LB for 陈静 and 李敏: sales and scores entered by finance. */
export async function enterLbMonth(bot: TestBot, month = '2026-10'): Promise<void> {
  await bot.say('ou_fang', `/工资 事实 陈静 ${month} 销售额=800000 得分=90`);
  await bot.say('ou_fang', `/工资 事实 李敏 ${month} 销售额=500000 得分=86.5`);
}

/** Runs, checks, approves and locks a month. */
export async function lockMonthByBot(bot: TestBot, db: Db, month = '2026-10'): Promise<void> {
  await bot.say('ou_fang', `/工资 核算 ${month}`);
  await doJobs(db);
  await bot.say('ou_fang', `/工资 检查 ${month}`);
  await bot.say('ou_zhao', `/工资 审批 ${month}`);
  await bot.say('ou_fang', `/工资 锁定 ${month}`);
  await doJobs(db);
  await sealAudit(db);
}
