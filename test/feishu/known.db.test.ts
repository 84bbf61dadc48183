import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { housekeeping } from '#db/housekeeping';
import { keepBlob, post } from '#db/outbox';
import { blobs, inbox, outbox, sendAttempts, sentCards } from '#db/schema';
import { outboxState } from '#db/sending';
import { ApiError } from '#feishu/api-error';
import { botIdentity } from '#feishu/bot-identity';
import { tenantCheck } from '#feishu/tenant';
import { freshDatabase } from '#test/support/room';

const { db } = await freshDatabase();
const now = () => new Date('2026-11-23T04:00:00Z');

describe('the tenant', () => {
  it('is that of the first genuine event, for good and over restarts', async () => {
    const isOurs = tenantCheck(db, { now });
    expect(await isOurs('t1')).toBe(true);
    expect(await isOurs('t2')).toBe(false);
    const restarted = tenantCheck(db, { now });
    expect(await restarted('t2')).toBe(false);
    expect(await restarted('t1')).toBe(true);
  });

  it('is one, also when two events of two tenants come first at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => tenantCheck(db, { now })(`t${n % 2}`)));
    const [even, odd] = [answers.filter((_, n) => n % 2 === 0), answers.filter((_, n) => n % 2 === 1)];
    expect(new Set(even).size + new Set(odd).size).toBe(2);
    expect(even[0]).toBe(!odd[0]);
  });

  it('that is configured is not learned', async () => {
    const isOurs = tenantCheck(db, { configured: 't1', now });
    expect(await isOurs('t2')).toBe(false);
    expect(await isOurs('t1')).toBe(true);
  });

  it('that is not named is never ours', async () => {
    expect(await tenantCheck(db, { now })('')).toBe(false);
    expect(await tenantCheck(db, { now })('t1')).toBe(true);
  });
});

describe('who the bot is', () => {
  const away = () => Promise.reject(new ApiError('away', { kind: 'retry', unknownResult: false }));

  it('is asked once', async () => {
    let asked = 0;
    const identity = botIdentity(db, { botInfo: async () => ({ openId: `ou_${++asked}`, name: '跟单' }) }, now);
    expect(await Promise.all([identity(), identity(), identity()])).toEqual(['ou_1', 'ou_1', 'ou_1']);
    expect(await identity()).toBe('ou_1');
  });

  it('is known after a restart while the platform is away, and asked again later', async () => {
    await botIdentity(db, { botInfo: async () => ({ openId: 'ou_1', name: '' }) }, now)();
    expect(await botIdentity(db, { botInfo: away }, now)()).toBe('ou_1');
  });

  it('is not guessed when nobody knows', async () => {
    const identity = botIdentity(db, { botInfo: away }, now);
    await expect(identity()).rejects.toThrow('away');
    await expect(identity()).rejects.toThrow('away');
  });
});

describe('housekeeping', () => {
  const DAY = 86_400_000;
  const ago = (ms: number) => new Date(now().getTime() - ms);

  it('forgets what is over and keeps what is not', async () => {
    for (const [name, age] of [
      ['old', 8 * DAY],
      ['young', 2 * DAY],
    ] as const) {
      const blob = await keepBlob(db, name, Buffer.from(name), ago(age));
      const content = { type: 'file' as const, blob, name };
      for (const state of ['sent', 'pending', 'dead'] as const) {
        const spare = state === 'sent' ? await keepBlob(db, `${name} sent`, Buffer.from('x'), ago(age)) : blob;
        await post(
          db,
          'chat:oc',
          { do: 'send', to: { chat: 'oc' }, content: { ...content, blob: spare } },
          ago(age),
          `${name} ${state}`,
        );
      }
    }
    const all = await db.select().from(outbox).orderBy(outbox.id);
    const given = { do: 'send', to: { person: 'ou_1' }, content: { type: 'card' }, cardKey: 'old but wanted' };
    await db.update(outbox).set({ job: given }).where(eq(outbox.id, all[5]!.id));
    for (const [n, state] of (['sent', 'pending', 'dead', 'sent', 'pending', 'dead'] as const).entries()) {
      const doneAt = state === 'pending' ? null : all[n]!.createdAt;
      await db.update(outbox).set({ state, doneAt }).where(eq(outbox.id, all[n]!.id));
    }
    await db.insert(sendAttempts).values([
      { lane: 'l', startedAt: ago(11 * 60_000) },
      { lane: 'l', startedAt: ago(9 * 60_000) },
    ]);
    const card = { rev: 1, card: {}, updatedAt: now() };
    await db.insert(sentCards).values([
      { key: 'old', sentAt: ago(15.1 * DAY), ...card },
      { key: 'old but wanted', sentAt: ago(15.1 * DAY), ...card },
      { key: 'young', sentAt: ago(14.9 * DAY), ...card },
    ]);
    const event = { kind: 'message', fingerprint: 'f', happenedAt: now() };
    await db.insert(inbox).values([
      { eventId: 'old', receivedAt: ago(30.1 * DAY), outcome: 'done', ...event },
      { eventId: 'old but failed', receivedAt: ago(30.1 * DAY), outcome: 'failed', ...event },
      {
        eventId: 'failed long ago',
        receivedAt: ago(90.1 * DAY),
        outcome: 'failed',
        payload: { text: '订单' },
        ...event,
      },
      { eventId: 'to run again', receivedAt: ago(90.1 * DAY), outcome: 'again', payload: { text: '订单' }, ...event },
      { eventId: 'young', receivedAt: ago(29.9 * DAY), outcome: 'done', ...event },
    ]);

    await housekeeping(db, now());

    const names = (await db.select({ name: blobs.name }).from(blobs)).map(({ name }) => name).toSorted();
    expect(names).toEqual(['old', 'young']);
    const left = await db.select().from(outbox).orderBy(outbox.id);
    expect(left.map(({ state }) => state)).toEqual(['pending', 'dead', 'sent', 'pending', 'dead']);
    expect(await db.select().from(sendAttempts)).toHaveLength(1);
    expect((await db.select().from(sentCards)).map(({ key }) => key).toSorted()).toEqual(['old but wanted', 'young']);
    expect((await db.select().from(inbox)).map(({ eventId }) => eventId).toSorted()).toEqual([
      'old but failed',
      'to run again',
      'young',
    ]);
  });

  it('counts what waits', async () => {
    expect(await outboxState(db, now())).toEqual({ pending: 0, oldestMs: 0, dead: 0 });
    await post(db, 'chat:oc', { do: 'recall', messageId: 'om_1' }, ago(90_000), 'a');
    await post(db, 'chat:oc', { do: 'recall', messageId: 'om_2' }, ago(30_000), 'b');
    await db
      .update(outbox)
      .set({ state: 'dead' })
      .where(eq(outbox.id, (await db.select().from(outbox).orderBy(outbox.id))[1]!.id));
    expect(await outboxState(db, now())).toEqual({ pending: 1, oldestMs: 90_000, dead: 1 });
  });
});
