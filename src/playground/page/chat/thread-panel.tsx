import { useEffect, useRef } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Composer } from './composer.tsx';
import { type Found, useShown } from './found.ts';
import { MessageView } from './message.tsx';
import { continues } from './message-list.tsx';

/** The answers to one message, beside the chat; what is typed here stays in the thread. */
export function ThreadPanel(props: { session: Session; chat: Chat; root: Message; found?: Found; close(): void }) {
  const { session, chat, root, found, close } = props;
  const box = useRef<HTMLDivElement>(null);
  useShown(box, found);
  const words = useWords();
  const history = useStore(session.state).histories[chat.chatId];
  const first = history?.messages.find(({ messageId }) => messageId === root.messageId) ?? root;
  const answers = (history?.messages ?? []).filter(
    (message) => message.threadId !== undefined && message.rootId === root.messageId && message !== first,
  );
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [close]);
  return (
    <aside class="thread" aria-label={words.thread} data-testid="thread">
      <header class="panel-head">
        <h3>{words.thread}</h3>
        <button type="button" class="icon-button" aria-label={words.close} onClick={close}>
          <Glyph name="close" size="18px" />
        </button>
      </header>
      <div ref={box} class="messages">
        <MessageView
          session={session}
          chat={chat}
          message={first}
          found={first.messageId === found?.messageId}
          follows={false}
          replies={0}
        />
        {answers.length > 0 && <div class="day-line">{words.threadReplies(answers.length)}</div>}
        {answers.map((message, index) => (
          <MessageView
            key={message.messageId}
            session={session}
            chat={chat}
            message={message}
            found={message.messageId === found?.messageId}
            follows={index > 0 && continues(answers[index - 1]!, message)}
            replies={0}
          />
        ))}
      </div>
      <Composer session={session} chat={chat} thread={root} spoke={() => undefined} />
    </aside>
  );
}
