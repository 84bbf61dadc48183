import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { Avatar } from '../shell/avatar.tsx';
import { byFirm } from '../shell/person-switch.tsx';
import { Popup } from '../shell/popup.tsx';
import { botChatId, isBotChat } from '../state/chats.ts';
import { useWords } from '../state/locale.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Composer } from './composer.tsx';
import { useFound } from './found.ts';
import { MessageList } from './message-list.tsx';
import { ThreadPanel } from './thread-panel.tsx';

interface ChatPaneProps {
  session: Session;
  chat: Chat;
  /** The way back to the list, on a phone. */
  back?: () => void;
  /** The pane of the second person. */
  beside?: boolean;
  close?: () => void;
}

/** One chat as one person sees it. */
export function ChatPane({ session, chat, back, beside, close }: ChatPaneProps) {
  const [answering, setAnswering] = useState<Message>();
  const [thread, setThread] = useState<Message>();

  useEffect(() => {
    if (chat.chatId !== botChatId) void session.load(chat.chatId);
    if (isBotChat(chat)) void session.enter();
  }, [session, chat.chatId]);
  useReadMark(session, chat);
  const found = useFound(session, chat);
  useEffect(() => {
    if (found?.root) setThread(found.root);
  }, [found]);

  const spoke = (message: Message) => {
    setAnswering(undefined);
    // The first word to the bot opens the private chat.
    if (chat.chatId === botChatId && !beside) go({ chat: message.chatId }, true);
  };
  return (
    <section class="pane" data-testid="pane" data-as={session.as} data-chat-id={chat.chatId}>
      <ChatHeader session={session} chat={chat} back={back} beside={beside} close={close} />
      <MessageList session={session} chat={chat} found={found} answer={setAnswering} openThread={setThread} />
      <Composer
        session={session}
        chat={chat}
        answering={answering}
        stopAnswering={() => setAnswering(undefined)}
        spoke={spoke}
      />
      {thread && (
        <ThreadPanel session={session} chat={chat} root={thread} found={found} close={() => setThread(undefined)} />
      )}
    </section>
  );
}

/** A chat in view is read, as long as the page itself is. */
function useReadMark(session: Session, chat: Chat): void {
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === 'visible' && chat.unread > 0) void session.read(chat);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [session, chat]);
}

function ChatHeader({ session, chat, back, beside, close }: ChatPaneProps) {
  const words = useWords();
  const { world } = useStore(session.state);
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const people = world!.people.filter((person) => chat.members.includes(person.openId));
  const other = chat.kind === 'p2p' ? people.find(({ openId }) => openId !== session.as) : undefined;
  return (
    <header class="chat-header">
      {back && (
        <button type="button" class="icon-button" data-testid="back" aria-label={words.back} onClick={back}>
          <Glyph name="left" size="22px" />
        </button>
      )}
      <Avatar
        name={chat.name}
        colour={other?.avatarColor ?? 'var(--blue-500)'}
        size={34}
        bot={isBotChat(chat)}
        group={chat.kind === 'group'}
      />
      <div class="chat-title">
        <h2>{chat.name}</h2>
        {chat.kind === 'group' ? (
          <button
            ref={anchor}
            type="button"
            class="members-button"
            aria-expanded={open}
            aria-label={words.memberList}
            onClick={() => setOpen(!open)}
          >
            {words.members(chat.members.length)}
            {chat.hasBot && ` · ${world!.bot.name}`}
          </button>
        ) : (
          <small>{isBotChat(chat) ? words.bot : other?.title}</small>
        )}
      </div>
      {beside && (
        <span class="seen-by">
          <Avatar name={world!.me.name} colour={world!.me.avatarColor} size={22} />
          {world!.me.name}
        </span>
      )}
      {close && (
        <button
          type="button"
          class="icon-button"
          data-testid="close-beside"
          aria-label={words.closeSide}
          onClick={close}
        >
          <Glyph name="close" size="18px" />
        </button>
      )}
      {open && (
        <Popup anchor={anchor} close={() => setOpen(false)} class="members" label={words.memberList} role="dialog">
          {chat.hasBot && (
            <div class="person-row">
              <Avatar name={world!.bot.name} size={28} bot />
              <span class="person-words">
                <span>{world!.bot.name}</span>
                <small>{words.bot}</small>
              </span>
            </div>
          )}
          {byFirm(people).map(([firm, members]) => (
            <section key={firm} class="firm">
              <h4>{firm}</h4>
              {members.map((person) => (
                <div key={person.openId} class="person-row">
                  <Avatar name={person.name} colour={person.avatarColor} size={28} />
                  <span class="person-words">
                    <span>{person.name}</span>
                    <small>{person.title}</small>
                  </span>
                </div>
              ))}
            </section>
          ))}
        </Popup>
      )}
    </header>
  );
}
