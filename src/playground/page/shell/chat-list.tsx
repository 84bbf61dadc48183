import { useRef, useState } from 'preact/hooks';
import type { Chat, World } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { chatsOf, isBotChat } from '../state/chats.ts';
import { useLocale, useWords } from '../state/locale.ts';
import { go } from '../state/route.ts';
import { type Session, useNow } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { listTime, offsetMinutes, wall } from '../state/time.ts';
import { Avatar } from './avatar.tsx';
import { PersonSwitch } from './person-switch.tsx';
import { Popup } from './popup.tsx';
import { ToolButtons, type Tools } from './rail.tsx';

/** The chats of whoever is looking; on a phone also the way to the tools. */
export function ChatList(props: { session: Session; open: string | undefined; tools: Tools | undefined }) {
  const words = useWords();
  const world = useStore(props.session.state).world!;
  const now = useNow(props.session);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const chats = chatsOf(world).filter((chat) => `${chat.name} ${chat.preview}`.toLowerCase().includes(wanted));
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.chat-item')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <aside class="chat-list">
      <div class="chat-list-head">
        {props.tools && <PersonSwitch session={props.session} />}
        <input
          class="search"
          type="search"
          value={search}
          placeholder={words.search}
          aria-label={words.search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        {props.tools && <PhoneTools session={props.session} tools={props.tools} />}
      </div>
      <div class="chat-items" role="list" aria-label={words.chats} onKeyDown={move}>
        {chats.map((chat) => (
          <ChatItem key={chat.chatId} chat={chat} world={world} now={now} open={chat.chatId === props.open} />
        ))}
        {chats.length === 0 && <p class="none">{wanted ? words.noMatches : words.noChats}</p>}
      </div>
    </aside>
  );
}

function ChatItem({ chat, world, now, open }: { chat: Chat; world: World; now: string; open: boolean }) {
  const words = useWords();
  const locale = useLocale();
  const offset = offsetMinutes(now);
  const other = chat.kind === 'p2p' ? world.people.find((person) => isOther(person.openId, chat, world)) : undefined;
  return (
    <div role="listitem">
      <button
        type="button"
        class={`chat-item${open ? ' open' : ''}`}
        data-testid="chat-item"
        data-chat-id={chat.chatId}
        aria-current={open ? 'true' : undefined}
        onClick={() => go({ chat: chat.chatId })}
      >
        <span class="chat-picture">
          <Avatar
            name={chat.name}
            colour={other?.avatarColor ?? 'var(--blue-500)'}
            size={42}
            bot={isBotChat(chat)}
            group={chat.kind === 'group'}
          />
          {chat.unread > 0 && (
            <b class="badge" aria-label={words.unread(chat.unread)}>
              {chat.unread > 99 ? '99+' : chat.unread}
            </b>
          )}
        </span>
        <span class="chat-words">
          <span class="chat-line">
            <span class="chat-name">{chat.name}</span>
            {isBotChat(chat) && (
              <span class="text-tag mini" data-hue="yellow">
                {words.bot}
              </span>
            )}
            {chat.lastAt && <time>{listTime(wall(chat.lastAt, offset), wall(now, offset), locale)}</time>}
          </span>
          <span class="chat-preview">{chat.preview || (isBotChat(chat) ? words.noBotMessages : ' ')}</span>
        </span>
      </button>
    </div>
  );
}

const isOther = (openId: string, chat: Chat, world: World) =>
  openId !== world.me.openId && chat.members.includes(openId);

function PhoneTools({ session, tools }: { session: Session; tools: Tools }) {
  const words = useWords();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="icon-button"
        data-testid="phone-tools"
        aria-label={words.tools}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Glyph name="more" size="22px" />
      </button>
      {open && (
        <Popup anchor={anchor} close={() => setOpen(false)} align="end" class="tool-menu" label={words.tools}>
          <div onClick={() => setOpen(false)}>
            <ToolButtons session={session} tools={tools} class="tool-item" />
          </div>
        </Popup>
      )}
    </>
  );
}
