import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, Message } from '#playground/page-api';
import { Spinner } from '../card/control.tsx';
import { Glyph } from '../card/icons.tsx';
import { showToast } from '../shell/toasts.tsx';
import { api } from '../state/api.ts';
import { isBotChat } from '../state/chats.ts';
import { draftKey, drafts, emptyDraft, setDraft, spoken } from '../state/drafts.ts';
import { useLocale, useWords } from '../state/locale.ts';
import { type Session, wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Attachments, isImage } from './attachments.tsx';
import { BotMenu } from './bot-menu.tsx';
import { type Candidate, type Offer, offerAt } from './completion.ts';
import { CompletionPanel } from './completion-panel.tsx';
import { oneLine } from './preview.ts';

interface ComposerProps {
  session: Session;
  chat: Chat;
  answering?: Message;
  stopAnswering?: () => void;
  /** The thread that what is said here belongs to. */
  thread?: Message;
  spoke(message: Message): void;
}

/** Where messages are written: text with mentions and commands, files and photos. */
export function Composer({ session, chat, answering, stopAnswering, thread, spoke }: ComposerProps) {
  const words = useWords();
  const locale = useLocale();
  const world = useStore(session.state).world!;
  const key = draftKey(session.as, chat, thread?.messageId);
  const draft = useStore(drafts)[key] ?? emptyDraft;
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [offer, setOffer] = useState<Offer>();
  const [active, setActive] = useState(0);
  const [files, setFiles] = useState<File[]>([]);
  const [sending, setSending] = useState(false);
  const [dragging, setDragging] = useState(false);
  const wanted = useRef<number>(undefined);
  const ready = (draft.text.trim() !== '' || files.length > 0) && !sending;
  const hearsNothing =
    chat.kind === 'group' &&
    chat.hasBot &&
    draft.text.trim() !== '' &&
    !spoken(draft).includes(`"${world.bot.openId}"`);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 160)}px`;
    if (wanted.current === undefined) return;
    element.focus();
    element.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
  });
  useEffect(() => {
    if (answering) area.current?.focus();
  }, [answering]);

  const look = (text: string, cursor: number) => {
    setOffer(offerAt(text, cursor, world, chat, locale, words));
    setActive(0);
  };
  const write = (text: string, cursor: number, mention?: Candidate['mention']) => {
    const picked = mention ? { ...draft.picked, [mention.name]: mention.openId } : draft.picked;
    wanted.current = cursor;
    setDraft(key, { text, picked });
  };
  const complete = (candidate: Candidate) => {
    if (!offer) return;
    const cursor = area.current?.selectionStart ?? draft.text.length;
    const head = draft.text.slice(0, offer.from);
    const tail = draft.text.slice(cursor).replace(/^ /, '');
    setOffer(undefined);
    // Commands are the bot's: in a group it only hears them after its name.
    const called = candidate.kind !== 'command' || chat.kind !== 'group' || hasBot(head) ? '' : `@${world.bot.name} `;
    const bot = { name: world.bot.name, openId: world.bot.openId };
    const inserted = `${head}${called}${candidate.insert}`;
    write(`${inserted}${tail}`, inserted.length, candidate.mention ?? (called ? bot : undefined));
  };
  const hasBot = (text: string) => text.includes(`@${world.bot.name}`) && draft.picked[world.bot.name] !== undefined;
  const addMention = () => {
    const name = world.bot.name;
    const text = `@${name} ${draft.text.replace(new RegExp(`^\\s*@${name.replace(/\W/g, '\\$&')}\\s*`), '')}`;
    write(text, text.length, { name, openId: world.bot.openId });
  };
  const startCompletion = (sign: '@' | '/') => {
    const at = area.current?.selectionStart ?? draft.text.length;
    const text =
      sign === '/'
        ? '/'
        : `${draft.text.slice(0, at)}${/\S$/.test(draft.text.slice(0, at)) ? ' ' : ''}@${draft.text.slice(at)}`;
    const cursor = sign === '/' ? 1 : text.length - draft.text.slice(at).length;
    if (sign === '/' && draft.text.trim() !== '') return area.current?.focus();
    write(text, cursor);
    look(text, cursor);
  };

  const send = async () => {
    if (!ready) return;
    setSending(true);
    const place = {
      ...(thread ? { replyTo: thread.messageId, inThread: true } : answering ? { replyTo: answering.messageId } : {}),
    };
    try {
      let last: Message | undefined;
      const text = spoken(draft);
      // words and a photo are one message, as the client writes them; a file is always one of its own
      const withText = text ? files.findLast(isImage) : undefined;
      for (const file of [...files.filter((each) => each !== withText), ...(withText ? [withText] : [])]) {
        const kind = isImage(file) ? 'image' : 'file';
        const { key: fileKey, name } = await api.upload(session.as, kind, file);
        const part = kind === 'image' ? { image: fileKey } : { file: { key: fileKey, name } };
        last = await session.say(chat.chatId, { ...part, ...(file === withText ? { text } : {}), ...place });
        setFiles((now) => now.filter((other) => other !== file));
      }
      if (text && !withText) last = await session.say(chat.chatId, { text, ...place });
      setDraft(key, emptyDraft);
      setOffer(undefined);
      if (last) spoke(last);
    } catch (error) {
      const said = wordsOf(error);
      showToast('error', said === 'offline' ? words.offline : said);
    } finally {
      setSending(false);
      area.current?.focus();
    }
  };

  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const count = offer?.candidates.length ?? 0;
    if (offer && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setOffer(undefined);
    } else if (offer && count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (offer && count > 0 && (event.key === 'Tab' || event.key === 'Enter') && !isComplete(offer, draft.text)) {
      event.preventDefault();
      complete(offer.candidates[active]!);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape' && answering) {
      stopAnswering?.();
    }
  };
  const take = (list: FileList | null | undefined) => {
    if (list && list.length > 0) setFiles((now) => [...now, ...list]);
  };
  const typed = (event: Event) => {
    const { value, selectionStart } = event.currentTarget as HTMLTextAreaElement;
    setDraft(key, { ...draft, text: value });
    look(value, selectionStart);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere in it; the button does the same
    <footer
      class={`composer${dragging ? ' dragging' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        take(event.dataTransfer?.files);
      }}
    >
      {dragging && <div class="drop-here">{words.dropHere}</div>}
      {offer && <CompletionPanel offer={offer} active={active} hover={setActive} choose={complete} />}
      {hearsNothing && !offer && (
        <div class="hint" data-testid="mention-hint">
          <Glyph name="info" /> {words.mentionHint(world.bot.name)}
          <button type="button" onClick={addMention}>
            {words.addMention(world.bot.name)}
          </button>
        </div>
      )}
      {isBotChat(chat) && !thread && <BotMenu session={session} menu={world.menu} />}
      <div class="composer-box">
        {answering && (
          <div class="answering" data-testid="answering">
            <span>{`${words.replyTo(answering.sender.name)}: ${oneLine(answering, words)}`}</span>
            <button type="button" class="icon-button" aria-label={words.cancel} onClick={stopAnswering}>
              <Glyph name="close" size="14px" />
            </button>
          </div>
        )}
        <Attachments files={files} remove={(file) => setFiles((now) => now.filter((other) => other !== file))} />
        <textarea
          ref={area}
          rows={1}
          value={draft.text}
          data-testid="composer-input"
          placeholder={thread ? words.replyInThread : words.compose(chat.name)}
          aria-label={thread ? words.replyInThread : words.compose(chat.name)}
          aria-controls="candidates"
          aria-autocomplete="list"
          aria-activedescendant={offer ? `candidate-${active}` : undefined}
          onInput={typed}
          onKeyDown={keys}
          onClick={(event) => look(draft.text, event.currentTarget.selectionStart)}
          onBlur={() => setOffer(undefined)}
          onPaste={(event) => {
            if ((event.clipboardData?.files.length ?? 0) === 0) return;
            event.preventDefault();
            take(event.clipboardData?.files);
          }}
        />
        <div class="composer-tools" onPointerDown={(event) => event.preventDefault()}>
          {chat.kind === 'group' && <ToolButton glyph="at" text={words.mention} press={() => startCompletion('@')} />}
          {chat.hasBot && <ToolButton glyph="slash" text={words.commands} press={() => startCompletion('/')} />}
          <ToolButton glyph="attach" text={words.attach} press={() => picker.current?.click()} />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            data-testid="file-input"
            onChange={(event) => {
              take(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
          <span class="composer-gap" />
          <button
            type="button"
            class={`send${ready ? ' ready' : ''}`}
            data-testid="send"
            aria-label={sending ? words.sending : words.send}
            aria-disabled={!ready}
            onClick={() => void send()}
          >
            {sending ? <Spinner /> : <Glyph name="send" size="20px" />}
          </button>
        </div>
      </div>
    </footer>
  );
}

/** A command typed in full is sent by Enter instead of being completed once more. */
function isComplete(offer: Offer, text: string): boolean {
  if (offer.kind !== 'command') return false;
  const typed = text.slice(offer.from).trimEnd();
  return offer.candidates.some(({ title }) => typed === title || typed.startsWith(`${title} `));
}

function ToolButton({ glyph, text, press }: { glyph: string; text: string; press(): void }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={text}
      title={text}
      data-testid={`tool-${glyph}`}
      onClick={press}
    >
      <Glyph name={glyph} size="20px" />
    </button>
  );
}
