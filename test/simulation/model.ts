/** What must come of what was said: plain data, kept beside the application and knowing nothing of it. */

export const QTY = 1000;
export const stages = { cutting: '裁剪', sewing: '缝制' } as const;
export type Stage = keyof typeof stages;

export interface Entry {
  order: string;
  stage: Stage;
  total?: number;
  added?: number;
}

export type Kind = 'update' | 'undo' | 'incident' | 'dispute' | 'hours' | 'facts' | 'other';

export interface Said {
  who: string;
  text: string;
  kind: Kind;
  inGroup: boolean;
  messageId: string;
  /** By the platform's clock. */
  at: number;
  /** `refused`: it must not have any effect, whatever happens. `done`: it must take effect once it is acknowledged. */
  must: 'done' | 'refused' | 'either';
  entry?: Entry;
  /** Words that are in nothing else. */
  mark?: string;
}

/** A form that was handed in, perhaps more than once. */
export interface Submitted {
  who: string;
  mark: string;
  must: 'once' | 'refused';
  entry: Entry;
  /** The person was told that it worked. */
  told: boolean;
}

export interface Standing {
  at: number;
  entry: Entry;
}

/** Where a stage stands: a total replaces what was said before, an increment adds to it, in the order in which it was said. */
export function doneOf(entries: readonly Standing[], order: string, stage: Stage): number | undefined {
  let done: number | undefined;
  for (const { entry } of [...entries].sort((a, b) => a.at - b.at))
    if (entry.order === order && entry.stage === stage) done = entry.total ?? (done ?? 0) + entry.added!;
  return done;
}

/** The company's day of a moment: it is in China. */
export const companyDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
