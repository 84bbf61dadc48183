import { Store, useStore } from './store.ts';
import { isoAt, offsetMinutes } from './time.ts';

/** The stand-in's moment; it runs on between the times that it is told. */
export const clock = new Store<string>(new Date(0).toISOString());

const tickMs = 10_000;
/** A move of a month tells the time hundreds of times; the eye needs it a few times a second. */
const atMostEveryMs = 80;

let told: { iso: string; at: number } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes a moment that the stand-in told, ISO 8601 with its offset. */
export function heardTime(iso: string): void {
  told = { iso, at: Date.now() };
  timer ??= setTimeout(show, atMostEveryMs);
  if (clock.value.startsWith('1970')) show();
}

function show(): void {
  clearTimeout(timer);
  timer = undefined;
  if (!told) return;
  clock.set(isoAt(Date.parse(told.iso) + Date.now() - told.at, offsetMinutes(told.iso)));
}

setInterval(show, tickMs);

export const useNow = (): string => useStore(clock);
