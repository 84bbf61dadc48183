import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import type { Job } from '#db/jobs';
import type { Person } from '#domain/people/person';

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
export function payJobs(_: { zone: string }): Record<string, (ctx: PayJobContext) => Promise<void>> {
  return {};
}
