import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deadLetters, keepBlob, requeue } from '#db/outbox';
import { chats, people, sendAttempts, sentCards, settings } from '#db/schema';
import type { Turn } from './scripted-feishu.ts';
import { card, chat, coded, failing, MINUTE, rows, send, sendingRoom, sentCard, text } from './support/sending.ts';

const { db, kit, post } = await sendingRoom();

describe('a message', () => {
  it('is sent at a kick, once, and its ids are remembered', async () => {
    await sentCard(db, kit.clock, 'k1');
    await post(send(chat('oc_1'), { type: 'card', card }, 'k1'));
    const sender = kit.sender(db);
    for (let n = 0; n < 20; n++) sender.kick();
    expect(await kit.drain()).toBe(0);
    expect(kit.feishu.messages).toHaveLength(1);
    expect(await rows(db)).toMatchObject([
      { state: 'sent', messageId: 'om_1', tries: 1, leasedUntil: null, unknownSince: null, problem: null },
    ]);
    expect(await db.select().from(sentCards)).toMatchObject([{ messageId: 'om_1', chatId: 'oc_1' }]);
  });

  it('to a person tells their private chat', async () => {
    await db.insert(people).values({ openId: 'ou_1', name: '李敏', updatedAt: kit.clock.now() });
    await post(send({ person: 'ou_1' }, text('hi')));
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.asked[0]).toMatchObject({ query: { receive_id_type: 'open_id' }, body: { receive_id: 'ou_1' } });
    expect(await db.select().from(people)).toMatchObject([{ privateChatId: 'oc_with_ou_1' }]);
  });

  it('that is a reply, an update, a recall or a file is each its own call', async () => {
    await sentCard(db, kit.clock, 'k1', { messageId: 'om_old', chatId: 'oc_1' });
    const blob = await keepBlob(db, '工资.xlsx', Buffer.from('bytes'), kit.clock.now());
    await post({ do: 'reply', to: chat('oc_1'), messageId: 'om_7', inThread: true, content: text('re') });
    await post({ do: 'update-card', cardKey: 'k1', card });
    await post({ do: 'recall', messageId: 'om_8' });
    await post(send(chat('oc_1'), { type: 'file', blob, name: '工资.xlsx' }));
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.asked.map(({ method, path }) => `${method} ${path.slice('/open-apis/im/v1/'.length)}`)).toEqual([
      'POST messages/om_7/reply',
      'PATCH messages/om_old',
      'DELETE messages/om_8',
      'POST files',
      'POST messages',
    ]);
    expect(kit.feishu.asked[3]!.body).toMatchObject({ file_name: '工资.xlsx', file_type: 'xls' });
    expect(kit.feishu.asked[4]!.body).toMatchObject({ msg_type: 'file', content: '{"file_key":"file_1"}' });
    expect((await rows(db)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('is found by the slow sweep when nobody kicked', async () => {
    const sender = kit.sender(db);
    sender.start();
    await kit.clock.advance(1000);
    await post(send(chat('oc_1'), text('hi')));
    await kit.clock.advance(20_000);
    expect(kit.feishu.messages).toHaveLength(1);
    await sender.stop();
  });
});

describe('a lane', () => {
  it('keeps its order through every kind of passing trouble, and each message arrives once', async () => {
    const lanes = ['oc_a', 'oc_b', 'oc_c'];
    for (let n = 0; n < 30; n++) for (const lane of lanes) await post(send(chat(lane), text(`${lane} ${n}`)));
    const troubles: Turn[] = [
      coded(230020),
      coded(5000, 200),
      { status: 502, text: '<html>' },
      'done but dropped',
      'half',
      'dropped',
      coded(11232),
      coded(230049),
    ];
    let call = 0;
    kit.feishu.turn = () => (call++ % 3 === 0 ? troubles[((call / 3) % troubles.length) | 0] : undefined);
    kit.sender(db);
    await kit.drain();
    for (const lane of lanes) {
      expect(kit.feishu.textsIn(lane)).toEqual(Array.from({ length: 30 }, (_, n) => `${lane} ${n}`));
    }
  });

  it('waits for its head, while other lanes go on', async () => {
    await post(send(chat('oc_a'), text('a1')));
    await post(send(chat('oc_a'), text('a2')));
    await post(send(chat('oc_b'), text('b1')));
    kit.feishu.turn = ({ body }) =>
      body.receive_id === 'oc_a' && kit.clock.now() < healed ? coded(230020) : undefined;
    const healed = new Date(kit.clock.now().getTime() + 5000);
    const sender = kit.sender(db);
    sender.kick();
    await kit.clock.advance(2000);
    expect(kit.feishu.messages.map(({ chatId }) => chatId)).toEqual(['oc_b']);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['a1', 'a2']);
  });

  it.each([230013, 230025, 230029, 230034, 230053, 230099, 99992402])(
    'goes on after a message that can never be sent (%i)',
    async (code) => {
      for (const words of ['first', 'bad', 'last']) await post(send(chat('oc_a'), text(words)));
      kit.feishu.turn = ({ body }) => (String(body.content).includes('bad') ? coded(code) : undefined);
      kit.sender(db);
      await kit.drain();
      expect(kit.feishu.textsIn('oc_a')).toEqual(['first', 'last']);
      expect(await deadLetters(db)).toMatchObject([{ tries: 1, problem: `${code}: words` }]);
    },
  );

  it.each([230002, 232009])('of a chat that the bot is no longer in (%i) is marked as dead', async (code) => {
    const at = kit.clock.now();
    await db.insert(chats).values({ chatId: 'oc_a', kind: 'group', updatedAt: at });
    await post(send(chat('oc_a'), text('x')));
    kit.feishu.turn = () => coded(code);
    kit.sender(db);
    await kit.drain();
    expect(await db.select().from(chats)).toMatchObject([{ active: false }]);
  });

  it('takes a dead letter back when it is put into the queue again, under a new uuid', async () => {
    await post(send(chat('oc_a'), text('x')));
    kit.feishu.turn = failing(1, coded(230013));
    kit.sender(db);
    await kit.drain();
    const [dead] = await deadLetters(db);
    await requeue(db, [dead!.id], kit.clock.now());
    await kit.drain();
    const [first, second] = kit.feishu.asked;
    expect(second!.body.uuid).not.toBe(first!.body.uuid);
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
  });
});

describe('passing trouble', () => {
  it.each(
    [99991400, 230020, 11232, 11233, 11247, 1500, 5000].flatMap((code) =>
      [200, 400, 429].map((status) => [code, status]),
    ),
  )('%i in HTTP %i: a storm of it delays and loses nothing', async (code, status) => {
    for (let n = 0; n < 20; n++) await post(send(chat(`oc_${n % 5}`), text(`${n}`)));
    kit.feishu.turn = failing(30, coded(code!, status));
    kit.sender(db);
    const took = await kit.drain();
    expect((await rows(db)).every(({ state }) => state === 'sent')).toBe(true);
    expect(kit.feishu.messages).toHaveLength(20);
    expect(kit.feishu.asked).toHaveLength(50);
    expect(took).toBeLessThan(6 * MINUTE);
  });

  it('of the whole app pauses everybody until its reset, in every process', async () => {
    for (const lane of ['oc_a', 'oc_b', 'oc_c']) await post(send(chat(lane), text('x')));
    const noted = async () => (await db.select().from(settings)).some(({ key }) => key.endsWith('pausedUntil'));
    let calls = 0;
    kit.feishu.turn = async () => {
      calls += 1;
      if (calls === 1) return coded(99991400, 429, { 'x-ogw-ratelimit-reset': '37' });
      // a call of the other process that is under way already is answered only after the refusal was noted
      await expect.poll(noted, { interval: 5 }).toBe(true);
    };
    const start = kit.clock.now().getTime();
    await kit.drain(kit.sender(db, { parallel: 1 }), kit.sender(db, { parallel: 1 }));
    const later = kit.feishu.asked.slice(1).map(({ at }) => at - start);
    expect(kit.feishu.asked).toHaveLength(4);
    // a second process may have had a call under way already, and begun another before the pause was stored
    expect(later.filter((at) => at > 0).length).toBeGreaterThanOrEqual(1);
    for (const at of later) expect(at === 0 || at >= 37_000).toBe(true);
    expect(Math.max(...later)).toBeLessThan(39_000);
  });

  it('of one chat does not hold up the others', async () => {
    await post(send(chat('oc_a'), text('x')));
    await post(send(chat('oc_b'), text('x')));
    kit.feishu.turn = ({ body }) =>
      body.receive_id === 'oc_a' && kit.feishu.asked.length < 3 ? coded(230020) : undefined;
    const start = kit.clock.now().getTime();
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.asked.filter(({ body }) => body.receive_id === 'oc_b').map(({ at }) => at - start)).toEqual([0]);
  });

  it('that lasts costs a call a minute and lane at most, and three days on it is given up', async () => {
    await post(send(chat('oc_a'), text('x')));
    kit.feishu.turn = ({ method }) => (method === 'GET' ? undefined : coded(5000, 500));
    const sender = kit.sender(db);
    sender.kick();
    await kit.clock.advance(10 * MINUTE);
    const calls = kit.feishu.asked.length;
    expect(calls).toBeGreaterThan(8);
    expect(calls).toBeLessThan(20);
    await sender.stop();
    await kit.clock.advance(3 * 24 * 60 * MINUTE);
    kit.sender(db);
    await kit.drain();
    expect(await rows(db)).toMatchObject([{ state: 'dead', problem: '5000: words (for three days)' }]);
  });

  it('with the credentials costs no message: they wait until a human has acted', async () => {
    for (let n = 0; n < 30; n++) await post(send(chat(`oc_${n}`), text('x')));
    kit.feishu.turn = () => coded(99991663);
    const sender = kit.sender(db);
    sender.kick();
    await kit.clock.advance(2 * 60 * MINUTE);
    const calls = kit.feishu.asked.length;
    // 16 are on their way when the first is refused, each costs two calls; then one tries every minute
    expect(calls).toBeLessThan(2 * 16 + 2 * 121);
    expect((await rows(db)).every(({ state }) => state === 'pending')).toBe(true);
    kit.feishu.turn = () => undefined;
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(30);
  });

  it('with the database is waited out', async () => {
    await post(send(chat('oc_a'), text('x')));
    let away = 3;
    const flaky = new Proxy(db, {
      get(target, key) {
        if (key === 'transaction' && away-- > 0) return () => Promise.reject(new Error('canary-7c1'));
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    kit.sender(flaky);
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(1);
    expect(kit.log.text()).not.toContain('canary');
  });

  it('leaves no words in the log, only codes', async () => {
    await post(send(chat('oc_a'), text('canary-李敏-8800')));
    kit.feishu.turn = failing(3, { status: 400, json: { code: 230020, msg: 'canary-words' } });
    kit.sender(db);
    await kit.drain();
    expect(kit.log.text()).toContain('230020');
    expect(kit.log.text()).not.toMatch(/canary|李敏|8800/);
  });
});

describe('attempts', () => {
  it('are written before a call and closed after it', async () => {
    await post(send(chat('oc_a'), text('x')));
    kit.sender(db);
    await kit.drain();
    expect(await db.select().from(sendAttempts).where(eq(sendAttempts.lane, 'chat:oc_a'))).toMatchObject([
      { startedAt: kit.clock.now(), finishedAt: kit.clock.now() },
    ]);
  });
});
