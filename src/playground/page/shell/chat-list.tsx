import { useRef, useState } from 'preact/hooks';
import type { Chat, World } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { chatsOf, isBotChat } from '../state/chats.ts';
import { useNow } from '../state/clock.ts';
import { useLocale, useWords } from '../state/locale.ts';
import { go } from '../state/route.ts';
import type { Session } from '../state/session.ts';
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
  const now = useNow();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const chats = chatsOf(world).filter((chat) => `${chat.name} ${chat.preview}`.toLowerCase().includes(wanted));
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
      <ul class="chat-items" aria-label={words.chats}>
        {chats.map((chat) => (
          <ChatItem key={chat.chatId} chat={chat} world={world} now={now} open={chat.chatId === props.open} />
        ))}
        {chats.length === 0 && <li class="none">{wanted ? words.noMatches : words.noChats}</li>}
      </ul>
    </aside>
  );
}

function ChatItem({ chat, world, now, open }: { chat: Chat; world: World; now: string; open: boolean }) {
  const words = useWords();
  const locale = useLocale();
  const offset = offsetMinutes(now);
  const other = chat.kind === 'p2p' ? world.people.find((person) => isOther(person.openId, chat, world)) : undefined;
  return (
    <li>
      <button
        type="button"
        class={`chat-item${open ? ' open' : ''}`}
        data-testid="chat-item"
        data-chat-id={chat.chatId}
        aria-current={open ? 'true' : undefined}
        title={chat.name}
        onClick={() => go({ chat: chat.chatId })}
        onKeyDown={moveFocus}
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
            <b class="badge" title={words.unread(chat.unread)}>
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
    </li>
  );
}

function moveFocus(event: KeyboardEvent): void {
  const row = (event.currentTarget as HTMLElement).parentElement;
  const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
  if (!next) return;
  event.preventDefault();
  next.querySelector('button')?.focus();
}

const isOther = (openId: string, chat: Chat, world: World) =>
  openId !== world.me.openId && chat.members.includes(openId);

function PhoneTools({ session, tools }: { session: Session; tools: Tools }) {
  const words = useWords();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const after =
    <T extends unknown[]>(act: (...given: T) => void) =>
    (...given: T) => {
      setOpen(false);
      act(...given);
    };
  const closing: Tools = {
    panel: tools.panel,
    toggle: after(tools.toggle),
    switchLocale: after(tools.switchLocale),
    askReset: after(tools.askReset),
  };
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
          <ToolButtons session={session} tools={closing} class="tool-item" />
        </Popup>
      )}
    </>
  );
}
