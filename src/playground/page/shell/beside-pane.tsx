import type { Chat } from '#playground/page-api';
import { ChatPane } from '../chat/chat-pane.tsx';
import { botChatId, chatById, isBotChat } from '../state/chats.ts';
import { useWords } from '../state/locale.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** The same chat through a second person; for the bot's private chat, that person's own. */
export function BesidePane(props: { session: Session | undefined; chat: Chat; main: Session }) {
  return props.session ? <Beside session={props.session} chat={props.chat} /> : <div class="pane" />;
}

function Beside({ session, chat }: { session: Session; chat: Chat }) {
  const words = useWords();
  const { world, problem } = useStore(session.state);
  const close = () => go({ beside: undefined });
  const same = world && chatById(world, isBotChat(chat) ? botChatId : chat.chatId);
  if (world && same) {
    return <ChatPane key={`${session.as} ${same.chatId}`} session={session} chat={same} beside close={close} />;
  }
  return (
    <section class="pane" data-testid="pane" data-as={session.as}>
      <div class="nothing-open">
        <p>{world ? words.notMember(world.me.name) : (problem ?? words.opening)}</p>
        <button type="button" class="btn" onClick={close}>
          {words.closeSide}
        </button>
      </div>
    </section>
  );
}
