import { faultOf, type Log } from '#bot/log';
import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { businessDay, businessHour } from '#domain/calendar/business-day';
import type { Notices } from '#domain/calendar/notice';
import type { Locale } from '#domain/text';
import type { DueTask } from '#usecases/due';

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
  /** Does everything that is due now; several calls take turns. */
  tick(): Promise<void>;
}

const EVERY_MS = 30_000;

/** Lets each task do what is due, every half minute. One that fails is tried again at the next tick and does not keep the others. */
export function createSchedule({
  db,
  tasks,
  now,
  zone,
  locale,
  log,
  onCommitted,
}: {
  db: Db;
  tasks: readonly DueTask[];
  now(): Date;
  zone: string;
  locale: Locale;
  log: Log;
  onCommitted(): void;
}): Schedule {
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    let notices: Notices | undefined;
    for (const task of tasks) {
      const moment = now();
      try {
        notices ??= await noticesOf(db);
        await task.run({
          db,
          now: moment,
          today: businessDay(moment, zone),
          hour: businessHour(moment, zone),
          zone,
          locale,
          notices,
        });
      } catch (error) {
        log.error({ task: task.name, fault: faultOf(error) }, 'a task of the schedule failed; it will be tried again');
      }
    }
    onCommitted();
  }

  const tick = (): Promise<void> => {
    turn = turn.then(run);
    return turn;
  };

  return {
    tick,
    start() {
      timer = setInterval(() => void tick(), EVERY_MS);
      timer.unref();
      void tick();
    },
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
