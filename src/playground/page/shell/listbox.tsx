import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';

export interface ListboxItem {
  value: string;
  text: string;
  hint?: string;
  icon?: ComponentChildren;
}

interface ListboxProps {
  items: ListboxItem[];
  chosen: string[];
  several?: boolean;
  /** Offers a line to type in, to find one among many. */
  searchable?: boolean;
  label: string;
  choose(value: string): void;
  clear?: () => void;
}

/** A list to choose from, with the keyboard too: arrows move, Enter and the space bar choose, letters search. */
export function Listbox(props: ListboxProps) {
  const words = useWords();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const items = props.items.filter((item) => `${item.text} ${item.hint ?? ''}`.toLowerCase().includes(wanted));
  const first = Math.max(
    0,
    items.findIndex((item) => props.chosen.includes(item.value)),
  );
  const [active, setActive] = useState(first);
  const box = useRef<HTMLDivElement>(null);
  const at = Math.min(active, items.length - 1);

  useEffect(() => {
    box.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const key = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    const to = moves[event.key];
    const isSpace = event.key === ' ' && !props.searchable;
    if (to !== undefined) setActive(Math.max(0, Math.min(to, items.length - 1)));
    else if ((event.key === 'Enter' || isSpace) && !event.isComposing && items[at]) props.choose(items[at].value);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box} class="listbox">
      {props.searchable && (
        <input
          class="listbox-search"
          data-focus={true}
          value={search}
          placeholder={props.label}
          aria-label={props.label}
          onKeyDown={key}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setActive(0);
          }}
        />
      )}
      <div
        role="listbox"
        data-focus={!props.searchable}
        tabIndex={0}
        aria-label={props.label}
        aria-multiselectable={props.several}
        onKeyDown={key}
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
          <div
            key={item.value}
            role="option"
            tabIndex={-1}
            data-index={index}
            data-value={item.value}
            class={`option${index === at ? ' active' : ''}`}
            aria-selected={props.chosen.includes(item.value)}
            onPointerMove={() => index !== at && setActive(index)}
            onClick={() => props.choose(item.value)}
          >
            {item.icon}
            <span class="option-text">
              <span>{item.text}</span>
              {item.hint && <small>{item.hint}</small>}
            </span>
            {props.chosen.includes(item.value) && <Glyph name="check" size="16px" />}
          </div>
        ))}
        {items.length === 0 && <div class="option none">{words.noMatches}</div>}
      </div>
      {props.clear && (
        <button type="button" class="listbox-clear" onClick={props.clear}>
          {words.clear}
        </button>
      )}
    </div>
  );
}
