import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocale, useWords } from '../state/locale.ts';
import { isoDate, monthsShort, two, wall, weekdayName } from '../state/time.ts';
import { useClient } from './context.ts';
import { Glyph } from './icons.tsx';

/** A month to pick a day from; today is the stand-in's today. Dates are `yyyy-MM-dd`. */
export function Calendar({ date, choose }: { date: string | undefined; choose(date: string): void }) {
  const words = useWords();
  const locale = useLocale();
  const client = useClient();
  const today = isoDate(wall(client.now, client.offset));
  const [active, setActive] = useState(date ?? today);
  const box = useRef<HTMLDivElement>(null);
  const [year, month] = active.split('-').map(Number) as [number, number];
  const leading = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();

  const byKey = useRef(false);
  const focusDay = () => box.current?.querySelector<HTMLElement>('.day.active')?.focus();
  // The focus follows the active day before the next key is pressed.
  useLayoutEffect(() => {
    if (byKey.current) focusDay();
    byKey.current = false;
  }, [active]);

  const key = (event: KeyboardEvent) => {
    const moves: Record<string, () => string> = {
      ArrowLeft: () => addDays(active, -1),
      ArrowRight: () => addDays(active, 1),
      ArrowUp: () => addDays(active, -7),
      ArrowDown: () => addDays(active, 7),
      PageUp: () => addMonths(active, -1),
      PageDown: () => addMonths(active, 1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    byKey.current = true;
    setActive(move());
  };
  return (
    <div class="calendar" ref={box}>
      <div class="calendar-head">
        <button type="button" aria-label={words.previousMonth} onClick={() => setActive(addMonths(active, -1))}>
          <Glyph name="left" />
        </button>
        <strong>{locale === 'zh_cn' ? `${year}年${month}月` : `${monthsShort[month - 1]} ${year}`}</strong>
        <button type="button" aria-label={words.nextMonthLabel} onClick={() => setActive(addMonths(active, 1))}>
          <Glyph name="right" />
        </button>
      </div>
      <div class="calendar-grid">
        {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
          <span key={weekday} class="weekday">
            {locale === 'zh_cn' ? weekdayName(weekday, locale).slice(1) : weekdayName(weekday, locale).slice(0, 2)}
          </span>
        ))}
        {Array.from({ length: days }, (_, index) => {
          const day = `${year}-${two(month)}-${two(index + 1)}`;
          const marks = `${day === active ? ' active' : ''}${day === date ? ' is-chosen' : ''}${day === today ? ' today' : ''}`;
          return (
            <button
              key={day}
              type="button"
              class={`day${marks}`}
              style={index === 0 ? { gridColumnStart: String(leading + 1) } : {}}
              tabIndex={day === active ? 0 : -1}
              data-focus={day === active}
              aria-label={day}
              aria-pressed={day === date}
              onClick={() => choose(day)}
              onKeyDown={key}
            >
              {index + 1}
            </button>
          );
        })}
      </div>
      <button type="button" class="calendar-today" onClick={() => choose(today)}>
        {words.today}
      </button>
    </div>
  );
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of another month, or its last one. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
