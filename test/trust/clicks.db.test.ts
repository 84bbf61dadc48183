import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePerson, findPerson } from '#db/people';
import { audit, orderProgress, orders, sentCards } from '#db/schema';
import { demoGroups } from '#playground/demo/groups';
import { type Live, live } from '#test/support/app';
import { type TestDatabase, testDatabase } from '#test/support/database';

let database: TestDatabase;
let run: Live;

let no = 'SO-1000';
let auditedBefore = 0;

beforeAll(async () => {
  database = await testDatabase();
  run = await live(database);
});
afterAll(async () => {
  await run.stop();
  await database.close();
});
/** Each test has an order of its own. */
beforeEach(async () => {
  no = `SO-${Number(no.slice(3)) + 1}`;
  auditedBefore = Math.max(0, ...(await database.db.select().from(audit)).map(({ id }) => id));
});

const group = demoGroups.jw;
const newOrder = () => `/订单 新建 ${no} 客户=宏达 数量=1200件 货期=2027-12-20 单价=76543.21`;
const refused = { toast: { type: 'warning', content: '这张卡片不能这样操作，请重新打开。' } };
const progress = async () => {
  const [order] = await database.db.select().from(orders).where(eq(orders.no, no));
  return database.db.select().from(orderProgress).where(eq(orderProgress.orderId, order!.id));
};
const refusals = async () =>
  (await database.db.select().from(audit)).filter(({ id, outcome }) => id > auditedBefore && outcome === 'refused');

interface Control {
  tag: string;
  name?: string;
  behaviors?: { value: Record<string, unknown> }[];
}
/** What the button with this label would report. */
function actionOf(card: unknown, label: string): { tag: string; name?: string; value?: Record<string, unknown> } {
  let found: Control | undefined;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === 'object') {
      const element = node as Control & { text?: { content?: string } };
      if (element.tag === 'button' && element.text?.content === label) found ??= element;
      Object.values(element).forEach(walk);
    }
  };
  walk(card);
  const value = found!.behaviors?.[0]?.value;
  return { tag: 'button', ...(found!.name && { name: found!.name }), ...(value && { value }) };
}

/** The order's card in the group, or, once pressed, its form. */
async function cardInGroup() {
  const answer = await run.ask('ou_chen', group, newOrder());
  await run.app.settle();
  return answer;
}
async function openForm(messageId: string) {
  const opened = await run.standIn.world.press('ou_chen', messageId, '登记进度');
  expect(opened.failure).toBeUndefined();
}
const values = { stage: 'sewing', qty: '800', note: '' };

describe('a click is believed only on the card, in the chat, by the person and in the state that we sent', () => {
  it('a card forwarded into another group is refused there, with one audit row', async () => {
    const card = await cardInGroup();
    // the platform gives a forwarded copy a message id of its own, in the chat it was forwarded to
    const copy = await run.ask('ou_ma', demoGroups.lb, '/我');
    const outcome = await run.standIn.world.click('ou_ma', copy.messageId, actionOf(card.content, '刷新'));
    expect(outcome).toEqual(refused);
    expect(await refusals()).toMatchObject([{ actor: 'ou_ma', command: 'card.other-message' }]);
  });

  it('somebody else’s private card is refused, with one audit row', async () => {
    await run.ask('ou_chen', group, newOrder());
    const mine = await run.ask('ou_chen', 'bot', `/订单 查看 ${no}`);
    await run.app.settle();
    const theirs = await run.ask('ou_li', 'bot', '/帮助');
    await run.app.settle();
    const outcome = await run.standIn.world.click('ou_li', theirs.messageId, actionOf(mine.content, '刷新'));
    expect(outcome).toMatchObject(refused);
    expect(await refusals()).toHaveLength(1);
    expect(JSON.stringify(run.standIn.world.sentTo('ou_li'))).not.toContain('76,543');
  });

  it.each<[string, (action: ReturnType<typeof actionOf>) => object]>([
    ['blank action', () => ({ tag: 'button' })],
    [
      'a value without a stamp',
      ({ value }) => ({ tag: 'button', value: { command: value!.command, args: value!.args } }),
    ],
    ['a card key that is blank', ({ value }) => ({ tag: 'button', value: { ...value, card: '' } })],
    ['a revision that is no number', ({ value }) => ({ tag: 'button', value: { ...value, rev: 'null' } })],
    ['a revision of the future', ({ value }) => ({ tag: 'button', value: { ...value, rev: 7 } })],
    ['another order', ({ value }) => ({ tag: 'button', value: { ...value, args: { order: 'SO-2' } } })],
    [
      'another person named in the arguments',
      ({ value }) => ({ tag: 'button', value: { ...value, args: { ...(value!.args as object), open_id: 'ou_zhao' } } }),
    ],
    [
      'an operator named in the value',
      ({ value }) => ({ tag: 'button', value: { ...value, command: 'people set', operator: 'ou_zhou' } }),
    ],
    ['a value that is a list', () => ({ tag: 'button', value: [] })],
  ])('%s with a valid signature changes nothing', async (_, tamper) => {
    const card = await cardInGroup();
    const before = await database.db.select().from(orders);
    const outcome = await run.standIn.world.click(
      'ou_chen',
      card.messageId,
      tamper(actionOf(card.content, '刷新')) as never,
    );
    expect(outcome.toast?.type).toMatch(/warning|info/);
    expect(outcome.failure).toBeUndefined();
    expect(await refusals()).toHaveLength(1);
    expect(await database.db.select().from(orders)).toEqual(before);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a field that the form does not have', { ...values, order: 'SO-2' }],
    ['somebody to act for', { ...values, open_id: 'ou_zhao' }],
    ['an amount', { ...values, price: '1.00' }],
  ])('a form that carries %s is refused whole', async (_, form) => {
    const card = await cardInGroup();
    await openForm(card.messageId);
    const outcome = await run.standIn.world.press('ou_chen', card.messageId, '提交', form);
    expect(outcome).toMatchObject(refused);
    expect(await progress()).toHaveLength(0);
    expect(await refusals()).toHaveLength(1);
  });

  it('the same click twenty times at once has one effect and twenty answers', async () => {
    const card = await cardInGroup();
    await openForm(card.messageId);
    const form = run.standIn.world.message(card.messageId)!;
    const action = { ...actionOf(JSON.parse(form.content), '提交'), form_value: values };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => run.standIn.world.click('ou_chen', card.messageId, action)),
    );
    expect(outcomes.filter(({ failure }) => failure)).toEqual([]);
    expect(outcomes.filter(({ toast }) => toast?.type === 'success')).toHaveLength(1);
    expect(await progress()).toHaveLength(1);
  });

  it('twenty deliveries of one click event have one effect', async () => {
    const card = await cardInGroup();
    await openForm(card.messageId);
    await run.standIn.world.press('ou_chen', card.messageId, '提交', values);
    const click = run.standIn.record.pushesOf('card.action.trigger').at(-1)!;
    const statuses = await Promise.all(Array.from({ length: 20 }, () => run.standIn.world.replay(click)));
    expect(statuses).toEqual(statuses.map(() => 200));
    expect(await progress()).toHaveLength(1);
  });

  it('after the order has gone to a colleague, the old card no longer records for its former owner', async () => {
    const card = await cardInGroup();
    await openForm(card.messageId);
    const li = (await findPerson(database.db, 'ou_li'))!;
    await database.db.update(orders).set({ merchandiserId: li.id }).where(eq(orders.no, no));
    const outcome = await run.standIn.world.press('ou_chen', card.messageId, '提交', values);
    expect(outcome.toast).toMatchObject({ type: 'error', content: expect.stringContaining('李敏') });
    expect(await progress()).toHaveLength(0);
    expect((await run.standIn.world.press('ou_li', card.messageId, '提交', values)).toast?.type).toBe('success');
  });

  it('whoever left the company presses in vain', async () => {
    const card = await cardInGroup();
    const chen = (await findPerson(database.db, 'ou_chen'))!;
    await changePerson(database.db, chen.id, { leftOn: '2026-01-31' }, new Date());
    const outcome = await run.standIn.world.press('ou_chen', card.messageId, '刷新');
    await changePerson(database.db, chen.id, { leftOn: null }, new Date());
    expect(outcome.toast).toMatchObject({ type: 'error', content: expect.stringContaining('花名册') });
  });

  it('a card of last month, forgotten by us, is refused instead of guessed at', async () => {
    const card = await cardInGroup();
    await database.db.delete(sentCards).where(eq(sentCards.messageId, card.messageId));
    expect(await run.standIn.world.press('ou_chen', card.messageId, '刷新')).toEqual(refused);
    expect(await refusals()).toMatchObject([{ command: 'card.unknown' }]);
  });

  it('an older state of a card shows the newest instead of acting', async () => {
    const card = await cardInGroup();
    const old = actionOf(card.content, '登记进度');
    await openForm(card.messageId);
    await run.standIn.world.press('ou_chen', card.messageId, '提交', values);
    const outcome = await run.standIn.world.click('ou_chen', card.messageId, old);
    expect(outcome.toast?.type).toBe('info');
    expect(JSON.stringify(run.standIn.world.message(card.messageId)?.content)).toContain('800/1200');
    expect(await progress()).toHaveLength(1);
  });

  it('an answer that is lost on its way leaves nothing half: the second click finds it done', async () => {
    const card = await cardInGroup();
    await openForm(card.messageId);
    const form = run.standIn.world.message(card.messageId)!.content;
    await run.standIn.world.press('ou_chen', card.messageId, '提交', values);
    // the person's client never saw the answer and still shows the form
    const outcome = await run.standIn.world.click('ou_chen', card.messageId, {
      ...actionOf(JSON.parse(form), '提交'),
      form_value: values,
    });
    expect(outcome.toast?.type).toBe('info');
    expect(await progress()).toHaveLength(1);
  });
});
