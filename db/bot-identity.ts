import { eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { settings } from './schema.ts';

const KEY = 'feishu.bot';

export async function readBotOpenId(db: Db): Promise<string | undefined> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return row?.value as string | undefined;
}

export async function rememberBotOpenId(db: Db, openId: string, now: Date): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value: openId, updatedAt: now })
    .onConflictDoUpdate({ target: settings.key, set: { value: openId, updatedAt: now } });
}
