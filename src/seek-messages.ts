import { isDeepStrictEqual } from 'node:util';
import { updateCard } from '#bot/deliver';
import { runSteps, type Surroundings } from '#bot/run';
import type { SeekArgs } from '#bot/seek';
import type { Db } from '#db/client';
import { finishJob, type Job } from '#db/jobs';
import { keepLinks, type MessageLink } from '#db/message-links';
import { lockCard, replaceCard } from '#db/sent-cards';
import type { Person } from '#domain/people/person';
import type { JobHandler } from './jobs.ts';

/**
 * Asks the platform where the messages of a shown card stand, remembers it, and shows the card again with what opens them: the same command
 * as the same person, through the same gate, as long as the card is still what was shown.
 *
 * @param find what the platform tells of these; what it cannot say now is left out
 */
export function seekMessages({
  find,
  surroundings,
}: {
  find(messageIds: string[]): Promise<MessageLink[]>;
  surroundings(): Surroundings;
}): JobHandler {
  return async ({ db, job, by, now }) => {
    const { messageIds } = job.args as SeekArgs;
    const links = await find(messageIds);
    await keepLinks(db, links, now());
    await db.transaction(async (tx) => {
      if (links.length > 0) await showAgain(tx, { job, by, now, surroundings: surroundings() });
      await finishJob(tx, job.id, 'done', now());
    });
  };
}

async function showAgain(
  tx: Db,
  { job, by, now, surroundings }: { job: Job; by: Person; now(): Date; surroundings: Surroundings },
): Promise<void> {
  const { shown, again } = job.args as SeekArgs;
  const command = surroundings.registry.find(again.command);
  const sent = await lockCard(tx, shown.key);
  // they have gone on meanwhile, or a form lies over it
  if (!command?.reads || sent?.audience !== by.openId || sent.rev !== shown.rev || sent.covered) return;
  const under: Promise<unknown>[] = [];
  const [reply] = await runSteps(
    tx,
    surroundings,
    {
      ...{ actor: by, via: 'schedule', place: 'private', saidAt: new Date(again.saidAt) },
      source: { eventId: `job:${job.id}` },
    },
    [{ command, args: again.args }],
    under,
  );
  await Promise.all(under);
  if (!reply?.card || isDeepStrictEqual(reply.card, sent.card)) return;
  const rev = await replaceCard(tx, sent.key, { card: reply.card }, now());
  await updateCard(tx, { person: by.openId }, sent.key, reply.card, rev, now());
}
