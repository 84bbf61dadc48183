import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { isBotChat } from '../state/chats.ts';
import { useNow } from '../state/clock.ts';
import { useLocale, useWords } from '../state/locale.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { isoDate, offsetMinutes, relativeDay, wall } from '../state/time.ts';
import { type Found, useShown } from './found.ts';
import { MessageView } from './message.tsx';

const nearBottomPx = 80;

interface MessageListProps {
  session: Session;
  chat: Chat;
  /** The message that a link led to. */
  found: Found | undefined;
  answer(message: Message): void;
  openThread(message: Message): void;
}

/** The messages of a chat, newest at the bottom and kept in view there. */
export function MessageList({ session, chat, found, answer, openThread }: MessageListProps) {
  const words = useWords();
  const locale = useLocale();
  const history = useStore(session.state).histories[chat.chatId];
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const scroll = useScroll(box, history?.messages ?? [], session.as);
  useShown(box, found, scroll.left);
  const messages = history?.messages ?? [];
  const offset = offsetMinutes(now);
  const today = wall(now, offset);
  const threads = threadSizes(messages);
  const shown = messages.filter((message) => !inThread(message, messages));
  return (
    <div class="messages-box">
      <div ref={box} class="messages" role="log" aria-label={chat.name} onScroll={scroll.scrolled}>
        {history && !history.complete && messages.length > 0 && (
          <button
            type="button"
            class="load-older"
            disabled={history.loading}
            onClick={() => void session.loadOlder(chat.chatId)}
          >
            {history.loading ? words.loading : words.loadOlder}
          </button>
        )}
        {history?.problem && (
          <div class="nothing-open" role="alert">
            <p>{history.problem === 'offline' ? words.offline : history.problem}</p>
            <button type="button" class="btn" onClick={() => void session.load(chat.chatId)}>
              {words.retry}
            </button>
          </div>
        )}
        {messages.length === 0 && !history?.problem && (
          <div class="nothing-open">
            {history?.loading ? words.loading : isBotChat(chat) ? words.noBotMessages : words.noMessages}
          </div>
        )}
        {shown.map((message, index) => {
          const at = wall(message.at, offset);
          const before = shown[index - 1];
          const newDay = !before || isoDate(wall(before.at, offset)) !== isoDate(at);
          const follows = !newDay && before !== undefined && continues(before, message);
          return (
            <div key={message.messageId}>
              {newDay && <div class="day-line">{relativeDay(at, today, locale)}</div>}
              <MessageView
                session={session}
                chat={chat}
                message={message}
                found={message.messageId === found?.messageId || message.messageId === found?.root?.messageId}
                follows={follows}
                parent={messages.find(({ messageId }) => messageId === message.parentId)}
                replies={threads.get(message.messageId) ?? 0}
                answer={() => answer(message)}
                openThread={() => openThread(message)}
              />
            </div>
          );
        })}
      </div>
      {scroll.more && (
        <button type="button" class="new-messages" onClick={scroll.toBottom}>
          <Glyph name="down-small-ccm" /> {words.newMessages}
        </button>
      )}
    </div>
  );
}

/** An answer inside a thread stands in the thread only, as long as there is its first message to open it from. */
function inThread(message: Message, all: Message[]): boolean {
  return (
    message.threadId !== undefined &&
    message.rootId !== undefined &&
    message.rootId !== message.messageId &&
    all.some(({ messageId }) => messageId === message.rootId)
  );
}

function threadSizes(messages: Message[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const message of messages) {
    if (message.rootId && inThread(message, messages)) {
      sizes.set(message.rootId, (sizes.get(message.rootId) ?? 0) + 1);
    }
  }
  return sizes;
}

const sameTurnMs = 3 * 60_000;

/** The same person goes on speaking: no second avatar and name. */
export function continues(before: Message, message: Message): boolean {
  return (
    before.sender.openId === message.sender.openId &&
    !before.recalled &&
    !message.recalled &&
    !message.parentId &&
    Date.parse(message.at) - Date.parse(before.at) < sameTurnMs
  );
}

/** Stays at the bottom while the reader is there, and keeps the place when older messages are put in above. */
function useScroll(box: { current: HTMLDivElement | null }, messages: Message[], as: string) {
  const [more, setMore] = useState(false);
  const atBottom = useRef(true);
  const last = useRef<string>(undefined);
  const first = useRef<string>(undefined);
  const height = useRef(0);
  const toBottom = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    setMore(false);
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const newest = messages.at(-1);
    const prepended = first.current !== undefined && messages[0]?.messageId !== first.current;
    if (newest && newest.messageId !== last.current) {
      if (atBottom.current || newest.sender.openId === as || last.current === undefined) toBottom();
      else setMore(true);
    } else if (prepended) element.scrollTop += element.scrollHeight - height.current;
    last.current = newest?.messageId;
    first.current = messages[0]?.messageId;
    height.current = element.scrollHeight;
  });

  // Charts and pictures grow after they are in place.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atBottom.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  });

  return {
    more,
    toBottom,
    /** The reader was led elsewhere: what grows no longer pulls them to the bottom. */
    left: () => {
      atBottom.current = false;
    },
    scrolled: () => {
      const element = box.current;
      if (!element) return;
      atBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearBottomPx;
      if (atBottom.current) setMore(false);
    },
  };
}
