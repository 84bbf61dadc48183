import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import type { Job } from '#db/jobs';
import type { Person } from '#domain/people/person';
import type { Draftings } from './drafting.ts';
import { exportMonth } from './export-job.ts';
import { lockPay } from './lock.ts';
import { sendPayslips } from './payslips.ts';
import { draftMonth, type RunArgs } from './run.ts';

/** What a job of pay is given: the job runner's own context. */
export interface PayJobContext {
  db: Db;
  job: Pick<Job, 'args'>;
  by: Person;
  now(): Date;
  show(card: Card): Promise<void>;
  complete(tx: Db, card: Card): Promise<void>;
}

/** The jobs of pay, by kind; to be registered with the others. */
export function payJobs({
  zone,
  draftings,
}: {
  zone: string;
  /** Absent: everything is settled in this thread. */
  draftings?: Draftings;
}): Record<string, (ctx: PayJobContext) => Promise<void>> {
  return {
    'pay-run': (ctx) => draftMonth(ctx, ctx.job.args as RunArgs, zone, draftings?.open),
    'pay-lock': (ctx) => lockPay(ctx, ctx.job.args as RunArgs, zone),
    'pay-payslips': (ctx) => sendPayslips(ctx, ctx.job.args as RunArgs, zone),
    'pay-export': (ctx) => exportMonth(ctx, ctx.job.args as { month: string }),
  };
}
