import { useRef, useState } from 'preact/hooks';
import type { Person } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';
import { usePhone } from '../state/media.ts';
import { go, route } from '../state/route.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Avatar } from './avatar.tsx';
import { Popup } from './popup.tsx';

/** The avatar of whoever is looking; opens everybody of the demo, by firm, to be someone else or to look on beside. */
export function PersonSwitch({ session }: { session: Session }) {
  const words = useWords();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const phone = usePhone();
  const me = useStore(session.state).world!.me;
  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="person-switch"
        data-testid="person-switch"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`${words.actingAs} ${me.name}, ${words.actAs}`}
        title={`${me.name} · ${me.title}`}
        onClick={() => setOpen(!open)}
      >
        <Avatar name={me.name} colour={me.avatarColor} size={phone ? 36 : 40} />
        <span class="swap">
          <Glyph name="swap" size="11px" />
        </span>
        <small>{me.name}</small>
      </button>
      {open && (
        <Popup
          anchor={anchor}
          close={() => setOpen(false)}
          class="people"
          role="dialog"
          label={words.actAs}
          testId="person-panel"
        >
          <PeoplePanel session={session} close={() => setOpen(false)} />
        </Popup>
      )}
    </>
  );
}

/** Everybody, grouped by firm in the order in which the demo names the firms. */
export function byFirm(people: Person[]): [firm: string, people: Person[]][] {
  const groups = new Map<string, Person[]>();
  for (const person of people) groups.set(person.firm, [...(groups.get(person.firm) ?? []), person]);
  return [...groups];
}

function PeoplePanel({ session, close }: { session: Session; close(): void }) {
  const words = useWords();
  const phone = usePhone();
  const { beside } = useStore(route);
  const world = useStore(session.state).world!;
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const people = world.people.filter((person) =>
    `${person.name} ${person.title} ${person.department} ${person.firm}`.toLowerCase().includes(wanted),
  );
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const stops = [...(box.current?.querySelectorAll<HTMLElement>('input, .person-main') ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  };
  return (
    <div ref={box}>
      <div class="people-head">
        <strong>{words.actAs}</strong>
        <input
          class="search"
          value={search}
          placeholder={words.findPerson}
          aria-label={words.findPerson}
          data-focus={!phone}
          onKeyDown={move}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {byFirm(people).map(([firm, members]) => (
        <section key={firm} class="firm" aria-label={firm}>
          <h4>{firm}</h4>
          {members.map((person) => (
            <div key={person.openId} class={`person-row${person.openId === world.me.openId ? ' me' : ''}`}>
              <button
                type="button"
                class="person-main"
                data-testid="person-option"
                data-open-id={person.openId}
                aria-pressed={person.openId === world.me.openId}
                onKeyDown={move}
                onClick={() => {
                  close();
                  go({ as: person.openId, ...(beside === person.openId ? { beside: undefined } : {}) });
                }}
              >
                <Avatar name={person.name} colour={person.avatarColor} size={34} />
                <span class="person-words">
                  <span>
                    {person.name}
                    {person.resigned && <em>{words.resigned}</em>}
                  </span>
                  <small>{person.title || person.department}</small>
                </span>
                {person.openId === world.me.openId && <Glyph name="check" size="18px" />}
              </button>
              {!phone && person.openId !== world.me.openId && (
                <button
                  type="button"
                  class="beside-button"
                  data-testid="beside"
                  aria-label={`${words.sideBySide}: ${person.name}`}
                  title={words.sideBySideHint}
                  onClick={() => {
                    close();
                    go({ beside: person.openId });
                  }}
                >
                  <Glyph name="split" size="18px" />
                </button>
              )}
            </div>
          ))}
        </section>
      ))}
      {people.length === 0 && <p class="none">{words.noMatches}</p>}
    </div>
  );
}
