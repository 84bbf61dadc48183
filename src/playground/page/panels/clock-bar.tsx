import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClockMove } from '#playground/page-api';
import { Spinner } from '../card/control.tsx';
import { Glyph } from '../card/icons.tsx';
import { Popup } from '../shell/popup.tsx';
import { useNow } from '../state/clock.ts';
import { useLocale, useWords } from '../state/locale.ts';
import { usePhone } from '../state/media.ts';
import { useStore } from '../state/store.ts';
import { clockTime, dayName, offsetMinutes, wall, weekdayName } from '../state/time.ts';
import type { Words } from '../state/words.ts';
import { type Journey, journey, moveClock } from './clock-moves.ts';

const moves = (words: Words): [id: string, text: string, to: ClockMove['to']][] => [
  ['hour', words.plusHour, { hours: 1 }],
  ['day', words.plusDay, { days: 1 }],
  ['working-day', words.nextWorkingDay, 'next-working-day'],
  ['month-end', words.monthEnd, 'month-end'],
  ['next-month', words.nextMonth, 'next-month'],
];

/** How long the account of a move stays in view. */
const shownMs = 15_000;

/** The stand-in's time across the top, and the buttons that move it. */
export function ClockBar() {
  const words = useWords();
  const locale = useLocale();
  const phone = usePhone();
  const now = useNow();
  const going = useStore(journey);
  const anchor = useRef<HTMLButtonElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState(false);
  const at = wall(now, offsetMinutes(now));
  const year = locale === 'zh_cn' ? `${at.year}年` : '';
  const date = `${year}${dayName(at, undefined, locale)}${locale === 'en_us' ? `, ${at.year}` : ''}`;
  const buttons = moves(words).map(([id, text, to]) => (
    <button
      key={id}
      type="button"
      class="clock-button"
      data-testid={`clock-${id}`}
      disabled={going?.moving === true}
      onClick={() => {
        setMenu(false);
        void moveClock(to);
      }}
    >
      {text}
    </button>
  ));
  return (
    <div
      ref={bar}
      class="clock-bar"
      role="toolbar"
      aria-label={words.clock}
      title={phone ? undefined : words.clockHint}
    >
      <span class="clock-now" data-testid="clock-now">
        <Glyph name="time" size="16px" />
        <span class="clock-label">{words.clock}</span>
        <time dateTime={now}>
          {date} <span class="weekday">{weekdayName(at.weekday, locale)}</span> <strong>{clockTime(at)}</strong>
        </time>
      </span>
      <span class="clock-gap" />
      {going?.moving && <Spinner />}
      {phone ? (
        <button
          ref={anchor}
          type="button"
          class="clock-button"
          data-testid="clock-menu"
          aria-expanded={menu}
          onClick={() => setMenu(!menu)}
        >
          <Glyph name="forward" size="14px" />
        </button>
      ) : (
        buttons
      )}
      {menu && (
        <Popup anchor={anchor} close={() => setMenu(false)} align="end" class="clock-menu" label={words.clock}>
          {buttons}
        </Popup>
      )}
      {going && <JourneyCard going={going} />}
    </div>
  );
}

/** What happened while the clock moved, step by step. */
function JourneyCard({ going }: { going: Journey }) {
  const words = useWords();
  const locale = useLocale();
  const now = wall(going.now, offsetMinutes(going.now));
  useEffect(() => {
    if (going.moving) return;
    const timer = setTimeout(() => journey.set(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [going]);
  return (
    <div class="journey" data-testid="clock-journey" role="status" aria-live="polite">
      <div class="journey-head">
        <span>
          {going.moving ? words.moving : words.moved}{' '}
          <strong>{`${dayName(now, undefined, locale)} ${weekdayName(now.weekday, locale)} ${clockTime(now)}`}</strong>
        </span>
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => journey.set(undefined)}>
          <Glyph name="close" size="14px" />
        </button>
      </div>
      {going.problem && <p class="journey-problem">{going.problem === 'offline' ? words.offline : going.problem}</p>}
      {going.sent.length > 0 && (
        <>
          <small>{words.sentCount(going.sent.length)}</small>
          <ol>
            {going.sent.slice(-30).map((entry) => {
              const at = wall(entry.at, offsetMinutes(going.now));
              return (
                <li key={entry.seq} class={entry.failed ? 'failed' : ''}>
                  <time>{`${at.month}/${at.day} ${clockTime(at)}`}</time>
                  <span>{entry.sent ? words.sentTo(entry.sent.to, entry.sent.shows) : entry.title}</span>
                </li>
              );
            })}
          </ol>
        </>
      )}
      {!going.moving && going.sent.length === 0 && !going.problem && <small>{words.nothingSent}</small>}
    </div>
  );
}
