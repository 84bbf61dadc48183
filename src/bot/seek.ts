import type { Db } from '#db/client';
import { addJob } from '#db/jobs';
import type { Reply } from './command.ts';
import type { Intent, Step } from './run.ts';

/** The job that looks for messages which a card would link to, see `Reply.seeks`. */
export const SEEK_MESSAGES = 'seek-messages';

export interface SeekArgs {
  messageIds: string[];
  /** The card that was shown, in the state in which it was. */
  shown: { key: string; rev: number };
  /** What shows it again. */
  again: { command: string; args: Record<string, unknown>; saidAt: string };
}

export async function seekLater(
  tx: Db,
  { seeks = [] }: Reply,
  { command, args }: Step,
  { actor, saidAt }: Pick<Intent, 'actor' | 'saidAt'>,
  shown: SeekArgs['shown'],
  now: Date,
): Promise<void> {
  if (seeks.length === 0) return;
  const again = { command: command.name, args, saidAt: saidAt.toISOString() };
  const job: SeekArgs = { messageIds: seeks, shown, again };
  // without a card of its own: where it fails, what was shown stays
  await addJob(tx, { kind: SEEK_MESSAGES, args: job, by: actor.id, cardKey: null }, now);
}
