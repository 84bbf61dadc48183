import { Store } from './store.ts';

/** What the address bar says: who is looking, at which chat, and who looks on beside them. */
export interface Route {
  as?: string;
  chat?: string;
  beside?: string;
}

function read(): Route {
  const words = new URLSearchParams(location.hash.slice(1));
  const word = (name: string) => words.get(name) ?? undefined;
  return { as: word('as'), chat: word('chat'), beside: word('beside') };
}

export const route = new Store<Route>(read());
addEventListener('hashchange', () => route.set(read()));

/** Moves on; `quietly` leaves no entry in the history to go back to. */
export function go(change: Route, quietly = false): void {
  const next = { ...route.value, ...change };
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) if (value) words.set(name, value);
  const hash = `#${words}`;
  if (hash === location.hash) return;
  if (!quietly) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, '', hash);
  route.set(read());
}
