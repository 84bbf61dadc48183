import type { Answer, Incoming } from '#bot/incoming';
import { eventsToRunAgain, giveUpAgain } from '#db/inbox';
import type { DueTask } from '#usecases/due';

/** Runs the failed events that an operator asked for (`dead-letters requeue`); one that fails again is back on the list. */
export const takeUpFailed = (receive: (incoming: Incoming) => Promise<Answer>): DueTask => ({
  name: 'take-up-failed',
  async run({ db }) {
    for (const { eventId, payload } of await eventsToRunAgain(db)) {
      const kept = payload as Omit<Incoming, 'at'> & { at: string };
      await receive({ ...kept, at: new Date(kept.at) } as Incoming);
      await giveUpAgain(db, eventId);
    }
  },
});
