import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { CardView } from '../card/card.tsx';
import { type CardClient, ClientContext } from '../card/context.ts';
import { Glyph } from '../card/icons.tsx';
import { Picture } from '../card/image.tsx';
import { emoji } from '../card/markdown/emoji.ts';
import { Markdown } from '../card/markdown/markdown.tsx';
import { showToast } from '../shell/toasts.tsx';
import { resourceUrl } from '../state/api.ts';
import { useNow } from '../state/clock.ts';
import { useWords } from '../state/locale.ts';
import { type Session, wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { offsetMinutes } from '../state/time.ts';
import { type PostPiece, postOf } from './post.ts';

interface BodyProps {
  session: Session;
  chat: Chat;
  message: Message;
}

/** What a message says, by its type. */
export function MessageBody({ session, chat, message }: BodyProps) {
  const words = useWords();
  const client = useCardClient(session, chat, message);
  const content = (message.content ?? {}) as Record<string, unknown>;
  switch (message.type) {
    case 'text':
      return <p class="said">{spokenText(String(content.text ?? ''), message, client, words.everyone)}</p>;
    case 'post':
      return (
        <ClientContext.Provider value={client}>
          <PostBody content={content} client={client} everyone={words.everyone} />
        </ClientContext.Provider>
      );
    case 'image':
      return <Picture imageKey={String(content.image_key ?? '')} alt={words.image} preview />;
    case 'interactive':
      return (
        <ClientContext.Provider value={client}>
          <CardView content={message.content} />
        </ClientContext.Provider>
      );
    case 'audio':
    case 'media':
    case 'file':
      return <FileBody content={content} type={message.type} />;
    default:
      return <p class="said">{JSON.stringify(message.content)}</p>;
  }
}

function useCardClient(session: Session, chat: Chat, message: Message): CardClient {
  const words = useWords();
  const world = useStore(session.state).world!;
  const now = useNow();
  return useMemo(
    () => ({
      person: (openId) => world.people.find((person) => person.openId === openId),
      bot: world.bot,
      members: chat.members,
      offset: offsetMinutes(now),
      now,
      notice: showToast,
      async click(action) {
        try {
          const outcome = await session.click(message.messageId, action);
          if (outcome.toast) showToast(outcome.toast.type, outcome.toast.content);
          if (outcome.failure) showToast('error', words.clickFailed(outcome.failure.code));
          return outcome;
        } catch (error) {
          const said = wordsOf(error);
          showToast('error', said === 'offline' ? words.offline : said);
          return undefined;
        }
      },
    }),
    [session, world, now, chat.members, message.messageId, words],
  );
}

/** Links and mentions in plain text; everything else as typed. */
function spokenText(text: string, message: Message, client: CardClient, everyone: string): ComponentChildren[] {
  const names = new Map(message.mentions.map(({ key, name, openId }) => [key, { name, openId }]));
  const pattern = /(@_user_\d+|@_all|<at[^>]*>[^<]*<\/at>|https?:\/\/[^\s<>"'，。；）】」]+)/g;
  return text.split(pattern).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith('http')) {
      return (
        <a key={index} href={part} target="_blank" rel="noopener noreferrer">
          {part}
        </a>
      );
    }
    const tagged = /<at[^>]*id="?([^">]*)"?[^>]*>([^<]*)<\/at>/.exec(part);
    const openId = tagged?.[1] ?? names.get(part)?.openId;
    const known = openId && (client.person(openId)?.name ?? (openId === client.bot.openId ? client.bot.name : ''));
    const name = part === '@_all' || openId === 'all' ? everyone : (names.get(part)?.name ?? (known || tagged?.[2]));
    return name ? (
      <span key={index} class={`mention${openId === client.bot.openId ? ' bot' : ''}`}>{`@${name}`}</span>
    ) : (
      part
    );
  });
}

function PostBody(props: { content: Record<string, unknown>; client: CardClient; everyone: string }) {
  const { title, lines } = postOf(props.content);
  return (
    <div class="post">
      {title && <strong class="post-title">{title}</strong>}
      {lines.map((line, index) => (
        <div key={index} class="said">
          {line.map((piece, at) => (
            <Piece key={at} piece={piece} client={props.client} everyone={props.everyone} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Piece({ piece, client, everyone }: { piece: PostPiece; client: CardClient; everyone: string }) {
  const style = {
    fontWeight: piece.style?.includes('bold') ? '600' : undefined,
    fontStyle: piece.style?.includes('italic') ? 'italic' : undefined,
    textDecoration: piece.style?.includes('lineThrough')
      ? 'line-through'
      : piece.style?.includes('underline')
        ? 'underline'
        : undefined,
  };
  switch (piece.tag) {
    case 'a':
      return /^https?:\/\//.test(piece.href ?? '') ? (
        <a href={piece.href} target="_blank" rel="noopener noreferrer">
          {piece.text}
        </a>
      ) : (
        <span>{piece.text}</span>
      );
    case 'at': {
      const id = piece.user_id ?? '';
      const name = id === 'all' || id === '@_all' ? everyone : (client.person(id)?.name ?? piece.user_name ?? id);
      return <span class="mention">{`@${id === client.bot.openId ? client.bot.name : name}`}</span>;
    }
    case 'img':
      return <Picture imageKey={piece.image_key ?? ''} alt="" preview />;
    case 'emotion':
      return <span>{emoji[(piece.emoji_type ?? '').toUpperCase()] ?? `[${piece.emoji_type}]`}</span>;
    case 'md':
      return <Markdown source={piece.text ?? ''} />;
    case 'hr':
      return <hr />;
    case 'code_block':
      return <pre class="md-code">{piece.text}</pre>;
    default:
      return <span style={style}>{piece.text}</span>;
  }
}

function FileBody({ content, type }: { content: Record<string, unknown>; type: 'file' | 'audio' | 'media' }) {
  const words = useWords();
  const name = String(
    content.file_name ?? (type === 'audio' ? words.audio : type === 'media' ? words.video : words.file),
  );
  const seconds = typeof content.duration === 'number' ? Math.round(content.duration / 1000) : undefined;
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase();
  return (
    <a class="file-body" href={resourceUrl(String(content.file_key ?? ''))} download={name} title={words.download}>
      <span class="file-picture" data-ending={ending?.toLowerCase()}>
        {ending ?? <Glyph name="file" size="20px" />}
      </span>
      <span class="file-words">
        <span>{name}</span>
        <small>{seconds === undefined ? words.download : `${seconds}″`}</small>
      </span>
    </a>
  );
}
