import type { Db } from '#db/client';
import { knownLinks } from '#db/message-links';
import { chatLink } from './facts/source.ts';

/** What opens a message, or at least the chat, for one person. */
export interface Opens {
  message?: string;
  chat?: string;
  /** It was said in somebody else's private chat with the bot: nobody else can open that. */
  closed?: boolean;
}

/** As many calls of the platform as one look at a card is worth. */
const MOST = 60;
/** A permission may have been given meanwhile. */
const ASK_AGAIN_MS = 60 * 60_000;

/**
 * What is known of these messages, by id, for who looks; and which of them the platform should be asked for: those that it was never asked
 * for, and those that it told no place of an hour ago.
 */
export async function opensFor(
  db: Db,
  messageIds: readonly string[],
  { viewer, now }: { viewer: string; now: Date },
): Promise<{ opens: Map<string, Opens>; seeks: string[] }> {
  const wanted = [...new Set(messageIds)].filter((id) => id.startsWith('om_'));
  const known = await knownLinks(db, wanted);
  const opens = new Map<string, Opens>();
  for (const { messageId, chatId, link, privateTo } of known.values())
    opens.set(
      messageId,
      privateTo !== null && privateTo !== viewer
        ? { closed: true }
        : { ...(link && { message: link }), ...(chatId && { chat: chatLink(chatId) }) },
    );
  const seeks = wanted.filter((id) => {
    const told = known.get(id);
    return !told || (told.link === null && now.getTime() - told.askedAt.getTime() > ASK_AGAIN_MS);
  });
  return { opens, seeks: seeks.slice(0, MOST) };
}
