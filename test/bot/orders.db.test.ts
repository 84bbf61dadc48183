import { describe, expect, it } from 'vitest';
import { audit, orderProgress, orders } from '#db/schema';
import { cardIn, GROUP, wordsOf } from '#test/support/bot';
import { testRoom } from '#test/support/room';

const { database, bot } = await testRoom();

const newOrder = '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=12-20 款号=A118';
const progress = () => database.db.select().from(orderProgress).orderBy(orderProgress.id);

describe('/order update in a group', () => {
  it('records what the merchandiser typed and answers with the order', async () => {
    await bot.say('ou_chen', newOrder, { group: true });
    const [answer] = await bot.say('ou_chen', '/order update SO-1001 缝制 800件 备注=“袖口返工”', { group: true });
    expect(answer).toMatchObject({ lane: `chat:${GROUP}`, job: { do: 'reply' } });
    expect(wordsOf(cardIn(answer))).toContain('800/1200');
    expect(await progress()).toMatchObject([{ stage: 'sewing', qty: 800, note: '袖口返工', commandIndex: 0 }]);
    expect(await database.db.select().from(orders)).toMatchObject([{ no: 'SO-1001', stage: 'sewing' }]);
  });

  it('reads full-width letters, digits, colons and Chinese keys alike', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '／订单　更新　ＳＯ－１００１　阶段＝缝制　数量：８００件　备注：「袖口返工」', {
      group: true,
    });
    expect(await progress()).toMatchObject([{ stage: 'sewing', qty: 800, note: '袖口返工' }]);
  });

  it('does several lines in order, or none of them', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 1200\n/订单 更新 SO-1001 缝制 300件', { group: true });
    expect(await progress()).toHaveLength(0);
    await bot.say(
      'ou_chen',
      '/订单 更新 SO-1001 裁剪 1200件\n/订单 更新 SO-1001 缝制 300件\n/订单 更新 SO-1001 包装 9999件',
      { group: true },
    );
    expect(await progress()).toHaveLength(0);
    const answers = await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 1200件\n/订单 更新 SO-1001 缝制 300件', {
      group: true,
    });
    expect(await progress()).toMatchObject([{ stage: 'cutting' }, { stage: 'sewing', commandIndex: 1 }]);
    expect(answers).toHaveLength(1);
  });

  it('a redelivered message, also under another event id, changes nothing', async () => {
    await bot.say('ou_chen', newOrder);
    const message = bot.message('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true });
    await bot.receive(message);
    await bot.posted();
    await bot.receive(message);
    await bot.receive({ ...message, eventId: 'another' });
    expect(await progress()).toHaveLength(1);
    expect(await bot.posted()).toHaveLength(0);
  });

  it('the same message with other content is an alarm, not an order', async () => {
    await bot.say('ou_chen', newOrder);
    const message = bot.message('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true });
    await bot.receive(message);
    await bot.receive({ ...message, text: '/订单 更新 SO-1001 缝制 900件' });
    expect(await progress()).toHaveLength(1);
    expect(await database.db.select().from(audit).orderBy(audit.id)).toContainEqual(
      expect.objectContaining({ outcome: 'refused', command: 'inbox' }),
    );
  });

  it('an older message that arrives late does not overtake a newer one', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 包装 100件', { group: true, at: new Date('2026-11-23T01:00:00Z') });
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 900件', { group: true, at: new Date('2026-11-22T23:00:00Z') });
    expect(await database.db.select().from(orders)).toMatchObject([{ stage: 'packing' }]);
  });

  it.each([
    ['/订单 更新 SO-9999 缝制 800件', '没有找到订单 SO-9999'],
    ['/订单 更新 SO-1001 缝制 1201件', '超过订单 SO-1001 的 1200件'],
    ['/订单 更新 SO-1001 绣花 800件', '绣花'],
    ['/订单 更新 SO-1001 数量=1e3', '不是数量'],
    ['/订单 更新 SO-1001 备注=“没有收尾', '引号没有收尾'],
    ['/订单 更新 SO-1001 数两=800', '你是想写「数量=」吗'],
    ['/订单 更薪 SO-1001', '/订单 更新'],
    ['/orde update SO-1001 sewing', '/order update'],
    ['', '没有看到指令'],
    ['😀', '😀'],
    ['/订单 更新 SO-1001 退税 1件', '没有「退税」'],
  ])('%s is answered kindly and stores nothing', async (line, words) => {
    await bot.say('ou_chen', newOrder);
    const answers = await bot.say('ou_chen', line, { group: true });
    expect(wordsOf(answers.map(cardIn))).toContain(words);
    expect(await progress()).toHaveLength(0);
  });

  it('somebody else’s order is refused with who can', async () => {
    await bot.say('ou_chen', newOrder);
    const [answer] = await bot.say('ou_li', '/订单 更新 SO-1001 缝制 800件', { group: true });
    expect(wordsOf(cardIn(answer))).toContain('由 陈静 跟进');
    expect(await progress()).toHaveLength(0);
  });

  it('the manager and the general manager may', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_wang', '/订单 更新 SO-1001 裁剪 800件', { group: true });
    await bot.say('ou_zhao', '/订单 更新 SO-1001 缝制 800件', { group: true });
    expect(await progress()).toHaveLength(2);
  });

  it('a stranger gets a way in instead of silence', async () => {
    const [answer] = await bot.say('ou_nobody', '/订单 列表', { group: true });
    expect(wordsOf(cardIn(answer))).toContain('ou_nobody');
  });

  it('a message of 20,000 characters is refused with a way out', async () => {
    await bot.say('ou_chen', newOrder);
    const [answer] = await bot.say('ou_chen', `/订单 更新 SO-1001 备注=${'长'.repeat(20_000)}`, { group: true });
    expect(wordsOf(cardIn(answer))).toContain('太长了');
    expect(JSON.stringify(cardIn(answer)).length).toBeLessThan(10_000);
  });

  it('typed mentions and links stay text', async () => {
    await bot.say('ou_chen', newOrder);
    const [answer] = await bot.say('ou_chen', '/订单 更新 SO-1001 备注="<at id=all></at> [x](http://evil) \u202Eabc"', {
      group: true,
    });
    const words = wordsOf(cardIn(answer));
    expect(words).not.toContain('<at');
    expect(words).not.toContain('[x](');
    expect(words).not.toContain('\u202E');
    expect(words).toContain('⟨U+202E⟩');
  });
});

describe('the order card', () => {
  async function orderCard() {
    await bot.say('ou_chen', newOrder);
    const [answer] = await bot.say('ou_chen', '/订单 查看 SO-1001', { group: true });
    return cardIn(answer);
  }

  it('its button opens a form, and submitting the form updates the card in place', async () => {
    const card = await orderCard();
    const opened = await bot.press('ou_chen', card, '登记进度');
    expect(wordsOf(opened.card)).toContain('"tag":"form"');
    const done = await bot.press('ou_chen', opened.card as never, '提交', { stage: 'sewing', qty: '800', note: '' });
    expect(done.toast?.tone).toBe('success');
    expect(wordsOf(done.card)).toContain('800/1200');
    expect(await progress()).toMatchObject([{ stage: 'sewing', qty: 800 }]);
    expect(await bot.posted()).not.toContainEqual(
      expect.objectContaining({ job: expect.objectContaining({ do: 'send' }) }),
    );
  });

  it('going back from the form shows the card again', async () => {
    const opened = await bot.press('ou_chen', await orderCard(), '登记进度');
    const back = await bot.press('ou_chen', opened.card as never, '返回');
    expect(wordsOf(back.card)).toContain('宏达');
    expect(wordsOf(back.card)).not.toContain('"tag":"form"');
  });

  it('a form with a mistake keeps what was typed and says what is wrong', async () => {
    const opened = await bot.press('ou_chen', await orderCard(), '登记进度');
    const answer = await bot.press('ou_chen', opened.card as never, '提交', { stage: 'sewing', qty: '很多', note: '' });
    expect(answer).toEqual({ toast: expect.objectContaining({ tone: 'error', zh: expect.stringContaining('很多') }) });
    expect(await progress()).toHaveLength(0);
  });

  it('a double click on submit records once', async () => {
    const opened = await bot.press('ou_chen', await orderCard(), '登记进度');
    const values = { stage: 'sewing', qty: '800', note: '' };
    const [first, second] = await Promise.all([
      bot.press('ou_chen', opened.card as never, '提交', values),
      bot.press('ou_chen', opened.card as never, '提交', values),
    ]);
    expect([first.toast?.tone, second.toast?.tone].sort()).toEqual(['info', 'success']);
    expect(await progress()).toHaveLength(1);
  });

  it('a colleague who may not is told so, and nothing changes', async () => {
    const opened = await bot.press('ou_li', await orderCard(), '登记进度');
    const answer = await bot.press('ou_li', opened.card as never, '提交', { stage: 'sewing', qty: '800' });
    expect(answer).toEqual({ toast: expect.objectContaining({ tone: 'error' }) });
    expect(await progress()).toHaveLength(0);
  });

  it.each<[string, (button: { value: Record<string, unknown> }) => object]>([
    [
      'another order in the arguments',
      ({ value }) => ({ action: { tag: 'button', value: { ...value, args: { order: 'SO-2', of: 'order update' } } } }),
    ],
    ['another command', ({ value }) => ({ action: { tag: 'button', value: { ...value, command: 'people set' } } })],
    ['another card', ({ value }) => ({ action: { tag: 'button', value: { ...value, card: 'a'.repeat(20) } } })],
    ['no stamp', ({ value }) => ({ action: { tag: 'button', value: { command: value.command, args: value.args } } })],
    ['a forwarded copy', () => ({ messageId: 'om_elsewhere', __second: true })],
    ['another chat', () => ({ chatId: 'oc_elsewhere' })],
    ['nothing at all', () => ({ action: { tag: 'button' } })],
  ])('refuses %s, with one audit row', async (_, tamper) => {
    const card = await orderCard();
    await bot.press('ou_chen', card, '刷新');
    const before = (await database.db.select().from(audit).orderBy(audit.id)).length;
    const { findButton } = await import('#test/support/bot');
    const answer = await bot.press(
      'ou_chen',
      card,
      '刷新',
      undefined,
      tamper(findButton(card, '刷新') as never) as never,
    );
    expect(answer).toEqual({ toast: expect.objectContaining({ zh: '这张卡片不能这样操作，请重新打开。' }) });
    const rows = (await database.db.select().from(audit).orderBy(audit.id)).slice(before);
    expect(rows).toMatchObject([{ outcome: 'refused', actor: 'ou_chen' }]);
  });
});

describe('/undo', () => {
  it('takes back one’s own last record by a new row', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 1200件');
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    const [answer] = await bot.say('ou_chen', '/撤销');
    expect(wordsOf(cardIn(answer))).toContain('已撤销');
    const rows = await progress();
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatchObject({ undoes: rows[1]!.id });
    expect(await database.db.select().from(orders)).toMatchObject([{ stage: 'cutting' }]);
  });

  it('again takes back the one before, not the same once more', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 1200件');
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    for (const stage of ['缝制', '裁剪']) {
      const [answer] = await bot.say('ou_chen', '/撤销');
      expect(wordsOf(cardIn(answer))).toContain(`已撤销：${stage}`);
    }
    const [cutting, sewing, ...undone] = await progress();
    expect(undone.map(({ undoes }) => undoes)).toEqual([sewing!.id, cutting!.id]);
  });

  it('says so when there is nothing to take back', async () => {
    const [answer] = await bot.say('ou_chen', '/undo');
    expect(wordsOf(cardIn(answer))).toContain('没有可以撤销');
  });
});

describe('private answers', () => {
  it('/people in a group is answered in private, the group hears only that', async () => {
    const answers = await bot.say('ou_wang', '/人员 列表', { group: true });
    const toGroup = answers.filter(({ lane }) => lane === `chat:${GROUP}`);
    expect(toGroup).toHaveLength(1);
    expect(wordsOf(cardIn(toGroup[0]))).toContain('已私信你');
    expect(wordsOf(cardIn(toGroup[0]))).not.toContain('陈静');
    expect(answers.find(({ lane }) => lane === 'person:ou_wang')).toBeDefined();
  });

  it('a refusal of something private is private, too, and looks the same in the group', async () => {
    const allowed = await bot.say('ou_wang', '/人员 列表', { group: true });
    const refused = await bot.say('ou_chen', '/人员 列表', { group: true });
    const inGroup = (answers: typeof allowed) =>
      answers.filter(({ lane }) => lane === `chat:${GROUP}`).map((entry) => wordsOf(cardIn(entry)));
    expect(inGroup(refused)).toEqual(inGroup(allowed));
  });

  it('prices are shown in private to who answers for the order, never in the group', async () => {
    const line = `${newOrder} 单价=12.34`;
    const [inGroup] = await bot.say('ou_chen', line, { group: true });
    const [inPrivate] = await bot.say('ou_chen', '/订单 查看 SO-1001');
    const [other] = await bot.say('ou_li', '/订单 查看 SO-1001');
    expect(wordsOf(cardIn(inGroup))).not.toContain('12.34');
    expect(wordsOf(cardIn(inPrivate))).toContain('12.34');
    expect(wordsOf(cardIn(other))).not.toContain('12.34');
  });
});
