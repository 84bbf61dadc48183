import { eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { settings } from './schema.ts';

const KEY = 'feishu.tenant';

/** Remembers the tenant unless one is known already; returns the one that is known afterwards, whoever was first. */
export async function learnTenant(db: Db, tenantKey: string, now: Date): Promise<string> {
  await db.insert(settings).values({ key: KEY, value: tenantKey, updatedAt: now }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return row!.value as string;
}
