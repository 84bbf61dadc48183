import { useState } from 'preact/hooks';
import type { World } from '#playground/page-api';
import { Spinner } from '../card/control.tsx';
import { showToast } from '../shell/toasts.tsx';
import { api } from '../state/api.ts';
import { useWords } from '../state/locale.ts';
import { type Session, wordsOf } from '../state/session.ts';

/** The bot's own menu, above the composer of its private chat. */
export function BotMenu({ session, menu }: { session: Session; menu: World['menu'] }) {
  const words = useWords();
  const [busy, setBusy] = useState<string>();
  if (menu.length === 0) return null;
  const press = async (eventKey: string) => {
    setBusy(eventKey);
    try {
      await api.menu(session.as, eventKey);
    } catch (error) {
      showToast('error', wordsOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div class="bot-menu" role="toolbar" aria-label={words.menu}>
      {menu.map(({ name, eventKey }) => (
        <button
          key={eventKey}
          type="button"
          data-testid="menu-item"
          data-event-key={eventKey}
          aria-busy={busy === eventKey}
          onClick={() => !busy && void press(eventKey)}
        >
          {busy === eventKey && <Spinner />}
          {name}
        </button>
      ))}
    </div>
  );
}
