import type { Chat, Message } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { Avatar } from '../shell/avatar.tsx';
import { showToast } from '../shell/toasts.tsx';
import { api } from '../state/api.ts';
import { isBotChat } from '../state/chats.ts';
import { useNow } from '../state/clock.ts';
import { useWords } from '../state/locale.ts';
import { usePhone } from '../state/media.ts';
import { type Session, wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { clockTime, offsetMinutes, wall } from '../state/time.ts';
import { MessageBody } from './message-body.tsx';
import { oneLine } from './preview.ts';

interface MessageProps {
  session: Session;
  chat: Chat;
  message: Message;
  /** A link led here. */
  found?: boolean;
  /** The same sender just spoke. */
  follows: boolean;
  parent?: Message;
  /** Answers in the thread that this message begins. */
  replies: number;
  answer?: () => void;
  openThread?: () => void;
}

/** One message with its sender, time, marks and what can be done with it. */
export function MessageView(props: MessageProps) {
  const { session, chat, message, follows, found } = props;
  const words = useWords();
  const { world } = useStore(session.state);
  const now = useNow();
  const phone = usePhone();
  const mine = message.sender.openId === session.as;
  if (message.recalled) {
    return (
      <div
        class={`recalled${found ? ' found' : ''}`}
        data-testid="message"
        data-message-id={message.messageId}
        data-type="recalled"
      >
        {mine ? words.youRecalled : words.recalled(message.sender.name)}
      </div>
    );
  }
  const sender = world!.people.find(({ openId }) => openId === message.sender.openId);
  const isCard = message.type === 'interactive';
  return (
    <div
      class={`message${mine ? ' mine' : ''}${follows ? ' follows' : ''}${isCard ? ' with-card' : ''}${found ? ' found' : ''}`}
      data-testid="message"
      data-message-id={message.messageId}
      data-type={message.type}
      tabIndex={-1}
    >
      <span class="message-avatar">
        {!follows && (
          <Avatar
            name={message.sender.name}
            colour={sender?.avatarColor}
            size={phone ? 30 : 36}
            bot={message.sender.kind === 'bot'}
          />
        )}
      </span>
      <div class="message-main">
        {!follows && (
          <div class="message-head">
            <span>{message.sender.name}</span>
            {message.sender.kind === 'bot' && (
              <span class="text-tag mini" data-hue="yellow">
                {words.bot}
              </span>
            )}
            <time dateTime={message.at}>{clockTime(wall(message.at, offsetMinutes(now)))}</time>
          </div>
        )}
        <div class={isCard ? 'bubble-row wide' : 'bubble-row'}>
          <div class={isCard ? 'card-holder' : `bubble ${message.type}`}>
            {props.parent && <Quoted message={props.parent} />}
            <MessageBody session={session} chat={chat} message={message} />
          </div>
          <Toolbar {...props} mine={mine} />
        </div>
        {props.replies > 0 && (
          <button type="button" class="thread-link" data-testid="thread-link" onClick={props.openThread}>
            <Glyph name="chat" /> {words.threadReplies(props.replies)}
          </button>
        )}
        <Marks chat={chat} message={message} session={session} mine={mine} />
      </div>
    </div>
  );
}

function Quoted({ message }: { message: Message }) {
  const words = useWords();
  return (
    <div class="quoted" data-testid="quoted">
      {`${words.replyTo(message.sender.name)}: ${message.recalled ? words.recalled(message.sender.name) : oneLine(message, words)}`}
    </div>
  );
}

function Marks({
  chat,
  message,
  session,
  mine,
}: Pick<MessageProps, 'chat' | 'message' | 'session'> & { mine: boolean }) {
  const words = useWords();
  const { world } = useStore(session.state);
  const readers = message.readBy.filter((openId) => openId !== message.sender.openId);
  const names = readers.map((openId) => world!.people.find((person) => person.openId === openId)?.name ?? openId);
  const fromBot = isBotChat(chat) && message.sender.kind === 'bot';
  if (!message.onlyFor && !message.editedAt && !fromBot && !(mine && readers.length > 0)) return null;
  return (
    <div class="marks">
      {message.onlyFor && (
        <span>
          <Glyph name="eye" /> {words.onlyYou}
        </span>
      )}
      {message.editedAt && <span>{words.edited}</span>}
      {(fromBot || (mine && readers.length > 0)) && (
        <span class={readers.length > 0 ? 'is-read' : ''} title={names.length > 0 ? words.read(names.join('、')) : ''}>
          <Glyph name={readers.length > 0 ? 'yes' : 'unread'} /> {readers.length > 0 ? words.readBy : words.unreadMark}
        </span>
      )}
    </div>
  );
}

function Toolbar({ session, message, mine, answer, openThread }: MessageProps & { mine: boolean }) {
  const words = useWords();
  const recall = () => api.recall(session.as, message.messageId).catch((error) => showToast('error', wordsOf(error)));
  const copy = async () => {
    await navigator.clipboard.writeText(oneLine(message, words, true));
    showToast('success', words.copied);
  };
  return (
    <div class="toolbar" role="toolbar">
      {answer && <Tool glyph="reply" text={words.reply} press={answer} />}
      {openThread && !message.onlyFor && <Tool glyph="chat" text={words.replyInThread} press={openThread} />}
      {message.type === 'text' && <Tool glyph="file" text={words.copy} press={() => void copy()} />}
      {mine && <Tool glyph="restart" text={words.recall} press={() => void recall()} />}
    </div>
  );
}

function Tool({ glyph, text, press }: { glyph: string; text: string; press(): void }) {
  return (
    <button type="button" aria-label={text} title={text} onClick={press}>
      <Glyph name={glyph} size="16px" />
    </button>
  );
}
