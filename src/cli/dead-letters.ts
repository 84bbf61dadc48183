import { recordAudit } from '#db/audit';
import { failedEvents, releaseFailed } from '#db/inbox';
import { deadLetters, requeue } from '#db/outbox';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

const usage = 'usage: npm run gendan -- dead-letters [list | requeue all | requeue ID …]';

/** `dead-letters`: what could not be delivered or carried out, and puts messages back into the queue. Requeuing is audited. */
export async function deadLettersCommand(
  [verb = 'list', ...ids]: string[],
  io: Io,
  env: Record<string, string | undefined>,
): Promise<number> {
  if (
    !['list', 'requeue'].includes(verb) ||
    (verb === 'requeue' && (ids.length === 0 || !ids.every((id) => id === 'all' || /^\d+$/.test(id))))
  ) {
    io.err(usage);
    return 1;
  }
  return withDatabase(env, async (db) => {
    if (verb === 'list') {
      const letters = await deadLetters(db);
      const events = await failedEvents(db);
      for (const { id, lane, tries, problem, createdAt } of letters)
        io.out(`message ${id}  to ${lane}  since ${createdAt.toISOString()}  after ${tries} tries: ${problem}`);
      for (const { eventId, kind, errorNo, receivedAt } of events)
        io.out(`event ${eventId}  ${kind}  at ${receivedAt.toISOString()}  number ${errorNo}`);
      io.out(`${letters.length} messages, ${events.length} events`);
      return 0;
    }
    const now = new Date();
    const wanted = ids.includes('all') ? (await deadLetters(db, 100_000)).map(({ id }) => id) : ids.map(Number);
    const back = await db.transaction(async (tx) => {
      const count = await requeue(tx, wanted, now);
      await recordAudit(tx, {
        at: now,
        actor: 'console',
        via: 'console',
        command: 'dead-letters requeue',
        subject: 'outbox',
        outcome: 'done',
        after: { ids: wanted, count },
      });
      return count;
    });
    io.out(`${back} messages will be sent again`);
    return 0;
  });
}

/** Takes up an event again that a fault of ours kept from being carried out; the caller hands it to the bot. */
export const takeUpFailed = releaseFailed;
