import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { sought } from '../state/links.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';

export interface Found {
  messageId: string;
  /** What began its topic, when it stands in one. */
  root?: Message;
}

/** The message of this chat that a link led to, once it is loaded: older pages are, until it is there. Another one for each time. */
export function useFound(session: Session, chat: Chat): Found | undefined {
  const asked = useStore(sought);
  const history = useStore(session.state).histories[chat.chatId];
  const isHere = asked?.as === session.as && asked.chatId === chat.chatId && asked.messageId !== undefined;
  const messages = history?.messages ?? [];
  const wanted = asked?.rootId ?? asked?.messageId;
  const message = isHere ? messages.find(({ messageId }) => messageId === wanted) : undefined;
  const missing = isHere && !message && history !== undefined && !history.loading && !history.complete;
  useEffect(() => {
    if (missing) void session.loadOlder(chat.chatId);
  }, [session, chat.chatId, missing, messages.length]);
  // whoever comes back later is not led there again
  useEffect(
    () => () => {
      if (sought.value?.chatId === chat.chatId) sought.set(undefined);
    },
    [chat.chatId],
  );
  return useMemo(
    () =>
      message ? { messageId: asked!.messageId!, ...(asked!.rootId !== undefined && { root: message }) } : undefined,
    [asked, message?.messageId],
  );
}

/** Brings what a link led to into the middle of the box, once for each time. */
export function useShown(box: { current: HTMLDivElement | null }, found: Found | undefined, shown?: () => void): void {
  useLayoutEffect(() => {
    if (!found) return;
    shown?.();
    // in the chat a topic is where its first message stands
    const places = [found.messageId, found.root?.messageId].map((id) =>
      id ? box.current?.querySelector(`[data-message-id="${CSS.escape(id)}"]`) : undefined,
    );
    places.find(Boolean)?.scrollIntoView({ block: 'center' });
  }, [found]);
}
