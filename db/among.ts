import { type Column, type SQL, sql } from 'drizzle-orm';

/**
 * Whether a column of ids is one of these: one parameter however many they are, so that the statement is the same each time, the server
 * need not plan it anew, and nobody builds five hundred placeholders.
 */
export const among = (column: Column, ids: readonly number[]): SQL =>
  sql`${column} = any(${`{${ids.join(',')}}`}::bigint[])`;
