import { describe, expect, it } from 'vitest';
import { deadLetters } from '#db/outbox';
import { sentCards } from '#db/schema';
import { card, chat, coded, failing, rows, send, sendingRoom, sentCard, text } from './support/sending.ts';

const { db, kit, post } = await sendingRoom();

describe('a card', () => {
  const update = { do: 'update-card' as const, cardKey: 'k1', card: { schema: '2.0', body: { elements: [] } } };

  it('older than 14 days is not replaced but sent anew to its place', async () => {
    await sentCard(db, kit.clock, 'k1', {
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
    await sentCard(db, kit.clock, 'k1', { messageId: 'om_old' });
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

  it('that is kept for its clicks is sent as it is when it leaves, its buttons with that revision', async () => {
    const button = { tag: 'button', behaviors: [{ type: 'callback', value: { command: 'order show', args: {} } }] };
    const newest = { schema: '2.0', body: { elements: [button] } };
    await sentCard(db, kit.clock, 'k1');
    await post(send(chat('oc_1'), { type: 'card' }, 'k1'));
    await db.update(sentCards).set({ card: newest, rev: 7 });
    kit.sender(db);
    await kit.drain();
    const [sent] = kit.feishu.messages;
    expect(JSON.parse(sent!.content).body.elements[0].behaviors[0].value).toEqual({
      command: 'order show',
      args: {},
      card: 'k1',
      rev: 7,
    });
    expect(await db.select().from(sentCards)).toMatchObject([{ messageId: 'om_1', card: newest }]);
  });

  it('that nobody keeps any more is given up, and its lane goes on', async () => {
    await post(send(chat('oc_1'), { type: 'card' }, 'gone'));
    await post(send(chat('oc_1'), text('next')));
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(1);
    expect(await deadLetters(db)).toMatchObject([{ problem: 'the card is gone' }]);
  });

  it('that is still on its way in another lane is waited for', async () => {
    await sentCard(db, kit.clock, 'k1');
    await post(send(chat('oc_1'), { type: 'card', card }, 'k1'));
    await post(update, 'chat:oc_other');
    kit.feishu.turn = failing(2, coded(230020));
    kit.sender(db);
    await kit.drain();
    expect(kit.feishu.messages).toHaveLength(1);
    expect(kit.feishu.patches.map(({ id, content }) => [id, JSON.parse(content)])).toEqual([['om_1', update.card]]);
  });

  it('whose sending was given up is sent anew', async () => {
    await sentCard(db, kit.clock, 'k1');
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
    await sentCard(db, kit.clock, 'k1', { messageId: 'om_1', chatId: 'oc_1' });
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
