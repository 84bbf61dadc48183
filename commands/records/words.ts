import type { Command } from '#bot/command';

/** What each command of a subject says of itself; the rest is the kind's. */
export interface CommandWords {
  aliases: string[];
  summary: { zh: string; en: string };
  example: { zh: string; en: string };
}

/** Everybody who records on orders; what exactly, `access.ts` decides by the record. */
export const recorders: Command['roles'] = ['merchandiser', 'manager', 'finance', 'general_manager', 'admin'];
