import type { DocumentRules } from '#domain/records/kinds/doc';
import type { Db } from './client.ts';
import { putSetting, setting } from './settings.ts';

export const DOCUMENTS_KEY = 'order.documents';

/** O9. The documents that an administrator asked for, by template; templates that are not here have the list as installed. */
export const documentRules = async (db: Db): Promise<DocumentRules> =>
  (await setting<DocumentRules>(db, DOCUMENTS_KEY)) ?? {};

export const putDocumentRules = (db: Db, rules: DocumentRules, now: Date): Promise<void> =>
  putSetting(db, DOCUMENTS_KEY, rules, now);
