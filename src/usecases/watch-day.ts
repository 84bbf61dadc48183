import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { WATCH_KEY } from '#db/order-dossier';
import type { WatchDay } from '#db/order-watch';
import { setting } from '#db/settings';
import type { IsoDate } from '#domain/calendar/dates';
import { defaultWatch, type WatchSettings } from '#domain/order/risk';

/** Key of the setting that holds a company's own `WatchSettings`. */
export const WATCH_SETTINGS = WATCH_KEY;

/** From when on an order is watched, as the company chose it. */
export const watchSettings = async (db: Db): Promise<WatchSettings> => ({
  ...defaultWatch,
  ...(await setting<Partial<WatchSettings>>(db, WATCH_SETTINGS)),
});

/** A day as the company watches it: its own limits, its own holiday notices. */
export async function watchDay(db: Db, today: IsoDate, zone: string): Promise<WatchDay> {
  return { ...(await watchSettings(db)), today, zone, notices: await noticesOf(db) };
}
