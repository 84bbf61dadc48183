import { useEffect, useState } from 'preact/hooks';
import { ChatPane } from '../chat/chat-pane.tsx';
import { ClockBar } from '../panels/clock-bar.tsx';
import { FaultsPanel } from '../panels/faults-panel.tsx';
import { TourPanel } from '../panels/tour-panel.tsx';
import { WirePanel } from '../panels/wire-panel.tsx';
import { api } from '../state/api.ts';
import { chatById, chatsOf } from '../state/chats.ts';
import { follow, isClientLink } from '../state/links.ts';
import { type Locale, useLocale, useWords } from '../state/locale.ts';
import { usePhone } from '../state/media.ts';
import { go, route } from '../state/route.ts';
import { type Session, wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { BesidePane } from './beside-pane.tsx';
import { ChatList } from './chat-list.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { type PanelName, Rail } from './rail.tsx';
import { showToast } from './toasts.tsx';

interface MessengerProps {
  session: Session;
  second: Session | undefined;
  changeLocale(locale: Locale): void;
  startedOver(): void;
}

/** The whole client: clock bar, rail, chat list, one or two chats, and a panel of tools. */
export function Messenger({ session, second, changeLocale, startedOver }: MessengerProps) {
  const words = useWords();
  const locale = useLocale();
  const phone = usePhone();
  const where = useStore(route);
  const state = useStore(session.state);
  const [panel, setPanel] = useState<PanelName>();
  const [resetting, setResetting] = useState(false);
  const world = state.world!;
  const open = chatById(world, where.chat) ?? (phone ? undefined : chatsOf(world)[0]);

  useClientLinks(session.as);

  const reset = async () => {
    setResetting(false);
    try {
      await api.reset();
      showToast('success', words.resetDone);
      startedOver();
    } catch (error) {
      showToast('error', wordsOf(error));
    }
  };
  const tools = {
    panel,
    toggle: (name: PanelName) => setPanel((now) => (now === name ? undefined : name)),
    switchLocale: () => changeLocale(locale === 'zh_cn' ? 'en_us' : 'zh_cn'),
    askReset: () => setResetting(true),
  };
  const close = () => setPanel(undefined);
  return (
    <div
      class={`client${open ? ' in-chat' : ''}${panel ? ' with-panel' : ''}${where.beside && !phone ? ' split' : ''}`}
    >
      <ClockBar />
      {!phone && <Rail session={session} tools={tools} />}
      {(!phone || !open) && <ChatList session={session} open={open?.chatId} tools={phone ? tools : undefined} />}
      {state.connection === 'lost' && (
        <div class="banner" role="status" data-testid="reconnecting">
          {words.reconnecting}
        </div>
      )}
      <main class="panes">
        {open ? (
          <ChatPane
            key={`${session.as} ${open.chatId}`}
            session={session}
            chat={open}
            back={phone ? () => go({ chat: undefined }) : undefined}
          />
        ) : (
          !phone && <div class="nothing-open">{words.pickChat}</div>
        )}
        {!phone && where.beside && open && <BesidePane session={second} chat={open} main={session} />}
      </main>
      {panel === 'wire' && <WirePanel close={close} />}
      {panel === 'faults' && <FaultsPanel session={session} close={close} />}
      {panel === 'tour' && <TourPanel session={session} close={close} />}
      {resetting && (
        <ConfirmDialog
          danger
          title={words.resetTitle}
          text={words.resetText}
          yes={() => void reset()}
          no={() => setResetting(false)}
        />
      )}
    </div>
  );
}

/** Links of the platform's client, wherever they stand, open here and not in another window. */
function useClientLinks(as: string): void {
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const target = event.target as HTMLElement | null;
      const url = target?.closest?.<HTMLAnchorElement>('a[href]')?.href;
      if (!url || !isClientLink(url)) return;
      event.preventDefault();
      const who = target?.closest<HTMLElement>('[data-as]')?.dataset.as ?? as;
      follow(who, url).catch((error) => showToast('error', wordsOf(error)));
    };
    document.addEventListener('click', clicked);
    return () => document.removeEventListener('click', clicked);
  }, [as]);
}
