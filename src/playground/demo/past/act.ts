/**
 * What people did in the demo's past, by their own hands: they type, tap and send files in the stand-in, and the bot answers as it
 * always does. Nothing of the past is put into a database by itself.
 */
export interface Hands {
  /** Types to the bot: in a group with a mention of it, in `bot` in private. */
  tell(who: string, chat: string, text: string): Promise<void>;
  /** Says something to colleagues in a group. */
  chat(who: string, chat: string, text: string): Promise<void>;
  /** Sends the bot a file in private. */
  send(who: string, name: string, text: string): Promise<void>;
  /** Everybody reads what came. */
  read(): Promise<void>;
  /** Time passes: the bot does by itself what is due. */
  morning(): Promise<void>;
}

export interface Act {
  /** `2026-08-03 09:10` in Asia/Shanghai. */
  at: string;
  by(hands: Hands): Promise<void>;
}

/** The past begins on a Monday morning, when the company takes the bot into use, and ends on the morning of `present`. */
export const begins = '2026-08-03 08:30';
export const present = '2026-10-30 09:30';

const off = new Set(['2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']);

/** The working days of the past, the present one last; the demo's own list, since it knows nothing of the bot's calendar. */
export const workdays: readonly string[] = (() => {
  const days: string[] = [];
  for (let at = Date.UTC(2026, 7, 3); at <= Date.UTC(2026, 9, 30); at += 86_400_000) {
    const day = new Date(at);
    const iso = day.toISOString().slice(0, 10);
    if (day.getUTCDay() % 6 !== 0 && !off.has(iso)) days.push(iso);
  }
  return days;
})();

/** So many working days before the present one. */
export const ago = (days: number): string => workdays[workdays.length - 1 - days]!;
/** Working days between two dates of the past. */
export const daysTo = (day: string, shift: number): string =>
  workdays[Math.max(0, workdays.findLastIndex((each) => each <= day) + shift)]!;
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const moment = (at: string): Date => new Date(`${at.replace(' ', 'T')}:00+08:00`);
