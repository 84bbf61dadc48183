import { useEffect, useRef, useState } from 'preact/hooks';
import { Messenger } from './shell/messenger.tsx';
import { SettingUp } from './shell/setting-up.tsx';
import { Toasts } from './shell/toasts.tsx';
import { api } from './state/api.ts';
import { type Locale, LocaleContext, preferredLocale, rememberLocale, wordsFor } from './state/locale.ts';
import { go, route } from './state/route.ts';
import { Session, wordsOf } from './state/session.ts';
import { Store, useStore } from './state/store.ts';
import { forgetWire } from './state/wire-log.ts';

const rememberedPerson = 'playground.as';
const nobody = new Store<Session['state']['value']>({ connection: 'opening', histories: {} });

/** Opens the world as the person of the address bar, the last one, or the stand-in's first. */
export function App() {
  const { as, beside } = useStore(route);
  const [chosen, setChosen] = useState<Locale | undefined>(preferredLocale);
  const [era, setEra] = useState(0);
  const [problem, setProblem] = useState<string>();
  const session = useSession(as, era);
  const second = useSession(beside === as ? undefined : beside, era);
  const state = useStore(session?.state ?? nobody);
  const locale = chosen ?? state.world?.locale ?? 'zh_cn';
  const words = wordsFor(locale);

  useEffect(() => {
    document.documentElement.lang = locale === 'zh_cn' ? 'zh-CN' : 'en';
  }, [locale]);
  useEffect(() => {
    if (as) localStorage.setItem(rememberedPerson, as);
    else void findPerson().then((found) => (found.as ? go({ as: found.as }, true) : setProblem(found.problem)));
  }, [as, era]);

  const retry = () => {
    setProblem(undefined);
    localStorage.removeItem(rememberedPerson);
    go({ as: undefined, beside: undefined }, true);
    setEra((now) => now + 1);
  };
  const failure = problem ?? (state.world ? undefined : state.problem);
  return (
    <LocaleContext.Provider value={locale}>
      {state.world?.setup ? (
        <SettingUp {...state.world.setup} now={state.world.now} />
      ) : session && state.world ? (
        <Messenger
          session={session}
          second={second}
          changeLocale={(next) => {
            rememberLocale(next);
            setChosen(next);
          }}
          startedOver={() => {
            forgetWire();
            setEra((now) => now + 1);
          }}
        />
      ) : failure ? (
        <div class="waiting" role="alert">
          <div class="sorry">
            <h2>{words.cannotOpen}</h2>
            <p>{failure === 'offline' ? words.offline : failure}</p>
            <button type="button" class="btn primary-filled" onClick={retry}>
              {words.retry}
            </button>
          </div>
        </div>
      ) : (
        <p class="waiting">{words.opening}</p>
      )}
      <Toasts />
    </LocaleContext.Provider>
  );
}

async function findPerson(): Promise<{ as?: string; problem?: string }> {
  const last = localStorage.getItem(rememberedPerson) ?? undefined;
  const first = document.getElementById('app')?.dataset.startAs || undefined;
  for (const candidate of [...new Set([last, first])].filter(Boolean).concat(undefined)) {
    try {
      return { as: (await api.world(candidate)).me.openId };
    } catch (error) {
      if (!candidate) return { problem: wordsOf(error) };
    }
  }
  return {};
}

/** The session of a person, closed when another one takes over; the old one stays in view until the new one has its world. */
function useSession(as: string | undefined, era: number): Session | undefined {
  const [, redraw] = useState(0);
  const shown = useRef<Session>(undefined);
  // A new era is a new session.
  useEffect(() => {
    if (!as) {
      shown.current = undefined;
      redraw((now) => now + 1);
      return;
    }
    const session = new Session(as);
    const stop = session.state.watch(() => {
      if (!session.state.value.world && !session.state.value.problem) return;
      stop();
      shown.current = session;
      redraw((now) => now + 1);
    });
    session.open();
    return () => {
      stop();
      session.close();
    };
  }, [as, era]);
  return shown.current;
}
