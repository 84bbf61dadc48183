import { bigint, timestamp } from 'drizzle-orm/pg-core';

/** Columns that every room of tables has. */

/** A moment, to the millisecond that events come with. */
export const moment = () => timestamp({ withTimezone: true, precision: 3 });
/** Whole fen. */
export const fen = () => bigint({ mode: 'bigint' });
export const serial = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
