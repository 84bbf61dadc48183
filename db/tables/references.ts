import { bigint, integer, text } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { orders, people } from '../schema.ts';

/** Columns that point from a room's tables to people and orders. */

export const person = () =>
  bigint({ mode: 'number' })
    .notNull()
    .references(() => people.id);

export const ofOrder = () =>
  bigint({ mode: 'number' })
    .notNull()
    .references(() => orders.id);

/** Who said it, when, through which event: what a later "who recorded this?" is answered with. */
export const said = () => ({
  by: person(),
  saidAt: moment().notNull(),
  recordedAt: moment().notNull(),
  eventId: text().notNull(),
  messageId: text(),
  commandIndex: integer().notNull().default(0),
});
