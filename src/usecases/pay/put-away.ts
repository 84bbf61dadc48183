import { updateCard } from '#bot/deliver';
import { AMOUNTS } from '#cards/kit';
import { putAwayCard, showsAmounts } from '#cards/put-away-card';
import { cardsMarked, lockCard, replaceCard } from '#db/sent-cards';
import type { DueTask } from '../due.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const SHOWN_DAYS = 12;
/** The platform replaces a card for 14 days. */
const REPLACEABLE_MS = 14 * DAY - HOUR;
/** Who has just tapped an old card may read what it shows now. */
const READING_MS = HOUR;

/**
 * trust 50: amounts of pay do not lie about in old cards, and a bot that was away for a day still comes in time. What they said is asked
 * for again: everything of it is kept.
 */
export const putAwayAmounts: DueTask = {
  name: 'put-away-amounts',
  async run({ db, now }) {
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const when = { from: ago(REPLACEABLE_MS), to: ago(SHOWN_DAYS * DAY), untouchedSince: ago(READING_MS) };
    for (const key of await cardsMarked(db, AMOUNTS, when))
      await db.transaction(async (tx) => {
        const sent = await lockCard(tx, key);
        const shown = sent?.covered ?? sent?.card;
        // another instance may have been here
        if (!sent?.audience || !shown || !showsAmounts(shown)) return;
        const card = putAwayCard(shown, SHOWN_DAYS);
        const rev = await replaceCard(tx, key, { card }, now);
        await updateCard(tx, { person: sent.audience }, key, card, rev, now);
      });
  },
};
