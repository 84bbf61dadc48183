import type { Db } from '#db/client';
import type { IsoDate } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import type { Locale } from '#domain/text';

/**
 * What the clock asks for. A task looks at the state and does whatever is due by now: which cycle should be open, who has not been
 * reminded. So a day of downtime is caught up. What must happen once is guarded by `doOnce` in the transaction of its effect,
 * so that two instances, or two ticks, never do it twice.
 */
export interface DueTask {
  name: string;
  run(ctx: DueContext): Promise<void>;
}

export interface DueContext {
  db: Db;
  now: Date;
  /** Business day and hour of `now` in the company's zone. */
  today: IsoDate;
  hour: number;
  zone: string;
  locale: Locale;
  /** The holiday notices that are known, with those that an administrator entered. */
  notices: Notices;
}
