import { useEffect, useRef, useState } from 'preact/hooks';
import { Popup } from '../shell/popup.tsx';
import { useWords } from '../state/locale.ts';
import { isoDate, two, wall } from '../state/time.ts';
import { Calendar } from './calendar.tsx';
import { useClient } from './context.ts';
import { controlWidth, Spinner, useField, useOffsetSuffix, useTips } from './control.tsx';
import { Glyph } from './icons.tsx';
import { useText } from './text.tsx';
import type { Control, Element } from './types.ts';

/** `date_picker`, `picker_time` and `picker_datetime`. */
export function DateElement({ element }: { element: Element }) {
  const control = element as unknown as Control;
  const words = useWords();
  const suffix = useOffsetSuffix();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const field = useField(element, (value) => ({ option: `${value} ${suffix}` }));
  const kind = element.tag === 'picker_time' ? 'time' : element.tag === 'date_picker' ? 'date' : 'both';
  const value = typeof field.value === 'string' ? field.value : undefined;
  const placeholder = useText(control.placeholder) || words[placeholders[kind]];
  const close = () => {
    setOpen(false);
    anchor.current?.focus();
  };
  return (
    <span class="tip-host select-host" style={controlWidth(control.width)}>
      <button
        ref={anchor}
        type="button"
        class={`field-box select${field.missing ? ' missing' : ''}`}
        style={controlWidth(control.width)}
        data-name={control.name}
        data-testid="card-date"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={placeholder}
        aria-invalid={field.missing}
        aria-busy={field.busy}
        aria-disabled={control.disabled === true}
        title={useTips(control)}
        onClick={() => !control.disabled && !field.busy && setOpen(!open)}
      >
        <span class={`chosen${value ? '' : ' placeholder'}`}>{value ?? placeholder}</span>
        {field.busy ? <Spinner /> : <Glyph name={kind === 'time' ? 'time' : 'calendar'} size="16px" />}
      </button>
      {open && (
        <Popup anchor={anchor} close={close} role="dialog" label={placeholder} class="date-popup">
          <Picking
            kind={kind}
            value={value}
            choose={(chosen) => {
              close();
              field.change(chosen);
            }}
            clear={
              field.inForm && value
                ? () => {
                    close();
                    field.type(undefined);
                  }
                : undefined
            }
          />
        </Popup>
      )}
      {field.dialog}
    </span>
  );
}

const placeholders = { date: 'selectDate', time: 'selectTime', both: 'selectDatetime' } as const;

interface PickingProps {
  kind: 'date' | 'time' | 'both';
  value: string | undefined;
  choose(value: string): void;
  clear?: () => void;
}

function Picking({ kind, value, choose, clear }: PickingProps) {
  const words = useWords();
  const client = useClient();
  const now = wall(client.now, client.offset);
  const [date, setDate] = useState(kind === 'both' ? value?.slice(0, 10) : value);
  const [time, setTime] = useState((kind === 'both' ? value?.slice(11) : value) ?? `${two(now.hour)}:00`);
  const done = () => choose(kind === 'time' ? time : `${date ?? isoDate(now)} ${time}`);
  return (
    <>
      <div class="picking">
        {kind !== 'time' && <Calendar date={date} choose={kind === 'date' ? choose : setDate} />}
        {kind !== 'date' && <Times time={time} choose={setTime} />}
      </div>
      {(kind !== 'date' || clear) && (
        <div class="picking-buttons">
          {clear && (
            <button type="button" class="btn text small" onClick={clear}>
              {words.clear}
            </button>
          )}
          {kind !== 'date' && (
            <button type="button" class="btn primary-filled small" data-testid="date-done" onClick={done}>
              {words.confirm}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Times({ time, choose }: { time: string; choose(time: string): void }) {
  const [hour = '00', minute = '00'] = time.split(':');
  return (
    <div class="times">
      <TimeColumn label="HH" first count={24} value={hour} choose={(value) => choose(`${value}:${minute}`)} />
      <TimeColumn label="mm" count={60} value={minute} choose={(value) => choose(`${hour}:${value}`)} />
    </div>
  );
}

interface TimeColumnProps {
  label: string;
  count: number;
  value: string;
  /** Has the focus when there is no calendar to have it. */
  first?: boolean;
  choose(value: string): void;
}

function TimeColumn(props: TimeColumnProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = box.current?.querySelector<HTMLElement>('[aria-selected=true]');
    if (box.current && chosen) box.current.scrollTop = chosen.offsetTop - box.current.clientHeight / 2 + 14;
  }, []);
  const step = (by: number) => props.choose(two((Number(props.value) + by + props.count) % props.count));
  return (
    <div
      ref={box}
      class="time-column"
      data-focus={props.first === true}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        step(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {Array.from({ length: props.count }, (_, index) => two(index)).map((value) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the column takes the keys
        <div
          key={value}
          role="option"
          tabIndex={-1}
          data-value={value}
          aria-selected={value === props.value}
          onClick={() => props.choose(value)}
        >
          {value}
        </div>
      ))}
    </div>
  );
}
