import type { CardKnowledge } from '#playground/platform/cards/inspection';
import type { State } from '#playground/platform/state';

/** What the stand-in knows about the ids and keys in a card. */
export const knowledgeOf = (state: State): CardKnowledge => ({
  isPerson: (id) =>
    id === state.botOpenId || state.users().some((user) => [user.openId, user.unionId, user.userId].includes(id)),
  isImage: (key) => state.resources.get(key)?.kind === 'image',
});
