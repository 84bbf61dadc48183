import { type CompanyRules, defaultRules } from '#domain/order/gates';
import type { Db } from './client.ts';
import { putSetting, setting } from './settings.ts';

const KEY = 'company-rules';

/** What the company chose; the defaults for whatever it has not. */
export async function companyRules(db: Db): Promise<CompanyRules> {
  return { ...defaultRules, ...(await setting<Partial<CompanyRules>>(db, KEY)) };
}

export async function putCompanyRules(db: Db, rules: CompanyRules, now: Date): Promise<void> {
  await putSetting(db, KEY, rules, now);
}
