import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { failedEvents, letRunAgain } from '#db/inbox';
import { deadLetters, requeue } from '#db/outbox';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

const usage = 'usage: npm run gendan -- dead-letters [list | requeue all | requeue ID …]';

/**
 * `dead-letters`: what could not be delivered or carried out. `requeue` puts messages (by number) back into the queue and lets events (by
 * event id) run again in the bot; that is audited.
 */
export async function deadLettersCommand(
  [verb = 'list', ...ids]: string[],
  io: Io,
  env: Record<string, string | undefined>,
): Promise<number> {
  if (!['list', 'requeue'].includes(verb) || (verb === 'requeue' && ids.length === 0)) {
    io.err(usage);
    return 1;
  }
  return withDatabase(env, (db) => (verb === 'list' ? list(db, io) : requeueThem(db, ids, io)));
}

async function list(db: Db, io: Io): Promise<number> {
  const letters = await deadLetters(db);
  const events = await failedEvents(db);
  for (const { id, lane, tries, problem, createdAt } of letters)
    io.out(`message ${id}  to ${lane}  since ${createdAt.toISOString()}  after ${tries} tries: ${problem}`);
  for (const { eventId, kind, errorNo, receivedAt } of events)
    io.out(
      `event ${eventId}  ${kind}  at ${receivedAt.toISOString()}  number ${errorNo}${kind === 'click' ? '  (the person presses again)' : ''}`,
    );
  io.out(`${letters.length} messages, ${events.length} events`);
  return 0;
}

async function requeueThem(db: Db, ids: string[], io: Io): Promise<number> {
  const all = ids.includes('all');
  const now = new Date();
  const { messages, events } = await db.transaction(async (tx) => {
    const wanted = all
      ? (await deadLetters(tx, 100_000)).map(({ id }) => id)
      : ids.filter((id) => /^\d+$/.test(id)).map(Number);
    const count = await requeue(tx, wanted, now);
    const again = await letRunAgain(tx, all ? undefined : ids);
    await recordAudit(tx, {
      at: now,
      actor: 'console',
      via: 'console',
      command: 'dead-letters requeue',
      subject: 'outbox',
      outcome: 'done',
      after: { ids: wanted, count, events: again },
    });
    return { messages: count, events: again.length };
  });
  io.out(`${messages} messages will be sent again, ${events} events run again`);
  if (all || messages + events === new Set(ids).size) return 0;
  io.err('not all of these are dead letters: see npm run gendan -- dead-letters list');
  return 1;
}
