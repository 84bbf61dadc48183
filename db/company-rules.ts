import { type CompanyRules, defaultRules } from '#domain/order/gates';
import type { Db } from './client.ts';
import { putSetting, setting } from './settings.ts';

export const COMPANY_RULES = 'company-rules';

/** What the company chose; the defaults for whatever it has not. */
export async function companyRules(db: Db): Promise<CompanyRules> {
  return { ...defaultRules, ...(await setting<Partial<CompanyRules>>(db, COMPANY_RULES)) };
}

export async function putCompanyRules(db: Db, rules: CompanyRules, now: Date): Promise<void> {
  await putSetting(db, COMPANY_RULES, rules, now);
}
