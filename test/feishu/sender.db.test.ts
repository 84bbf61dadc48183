import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#db/client';
import { deadLetters, keepBlob, requeue } from '#db/outbox';
import { chats, outbox, people, sendAttempts, sentCards } from '#db/schema';
import { claimMessages } from '#db/sending';
import { PLATFORM_LIMITS } from '#feishu/sender';
import { type TestDatabase, testDatabase } from '#test/support/database';
import type { Asked, Turn } from './scripted-feishu.ts';
import { enqueue, rows, type SendingKit, send, sendingKit, text } from './support/sending.ts';

let database: TestDatabase;
let db: Db;
let kit: SendingKit;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  kit = await sendingKit();
});
afterAll(async () => {
  await kit.close();
  await database.close();
});
beforeEach(async () => {
  await database.reset();
  kit.reset();
});

const MINUTE = 60_000;
const chat = (id: string) => ({ chat: id });
const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '订单' }] } };
const coded = (code: number, status = 400, headers?: Record<string, string>): Turn => ({
  status,
  json: { code, msg: 'words' },
  ...(headers && { headers }),
});
/** The first `times` calls fail so, the rest work. */
function failing(times: number, turn: Turn): (asked: Asked) => Turn {
  let left = times;
  return () => (left-- > 0 ? turn : undefined);
}
const post = (job: Parameters<typeof enqueue>[2], lane?: string) => enqueue(db, kit.clock, job, lane);

async function sentCard(key: string, fields: Partial<typeof sentCards.$inferInsert> = {}) {
  const at = kit.clock.now();
  await db.insert(sentCards).values({ key, rev: 1, card, sentAt: at, updatedAt: at, ...fields });
}

describe('a message', () => {
  it('is sent at a kick, once, and its ids are remembered', async () => {
    await sentCard('k1');
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
    await sentCard('k1', { messageId: 'om_old', chatId: 'oc_1' });
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
    for (let n = 0; n < 40; n++) await post(send(chat(`oc_${n % 8}`), text(`${n}`)));
    kit.feishu.turn = failing(60, coded(code!, status));
    kit.sender(db);
    const took = await kit.drain();
    expect((await rows(db)).every(({ state }) => state === 'sent')).toBe(true);
    expect(kit.feishu.messages).toHaveLength(40);
    expect(kit.feishu.asked).toHaveLength(100);
    expect(took).toBeLessThan(6 * MINUTE);
  });

  it('of the whole app pauses everybody until its reset, in every process', async () => {
    for (const lane of ['oc_a', 'oc_b', 'oc_c']) await post(send(chat(lane), text('x')));
    kit.feishu.turn = failing(1, coded(99991400, 429, { 'x-ogw-ratelimit-reset': '37' }));
    const start = kit.clock.now().getTime();
    await kit.drain(kit.sender(db, { parallel: 1 }), kit.sender(db, { parallel: 1 }));
    const later = kit.feishu.asked.slice(1).map(({ at }) => at - start);
    expect(kit.feishu.asked).toHaveLength(4);
    // a second process may have had a call under way already
    expect(later.filter((at) => at > 0).length).toBeGreaterThanOrEqual(2);
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

describe('a result that nobody knows', () => {
  it.each(['done but dropped', 'half'] as Turn[])(
    '(%s) is asked for again under the same uuid: the person gets it once',
    async (turn) => {
      await post(send(chat('oc_a'), text('x')));
      kit.feishu.turn = failing(2, turn);
      kit.sender(db);
      await kit.drain();
      expect(kit.feishu.messages).toHaveLength(1);
      expect(new Set(kit.feishu.asked.map(({ body }) => body.uuid)).size).toBe(1);
      expect(await rows(db)).toMatchObject([{ state: 'sent', messageId: 'om_1' }]);
    },
  );

  it('"being sent" is taken as accepted in the end, never sent again', async () => {
    await post(send(chat('oc_a'), text('x')));
    await post(send(chat('oc_a'), text('y')));
    kit.feishu.turn = ({ body }) => (String(body.content).includes('x') ? coded(230049) : undefined);
    kit.sender(db);
    await kit.drain();
    expect((await rows(db)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(new Set(kit.feishu.asked.map(({ body }) => body.uuid)).size).toBe(2);
  });

  async function unknownForAnHour(to: Parameters<typeof send>[0] = chat('oc_a'), content = text('x')) {
    await post(send(to, content));
    const since = kit.clock.now();
    kit.feishu.turn = () => (kit.clock.now().getTime() - since.getTime() < 61 * MINUTE ? lost : undefined);
    const sender = kit.sender(db);
    sender.kick();
    await kit.clock.advance(61 * MINUTE);
    await kit.drain();
  }
  let lost: Turn;
  const listings = () => kit.feishu.asked.filter(({ method }) => method === 'GET');

  it('for an hour is looked up, and a message that arrived is not sent again', async () => {
    lost = 'dropped';
    let first = true;
    await post(send(chat('oc_a'), text('x')));
    const since = kit.clock.now().getTime();
    kit.feishu.turn = ({ method }) => {
      if (method === 'GET') return undefined;
      if (!first) return kit.clock.now().getTime() - since < 61 * MINUTE ? 'dropped' : undefined;
      first = false;
      return 'done but dropped';
    };
    kit.sender(db).kick();
    await kit.clock.advance(61 * MINUTE);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
    expect(await rows(db)).toMatchObject([{ state: 'sent', messageId: 'om_1' }]);
    expect(listings().length).toBeGreaterThan(0);
    expect(new Set(kit.feishu.asked.filter(({ method }) => method === 'POST').map(({ body }) => body.uuid)).size).toBe(
      1,
    );
  });

  it('for an hour, and not found: is sent again under a new uuid, and says that it may be a repeat', async () => {
    lost = 'dropped';
    await unknownForAnHour();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['（此消息可能重复）x']);
    expect(new Set(kit.feishu.asked.filter(({ method }) => method === 'POST').map(({ body }) => body.uuid)).size).toBe(
      2,
    );
    expect((await rows(db))[0]).toMatchObject({ state: 'sent' });
  });

  it('of a card for an hour: the repeat carries a grey line', async () => {
    lost = 'dropped';
    await unknownForAnHour(chat('oc_a'), { type: 'card', card });
    const [repeat] = kit.feishu.messages;
    expect(JSON.parse(repeat!.content).body.elements).toEqual([
      ...card.body.elements,
      { tag: 'markdown', content: "<font color='grey'>（此消息可能重复） possibly sent twice</font>" },
    ]);
  });

  it.each([
    ['may not be looked up', chat('oc_a')],
    ['went to a chat whose id is not known', { person: 'ou_1' }],
  ])('for an hour that %s: is sent as a marked repeat', async (_, to) => {
    lost = 'dropped';
    kit.feishu.listing = false;
    await unknownForAnHour(to);
    expect(kit.feishu.messages.map(({ content }) => JSON.parse(content).text)).toEqual(['（此消息可能重复）x']);
  });

  it('is not mistaken for another message of ours in that chat', async () => {
    lost = 'dropped';
    await post(send(chat('oc_a'), text('earlier')));
    kit.sender(db);
    await kit.drain();
    await unknownForAnHour();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['earlier', '（此消息可能重复）x']);
  });

  it('is known after all when the refusals are clear: no repeat is marked, however late', async () => {
    await post(send(chat('oc_a'), text('x')));
    const since = kit.clock.now().getTime();
    kit.feishu.turn = () => (kit.clock.now().getTime() - since < 70 * MINUTE ? coded(230020) : undefined);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
    expect(listings()).toEqual([]);
  });
});

describe('a process that dies', () => {
  const lease = { max: 10, limits: PLATFORM_LIMITS, leaseMs: 150_000 };

  it('before it sends: the next one sends when the lease has ended, not before', async () => {
    await post(send(chat('oc_a'), text('x')));
    expect((await claimMessages(db, { now: kit.clock.now(), ...lease })).messages).toHaveLength(1);
    kit.sender(db);
    const took = await kit.drain();
    expect(took).toBeGreaterThanOrEqual(150_000);
    expect(took).toBeLessThan(151_000);
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
  });

  it('after it sent and before it wrote that down: the person gets it once, by its uuid', async () => {
    await post(send(chat('oc_a'), text('x')));
    const [dying] = (await claimMessages(db, { now: kit.clock.now(), ...lease })).messages;
    await kit.api.send(chat('oc_a'), { type: 'text', text: 'x' }, dying!.uuid);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(1);
    expect(await rows(db)).toMatchObject([{ state: 'sent', messageId: 'om_1' }]);
  });

  it('after it sent, and the next one starts two hours later: it is looked up', async () => {
    await post(send(chat('oc_a'), text('x')));
    const [dying] = (await claimMessages(db, { now: kit.clock.now(), ...lease })).messages;
    await kit.api.send(chat('oc_a'), { type: 'text', text: 'x' }, dying!.uuid);
    await kit.clock.advance(120 * MINUTE);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
    expect(await rows(db)).toMatchObject([{ state: 'sent', messageId: 'om_1' }]);
  });

  it('leaves attempts behind that stop counting with its lease', async () => {
    for (let n = 0; n < 50; n++) await post(send(chat(`oc_${n}`), text('x')));
    expect((await claimMessages(db, { now: kit.clock.now(), ...lease, max: 50 })).messages).toHaveLength(50);
    await post(send(chat('oc_new'), text('x')));
    kit.sender(db);
    const took = await kit.drain();
    expect(took).toBeGreaterThan(150_000);
    expect(took).toBeLessThan(155_000);
  });
});

describe('a card', () => {
  const update = { do: 'update-card' as const, cardKey: 'k1', card: { schema: '2.0', body: { elements: [] } } };

  it('older than 14 days is not replaced but sent anew to its place', async () => {
    await sentCard('k1', {
      messageId: 'om_old',
      chatId: 'oc_1',
      sentAt: new Date(kit.clock.now().getTime() - 14.1 * 86_400_000),
    });
    await post(update, 'chat:oc_1');
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.patches).toEqual([]);
    expect(kit.feishu.messages).toMatchObject([{ chatId: 'oc_1' }]);
    expect(JSON.parse(kit.feishu.messages[0]!.content)).toEqual(update.card);
    expect(await db.select().from(sentCards)).toMatchObject([{ messageId: 'om_1', chatId: 'oc_1' }]);
  });

  it.each([230031, 230011, 230110])('that is gone (%i) is sent anew to its place', async (code) => {
    await sentCard('k1', { messageId: 'om_old' });
    await post(update, 'person:ou_1');
    kit.feishu.turn = ({ method }) => (method === 'PATCH' ? coded(code) : undefined);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.asked.at(-1)).toMatchObject({
      query: { receive_id_type: 'open_id' },
      body: { receive_id: 'ou_1' },
    });
    expect(await rows(db)).toMatchObject([{ state: 'sent' }]);
    expect((await db.select().from(sentCards))[0]).toMatchObject({ messageId: 'om_1' });
  });

  it('that is still on its way in another lane is waited for', async () => {
    await sentCard('k1');
    await post(send(chat('oc_1'), { type: 'card', card }, 'k1'));
    await post(update, 'chat:oc_other');
    kit.feishu.turn = failing(2, coded(230020));
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(1);
    expect(kit.feishu.patches.map(({ id, content }) => [id, JSON.parse(content)])).toEqual([['om_1', update.card]]);
  });

  it('whose sending was given up is sent anew', async () => {
    await sentCard('k1');
    await post(update, 'chat:oc_1');
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.messages).toMatchObject([{ chatId: 'oc_1' }]);
  });

  it('that nobody ever sent is a dead letter', async () => {
    await post(update, 'chat:oc_1');
    kit.sender(db);
    await kit.drain();
    expect(await deadLetters(db)).toMatchObject([{ problem: 'the card was never sent' }]);
  });

  it('is replaced by one message 20 times without breaking the limit of five a second', async () => {
    await sentCard('k1', { messageId: 'om_1', chatId: 'oc_1' });
    for (let n = 0; n < 20; n++) await post(update, 'chat:oc_1');
    kit.sender(db);
    const took = await kit.drain();
    expect(kit.feishu.patches).toHaveLength(20);
    expect(took).toBeGreaterThanOrEqual(3000);
    expect(took).toBeLessThan(3200);
  });
});

describe('a reply', () => {
  const reply = { do: 'reply' as const, to: chat('oc_1'), messageId: 'om_7', inThread: true, content: text('re') };

  it.each([230019, 230071])('to where no thread can be (%i) becomes a plain one', async (code) => {
    await post(reply);
    kit.feishu.turn = ({ body }) => (body.reply_in_thread ? coded(code) : undefined);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.asked.map(({ body }) => body.reply_in_thread)).toEqual([true, false]);
  });

  it.each([230011, 230110])('to a message that is gone (%i) is sent to its chat', async (code) => {
    await post(reply);
    kit.feishu.turn = ({ path }) => (path.endsWith('/reply') ? coded(code) : undefined);
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_1')).toEqual(['re']);
  });

  it('taken back twice is taken back', async () => {
    await post({ do: 'recall', messageId: 'om_7' });
    kit.feishu.turn = () => coded(230011);
    kit.sender(db);
    await kit.drain();
    expect(await rows(db)).toMatchObject([{ state: 'sent' }]);
  });
});

describe('stopping', () => {
  it('waits for what is on its way and takes nothing more', async () => {
    for (let n = 0; n < 5; n++) await post(send(chat('oc_a'), text(`${n}`)));
    const started = new Promise<void>((resolve) => {
      kit.feishu.turn = async () => {
        resolve();
        await new Promise((done) => setTimeout(done, 100));
        return undefined;
      };
    });
    const sender = kit.sender(db);
    sender.kick();
    await started;
    await sender.stop();
    expect(kit.feishu.asked).toHaveLength(1);
    expect((await rows(db)).map(({ state }) => state)).toEqual(['sent', 'pending', 'pending', 'pending', 'pending']);
    expect(await db.select().from(outbox).where(sql`leased_until is not null`)).toEqual([]);
    sender.kick();
    await new Promise((done) => setTimeout(done, 50));
    expect(kit.feishu.asked).toHaveLength(1);
  });

  it('gives back within four seconds what hangs, and another process goes on with the same uuid', async () => {
    await post(send(chat('oc_a'), text('x')));
    let hang: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      kit.feishu.turn = async () => {
        if (hang) return undefined;
        await new Promise<void>((release) => {
          hang = release;
          resolve();
        });
        return 'dropped';
      };
    });
    const sender = kit.sender(db);
    sender.kick();
    await started;
    const stopping = sender.stop();
    // the clock of this kit waits for calls on their way, so it is moved past them by hand
    await new Promise((done) => setTimeout(done, 20));
    kit.clock.wake(4000);
    await stopping;
    expect((await rows(db))[0]).toMatchObject({ state: 'pending', leasedUntil: null });
    expect((await rows(db))[0]!.unknownSince).not.toBeNull();
    hang?.();
    kit.reset();
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
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
