import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { PersonSwitch } from './person-switch.tsx';

export type PanelName = 'wire' | 'faults' | 'tour';

export interface Tools {
  panel: PanelName | undefined;
  toggle(name: PanelName): void;
  switchLocale(): void;
  askReset(): void;
}

/** The dark strip at the left: who is looking, and the tools. */
export function Rail({ session, tools }: { session: Session; tools: Tools }) {
  const words = useWords();
  const { world } = useStore(session.state);
  const unread = world?.chats.reduce((sum, chat) => sum + chat.unread, 0) ?? 0;
  return (
    <nav class="rail" aria-label={words.tools}>
      <PersonSwitch session={session} />
      <span class="rail-item current" aria-current="page">
        <Glyph name="chat" size="22px" />
        <small>{words.chats}</small>
        {unread > 0 && <b class="badge">{unread > 99 ? '99+' : unread}</b>}
      </span>
      <span class="rail-gap" />
      <ToolButtons session={session} tools={tools} class="rail-item" />
    </nav>
  );
}

/** The tools as buttons: in the rail of the desktop, in a menu on a phone. */
export function ToolButtons({ session, tools, class: name }: { session: Session; tools: Tools; class: string }) {
  const words = useWords();
  const { world } = useStore(session.state);
  const faults = Object.values(world?.faults ?? {}).filter(Boolean).length;
  const panels: [PanelName, string, string][] = [
    ['tour', 'tour', words.tour],
    ['wire', 'wire', words.wire],
    ['faults', 'fault', words.faults],
  ];
  return (
    <>
      {panels.map(([panel, glyph, text]) => (
        <button
          key={panel}
          type="button"
          class={name}
          data-testid={`open-${panel}`}
          aria-pressed={tools.panel === panel}
          onClick={() => tools.toggle(panel)}
        >
          <Glyph name={glyph} size="20px" />
          <small>{text}</small>
          {panel === 'faults' && faults > 0 && <b class="badge warn">{faults}</b>}
        </button>
      ))}
      <button
        type="button"
        class={name}
        data-testid="language"
        aria-label={words.languageLabel}
        onClick={tools.switchLocale}
      >
        <Glyph name="language" size="20px" />
        <small>{words.language}</small>
      </button>
      <button type="button" class={name} data-testid="reset" onClick={tools.askReset}>
        <Glyph name="restart" size="20px" />
        <small>{words.reset}</small>
      </button>
    </>
  );
}
