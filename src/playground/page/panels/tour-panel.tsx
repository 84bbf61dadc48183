import { useState } from 'preact/hooks';
import type { ClockMove, TourStep } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { botChatId, chatById } from '../state/chats.ts';
import { draftKey, draftOf, setDraft } from '../state/drafts.ts';
import { useLocale, useWords } from '../state/locale.ts';
import { usePhone } from '../state/media.ts';
import { go, route } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { Store, useStore } from '../state/store.ts';
import type { Words } from '../state/words.ts';
import { moveClock } from './clock-moves.ts';
import { SidePanel } from './side-panel.tsx';

/** The step survives closing the panel and being someone else. */
const at = new Store(0);

/** The guided tour: one step at a time, each with buttons that do what it says. */
export function TourPanel({ session, close }: { session: Session; close(): void }) {
  const words = useWords();
  const locale = useLocale();
  const world = useStore(session.state).world!;
  const index = Math.min(useStore(at), Math.max(0, world.tour.length - 1));
  const step = world.tour[index];
  return (
    <SidePanel title={words.tour} hint={words.tourHint} close={close} testId="tour-panel">
      {!step && <p class="none">{words.noTour}</p>}
      {step && (
        <>
          <ol class="tour-dots">
            {world.tour.map((other, number) => (
              <li key={number}>
                <button
                  type="button"
                  aria-current={number === index ? 'step' : undefined}
                  class={number < index ? 'done' : ''}
                  aria-label={`${words.step(number + 1, world.tour.length)} ${other.title[locale]}`}
                  title={other.title[locale]}
                  onClick={() => at.set(number)}
                >
                  {number + 1}
                </button>
              </li>
            ))}
          </ol>
          <Step
            key={index}
            step={step}
            session={session}
            close={close}
            place={words.step(index + 1, world.tour.length)}
          />
          <div class="tour-moves">
            <button type="button" class="btn" disabled={index === 0} onClick={() => at.set(index - 1)}>
              {words.previousStep}
            </button>
            <button
              type="button"
              class="btn primary-filled"
              data-testid="tour-next"
              disabled={index === world.tour.length - 1}
              onClick={() => at.set(index + 1)}
            >
              {words.nextStep}
            </button>
          </div>
        </>
      )}
    </SidePanel>
  );
}

function Step(props: { step: TourStep; session: Session; close(): void; place: string }) {
  const { step, session } = props;
  const words = useWords();
  const locale = useLocale();
  const phone = usePhone();
  const world = useStore(session.state).world!;
  const { chat } = useStore(route);
  const [moving, setMoving] = useState(false);
  const as = step.as ?? session.as;
  const person = world.people.find(({ openId }) => openId === as);
  const chatId = step.chatId ?? (step.type ? botChatId : undefined);
  const here = as === session.as;
  // On a phone the panel lies over the chat.
  const makeRoom = () => phone && props.close();

  const nameOf = (id: string) => {
    if (id === 'all') return words.everyone;
    return id === world.bot.openId ? world.bot.name : (world.people.find(({ openId }) => openId === id)?.name ?? id);
  };
  const draft = draftOf(step.type ?? '', nameOf, world.bot);
  const type = () => {
    // A group that only the other person is in goes by its id until then.
    const group = { ...chatById(world, botChatId)!, kind: 'group' as const, chatId: chatId ?? '' };
    const place = !chatId || chatId === botChatId ? botChatId : (chatById(world, chatId) ?? group);
    setDraft(draftKey(as, place), draft);
    go({ as, chat: chatId ?? botChatId });
    makeRoom();
    focusComposer();
  };
  return (
    <section class="tour-step" data-testid="tour-step">
      <small>{props.place}</small>
      <h4>{step.title[locale]}</h4>
      <p>{step.text[locale]}</p>
      {step.type && <pre class="tour-type">{draft.text}</pre>}
      <div class="tour-buttons">
        {step.as && person && (
          <button
            type="button"
            class="btn"
            data-testid="tour-be"
            disabled={here}
            onClick={() => go({ as, ...(chatId ? { chat: chatId } : {}) })}
          >
            <Glyph name="swap" /> {words.beThisPerson(person.name)}
          </button>
        )}
        {chatId && here && chat !== chatId && !step.type && (
          <button
            type="button"
            class="btn"
            onClick={() => {
              go({ chat: chatId });
              makeRoom();
            }}
          >
            <Glyph name="chat" /> {words.openChat}
          </button>
        )}
        {step.type && (
          <button type="button" class="btn primary-filled" data-testid="tour-type" onClick={type}>
            <Glyph name="edit" /> {words.typeThis}
          </button>
        )}
        {step.clock && (
          <button
            type="button"
            class="btn primary-filled"
            data-testid="tour-clock"
            aria-busy={moving}
            disabled={moving}
            onClick={async () => {
              setMoving(true);
              await moveClock(step.clock!);
              setMoving(false);
            }}
          >
            <Glyph name="time" /> {words.moveClock(clockWords(step.clock, words))}
          </button>
        )}
      </div>
    </section>
  );
}

function clockWords(to: ClockMove['to'], words: Words): string {
  if (to === 'next-working-day') return words.nextWorkingDay;
  if (to === 'month-end') return words.monthEnd;
  if (to === 'next-month') return words.nextMonth;
  return 'hours' in to ? words.hours(to.hours) : words.days(to.days);
}

/** Once the chat is drawn: another person's takes a moment to open. */
function focusComposer(): void {
  const until = Date.now() + 2000;
  const look = () => {
    const area = document.querySelector<HTMLTextAreaElement>('.panes > .pane .composer textarea');
    if (area?.value) {
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
    } else if (Date.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
