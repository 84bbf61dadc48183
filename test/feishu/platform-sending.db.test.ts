import { describe, expect, it } from 'vitest';
import { post } from '#db/outbox';
import { fetchDirectory } from '#feishu/directory';
import { registerSlashCommands } from '#feishu/slash-commands';
import { appIdentity, group, li, seed, simpleCard, wang, zhao } from '#test/playground/fixture';
import { elsewhere } from '#test/support/room';
import { CANARY, stages } from './support/platform.ts';
import { rows, send, text } from './support/sending.ts';

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const { database, onStage, onMovableStage } = await stages();
const second = await elsewhere(database, { max: 4 });

describe('sending', () => {
  it('2,000 cards to 1,500 people, the platform refuses none', { timeout: 300_000 }, async () => {
    const company = seed();
    const [model] = company.users;
    const crowd = Array.from({ length: 1500 }, (_, n) => ({
      ...model!,
      openId: `ou_crowd${n}`,
      unionId: `on_crowd${n}`,
      userId: `crowd${n}`,
      employeeNo: `C-${n}`,
    }));
    const { sender, standIn, time } = await onMovableStage({
      world: { ...company, users: [...company.users, ...crowd] },
    });
    await database.db.transaction(async (tx) => {
      for (let n = 0; n < 2000; n++) {
        const person = `ou_crowd${n % 1500}`;
        const job = send({ person }, { type: 'card', card: simpleCard(`${n}`) });
        await post(tx, `person:${person}`, job, time.now());
      }
    });
    const start = time.now().getTime();
    const senders = database.url ? [sender(), sender({ db: second })] : [sender()];
    await time.until(Promise.all(senders.map((one) => one.idle())));
    const sends = standIn.record.callsOf('send');
    expect(sends).toHaveLength(2000);
    expect(sends.filter(({ code }) => code !== 0)).toEqual([]);
    // the last card counts: a sender that finds nothing more to send may be asleep till its next sweep
    const last = Math.max(...sends.map(({ at }) => at.getTime()));
    expect(last - start).toBeLessThanOrEqual(79_000 * 1.15);
    expect((await rows(database.db)).every(({ state, tries }) => state === 'sent' && tries === 1)).toBe(true);
  });

  it('through every kind of misbehaviour at once: each message once and in order', { timeout: 300_000 }, async () => {
    const { sender, standIn, log, time } = await onMovableStage();
    const lanes = [{ person: li }, { person: wang }, { person: zhao }, { chat: group }];
    for (let n = 0; n < 30; n++) {
      for (const to of lanes) {
        const lane = 'person' in to ? `person:${to.person}` : `chat:${to.chat}`;
        await post(database.db, lane, send(to, text(`${CANARY} ${n}`)), time.now());
      }
    }
    standIn.faults.reseed(7);
    standIn.faults.set({ reset: 0.06, dropAnswer: 0.08, rateLimited: 0.06, chatLimited: 0.1, htmlError: 0.08 });
    const senders = database.url ? [sender(), sender({ db: second })] : [sender()];
    const revoking = setInterval(() => standIn.tokens.revokeAll(), 150);
    await time.until(Promise.all(senders.map((one) => one.idle())));
    clearInterval(revoking);
    const expected = Array.from({ length: 30 }, (_, n) => `${CANARY} ${n}`);
    for (const person of [li, wang, zhao]) {
      expect(standIn.world.sentTo(person).map(wordsOf)).toEqual(expected);
    }
    expect(standIn.world.messagesIn(group).map(wordsOf)).toEqual(expected);
    expect((await rows(database.db)).every(({ state }) => state === 'sent')).toBe(true);
    expect(log.text()).not.toContain('canary');
    expect(log.text()).not.toContain(appIdentity.appSecret);
  });

  it('a message whose answer was lost, and which is asked about an hour later, is found', {
    timeout: 60_000,
  }, async () => {
    const { sender, standIn, time } = await onMovableStage();
    standIn.faults.next('send', { drop: 'after' });
    standIn.faults.next('send', { html: 502 }, 100);
    await post(database.db, `chat:${group}`, send({ chat: group }, text('x')), time.now());
    const one = sender();
    one.kick();
    await time.advance(61 * 60_000);
    standIn.faults.clear();
    await time.until(one.idle());
    expect(standIn.world.messagesIn(group).map(wordsOf)).toEqual(['x']);
    expect(await rows(database.db)).toMatchObject([
      { state: 'sent', messageId: standIn.world.messagesIn(group)[0]!.messageId },
    ]);
  });
});

describe('reading the company', () => {
  it('gives the directory, attendance, files and slash commands', async () => {
    const { standIn, api, log, url, received } = await onStage({
      world: seed({
        attendance: [
          {
            userId: 'uli',
            date: '2026-11-02',
            requiredMinutes: 480,
            actualMinutes: 600,
            overtime: { hours: 2, category: 1, type: 2, start: '2026-11-02 18:00:00', end: '2026-11-02 20:00:00' },
          },
        ],
      }),
    });
    const people = await fetchDirectory(api);
    expect(people.map(({ openId }) => openId).toSorted()).toEqual([li, wang, zhao].toSorted());
    expect(people.find(({ openId }) => openId === li)).toMatchObject({
      name: '李敏',
      department: '业务一部',
      leaderOpenId: wang,
      joinedOn: '2021-03-01',
      resigned: false,
    });
    standIn.world.scopes.delete('contact:user.employee:readonly');
    const narrow = (await fetchDirectory(api)).find(({ openId }) => openId === li)!;
    expect(narrow).not.toHaveProperty('leaderOpenId');
    expect(narrow).not.toHaveProperty('joinedOn');

    const query = { from: '2026-11-01', to: '2026-11-30', userIds: ['uli'] };
    expect(await api.attendanceApprovals(query)).toMatchObject([
      {
        userId: 'uli',
        date: '2026-11-02',
        overtime: [{ duration: 2, unit: 'hour', category: 'workday', type: 'pay' }],
      },
    ]);
    expect(await api.attendanceStats({ ...query, kind: 'month', operator: 'uli' })).toMatchObject([{ userId: 'uli' }]);

    standIn.setCallbacks({ eventUrl: url });
    const key = standIn.world.upload(li, '人员.csv', Buffer.from('open_id,name'));
    standIn.world.say(li, 'bot', { file: { key, name: '人员.csv' } });
    await standIn.settled();
    const [dropped] = received;
    if (dropped?.kind !== 'message') throw new Error('no file arrived');
    expect(dropped.attachments).toEqual([{ type: 'file', key, name: '人员.csv' }]);
    const file = await api.downloadResource(dropped.messageId, key, 'file');
    expect(file.bytes.toString()).toBe('open_id,name');

    const panel = [{ command: 'help', description: { zh: '帮助', en: 'help' } }];
    expect(await registerSlashCommands(api, panel, log)).toEqual({ created: 1, updated: 0, deleted: 0 });
    expect(await registerSlashCommands(api, panel, log)).toEqual({ created: 0, updated: 0, deleted: 0 });
    expect(await api.uploadImage(Buffer.from(PIXEL, 'base64'))).toMatch(/^img_/);
  });
});

const wordsOf = ({ content }: { content: unknown }): string =>
  typeof content === 'string' ? (JSON.parse(content).text as string) : (content as { text: string }).text;
