import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { outbox } from '#db/schema';
import { claimMessages } from '#db/sending';
import { PLATFORM_LIMITS } from '#feishu/sender';
import type { Turn } from './scripted-feishu.ts';
import { card, chat, coded, failing, MINUTE, rows, send, sendingRoom, text } from './support/sending.ts';

const { db, kit, post } = await sendingRoom();

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

  /** One try that ends so, then nobody sends for an hour and a bit. */
  async function oneTry(end: Turn) {
    kit.feishu.turn = failing(1, end);
    const sender = kit.sender(db);
    sender.kick();
    await kit.clock.advance(100);
    await sender.stop();
    expect(kit.feishu.asked.length).toBeGreaterThan(0);
    await kit.clock.advance(61 * MINUTE);
  }

  async function unknownForAnHour(to: Parameters<typeof send>[0] = chat('oc_a'), content = text('x')) {
    await post(send(to, content));
    await oneTry('dropped');
    kit.sender(db);
    await kit.drain();
  }
  const listings = () => kit.feishu.asked.filter(({ method }) => method === 'GET');

  it('for an hour is looked up, and a message that arrived is not sent again', async () => {
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
    await unknownForAnHour();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['（此消息可能重复）x']);
    expect(new Set(kit.feishu.asked.filter(({ method }) => method === 'POST').map(({ body }) => body.uuid)).size).toBe(
      2,
    );
    expect((await rows(db))[0]).toMatchObject({ state: 'sent' });
  });

  it('of a card for an hour: the repeat carries a grey line', async () => {
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
    kit.feishu.listing = false;
    await unknownForAnHour(to);
    expect(kit.feishu.messages.map(({ content }) => JSON.parse(content).text)).toEqual(['（此消息可能重复）x']);
  });

  it('is not mistaken for another message of ours in that chat', async () => {
    await post(send(chat('oc_a'), text('earlier')));
    kit.sender(db);
    await kit.drain();
    await unknownForAnHour();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['earlier', '（此消息可能重复）x']);
  });

  it('is known after all when the refusal was clear: no repeat is marked, however late', async () => {
    await post(send(chat('oc_a'), text('x')));
    await oneTry(coded(230020));
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

  it('is told from one whose call takes long: that one keeps its lease as long as it lives', async () => {
    await post(send(chat('oc_a'), text('x')));
    let answer: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      kit.feishu.turn = async () => {
        resolve();
        await new Promise<void>((release) => {
          answer = release;
        });
        return undefined;
      };
    });
    const sender = kit.sender(db);
    sender.kick();
    await started;
    // by the clock of the bot a minute, in steps of a heartbeat
    for (let beat = 0; beat < 24; beat++) {
      await expect.poll(() => kit.clock.awaits(2500), { interval: 5 }).toBe(true);
      kit.clock.wake(2500);
      const leased = async () => (await rows(db))[0]!.leasedUntil?.getTime();
      await expect.poll(leased, { interval: 5 }).toBe(kit.clock.now().getTime() + 10_000);
    }
    expect((await claimMessages(db, { now: kit.clock.now(), ...lease })).messages).toEqual([]);
    answer?.();
    await expect.poll(async () => (await rows(db))[0]!.state).toBe('sent');
    expect(kit.feishu.messages).toHaveLength(1);
  });

  it('is not the same whose clock was put forward: what it is sending it does not take up again', async () => {
    await post(send(chat('oc_a'), text('x')));
    let answer: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      kit.feishu.turn = async () => {
        resolve();
        await new Promise<void>((release) => {
          answer = release;
        });
        return undefined;
      };
    });
    // a system clock that is stepped moves no timer: the lease ends before a heartbeat extends it
    let off = 0;
    const clock = { ...kit.clock, now: () => new Date(kit.clock.now().getTime() + off) };
    const sender = kit.sender(db, { clock });
    sender.kick();
    await started;
    off = 60 * MINUTE;
    // a look that found something else shows that this was not had
    kit.feishu.turn = () => undefined;
    await post(send(chat('oc_b'), text('y')));
    sender.kick();
    await expect.poll(() => kit.feishu.textsIn('oc_b')).toEqual(['y']);
    expect(kit.feishu.textsIn('oc_a')).toEqual([]);
    answer?.();
    await kit.drain();
    expect(kit.feishu.textsIn('oc_a')).toEqual(['x']);
    expect(await rows(db)).toMatchObject([
      { state: 'sent', tries: 1 },
      { state: 'sent', tries: 1 },
    ]);
  });

  it('leaves attempts behind that stop counting with its lease', async () => {
    for (let n = 0; n < 50; n++) await post(send(chat(`oc_${n}`), text('x')));
    expect((await claimMessages(db, { now: kit.clock.now(), ...lease, max: 50 })).messages).toHaveLength(50);
    await post(send(chat('oc_new'), text('x')));
    await kit.clock.advance(145_000);
    kit.sender(db);
    const took = await kit.drain();
    expect(took).toBeGreaterThan(5000);
    expect(took).toBeLessThan(10_000);
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
    await expect.poll(() => kit.clock.awaits(4000), { interval: 5 }).toBe(true);
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
