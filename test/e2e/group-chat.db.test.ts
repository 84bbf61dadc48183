import { beforeEach, describe, expect, it } from 'vitest';
import { orderProgress, orders } from '#db/schema';
import { demoGroups } from '#playground/demo/groups';
import { cardOf, type Live, live, PATIENCE_MS } from '#test/support/app';
import { freshDatabase } from '#test/support/room';

const database = await freshDatabase();
let run: Live;
beforeEach(async () => {
  run = await live(database);
  return () => run.stop();
});

const group = demoGroups.jw;
const newOrder = '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2027-12-20 款号=A118';
const words = (message: unknown) => JSON.stringify(message);

describe('the bot against the platform', () => {
  it('answers /order update in the group with a card, as a reply', async () => {
    await run.ask('ou_chen', group, newOrder);
    const answer = await run.ask('ou_chen', group, '/order update SO-1001 缝制 800件 备注=“袖口返工”');
    expect(answer.type).toBe('interactive');
    expect(words(cardOf(answer))).toContain('800/1200');
    expect(await database.db.select().from(orderProgress)).toMatchObject([{ qty: 800, stage: 'sewing' }]);
  });

  it('a button opens the form, submitting it updates the card in place', async () => {
    const answer = await run.ask('ou_chen', group, newOrder);
    const opened = await run.standIn.world.press('ou_chen', answer.messageId, '登记进度');
    expect(opened.failure).toBeUndefined();
    expect(words(opened.message?.content)).toContain('"tag":"form"');
    const done = await run.standIn.world.press('ou_chen', answer.messageId, '提交', {
      stage: 'sewing',
      qty: '800',
      note: '',
    });
    expect(done).toMatchObject({ toast: { type: 'success' } });
    expect(
      words(run.standIn.world.messagesIn(group).find(({ messageId }) => messageId === answer.messageId)?.content),
    ).toContain('800/1200');
  });

  it('is registered with the client: the slash panel offers its commands', async () => {
    await expect.poll(async () => (await run.world()).commands.map(({ command }) => command)).toContain('order');
  });

  it('in private it answers in the private chat', async () => {
    const answer = await run.ask('ou_chen', 'bot', '/我');
    expect(words(cardOf(answer))).toContain('业务一部');
  });

  it('with credentials of its own nothing of the playground is reachable', async () => {
    for (const path of ['/', '/playground/api/world', '/playground/assets/page.js', '/open-apis/bot/v3/info'])
      expect((await fetch(run.app.url + path)).status, path).toBe(404);
  });

  it('a redelivered, a doubled and a reordered message have one effect each', async () => {
    await run.ask('ou_chen', group, newOrder);
    run.standIn.faults.set({ duplicate: true, duplicateMessage: true, reorder: true });
    await run.ask('ou_chen', group, '/order update SO-1001 裁剪 1200件');
    await run.ask('ou_chen', group, '/order update SO-1001 缝制 800件');
    await run.standIn.settled();
    await run.app.settle();
    expect(await database.db.select().from(orderProgress)).toHaveLength(2);
    const answers = run.standIn.world.messagesIn(group).filter(({ sender }) => sender.kind === 'bot');
    expect(answers).toHaveLength(3);
  });

  it('after a restart everything is still there, and the old card still works', async () => {
    const answer = await run.ask('ou_chen', group, newOrder);
    await run.restart();
    const outcome = await run.standIn.world.press('ou_chen', answer.messageId, '刷新');
    expect(outcome.failure).toBeUndefined();
    expect(await database.db.select().from(orders)).toMatchObject([{ no: 'SO-1001' }]);
  });

  it('every answer to bad input is a card that the platform takes', async () => {
    const bad = [
      '/order update SO-9999 缝制',
      '/order update',
      '/order',
      '/订单 更新 SO-1001 数量=-1',
      '<at id="all"></at> 大家好',
      `/order new ${'长'.repeat(3000)}`,
      '/help',
      '/order list overdue',
      '/people list',
      '💥',
    ];
    for (const text of bad) expect((await run.ask('ou_chen', group, text)).type).toBe('interactive');
    expect(await database.db.select().from(orders)).toHaveLength(0);
    expect(words(run.standIn.world.messagesIn(group).filter(({ sender }) => sender.kind === 'bot'))).not.toContain(
      '<at',
    );
  });
});

describe('a platform that bites', () => {
  it.each([
    ['429 with a reset', { rateLimited: 0.4 }],
    ['230020 storms', { chatLimited: 0.4 }],
    ['HTML error pages', { htmlError: 0.4 }],
    ['connections reset before the call', { reset: 0.4 }],
    ['answers dropped after the call was carried out', { dropAnswer: 0.4 }],
  ])('%s: every answer arrives, once', async (_, faults) => {
    await run.ask('ou_chen', group, newOrder);
    run.standIn.faults.set(faults);
    const questions = Array.from({ length: 6 }, (_, i) =>
      run.standIn.world.say(
        'ou_chen',
        group,
        `<at id="${run.standIn.world.botOpenId}"></at> /order update SO-1001 备注=第${i}次`,
      ),
    );
    const answered = () =>
      questions.map(
        ({ messageId }) =>
          run.standIn.world.messagesIn(group).filter((message) => message.parentId === messageId).length,
      );
    await run.standIn.world.until(() => answered().every((count) => count >= 1), PATIENCE_MS);
    run.standIn.faults.set({ rateLimited: 0, chatLimited: 0, htmlError: 0, reset: 0, dropAnswer: 0 });
    await run.app.settle();
    expect(answered()).toEqual(questions.map(() => 1));
  });

  it('a revoked token heals', async () => {
    await run.ask('ou_chen', group, newOrder);
    run.standIn.tokens.revokeAll();
    expect((await run.ask('ou_chen', group, '/订单 查看 SO-1001')).type).toBe('interactive');
  });
});
