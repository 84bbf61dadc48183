import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { lockMonth } from '#db/locked-months';
import { audit, sentCards } from '#db/schema';
import { incidentFiles, incidentSteps, incidents } from '#db/tables/appraisal';
import { cardIn, wordsOf } from '#test/support/bot';
import { cardsTo, expectSound, putUnder, toGroups } from '#test/support/facts';
import { now } from '#test/support/people';
import { PHOTO } from '#test/support/records';
import { testRoom } from '#test/support/room';

const { database, bot, people } = await testRoom();
beforeEach(async () => {
  await putUnder(database.db, people.chen, 'jw');
  await putUnder(database.db, people.li, 'ft');
});

const all = () => database.db.select().from(incidents).orderBy(incidents.id);
const steps = () => database.db.select().from(incidentSteps).orderBy(incidentSteps.id);
const record = '/考核事件 登记 陈静 JW-K3 金额=200 日期=11-20 原因=“交期延误空运”';

describe('pictures posted as a reply to an incident’s card', () => {
  beforeEach(async () => {
    await bot.say('ou_wang', record);
    const cards = await database.db.select().from(sentCards);
    const own = cards.find(({ subject, audience }) => subject === 'incident:1' && audience === 'ou_chen')!;
    await database.db.update(sentCards).set({ messageId: 'om_told' }).where(eq(sentCards.key, own.key));
  });
  const reply = (openId: string) =>
    bot.message(openId, '', { toBot: false, mentions: [], text: '', parentId: 'om_told', attachments: PHOTO });

  it('are evidence of either side, filed once, and the answer names no person', async () => {
    const message = reply('ou_chen');
    await bot.receive(message);
    await bot.receive(message);
    const posted = await bot.posted();
    expect(posted).toHaveLength(1);
    expect(wordsOf(cardIn(posted[0]))).toContain('1 个附件已归到考核事件 #1');
    expect(wordsOf(cardIn(posted[0]))).not.toMatch(/陈静|JW-K3|200/);
    const [shown] = cardsTo(await bot.say('ou_wang', '/考核事件 查看 #1'), 'ou_wang');
    expect(wordsOf(shown)).toContain('1 个附件');
    expectSound(shown!);
  });

  it('from somebody who may not see the incident file nothing and tell nothing of it', async () => {
    await bot.receive(reply('ou_li'));
    expect(JSON.stringify(await bot.posted())).not.toContain('考核事件 #1');
    expect(await database.db.$count(incidentFiles)).toBe(0);
  });
});

describe('/incident add', () => {
  it('keeps the pictures that came with the message as evidence', async () => {
    const posted = await bot.say('ou_wang', record, { attachments: PHOTO });
    expect(wordsOf(cardsTo(posted, 'ou_chen')[0])).toContain('1 个附件');
  });

  it('records what the manager typed and tells the employee at once, in private', async () => {
    const posted = await bot.say('ou_wang', record);
    expect(await all()).toMatchObject([
      { clause: 'JW-K3', scheme: 'jw', month: '2026-11', date: '2026-11-20', amountFen: 200_00n, note: '交期延误空运' },
    ]);
    const [told] = cardsTo(posted, 'ou_chen');
    expect(wordsOf(told)).toContain('200.00');
    expect(wordsOf(told)).toContain('交期延误空运');
    for (const card of [told!, ...cardsTo(posted, 'ou_wang')]) expectSound(card);
  });

  it('asked for in a group, the group learns nothing', async () => {
    const posted = await bot.say('ou_wang', record, { group: true });
    expect(toGroups(posted)).not.toMatch(/陈静|JW-K3|200|空运/);
    expect(await all()).toHaveLength(1);
  });

  it('neither header nor preview of any card says anything about the person', async () => {
    const posted = await bot.say('ou_wang', record);
    for (const card of [...cardsTo(posted, 'ou_chen'), ...cardsTo(posted, 'ou_wang')])
      expect(JSON.stringify([card.header, card.config])).not.toMatch(/陈静|JW-K3|200|空运/);
  });

  it('goes step by step: whom, what kind, then only what the kind needs', async () => {
    const [first] = cardsTo(await bot.say('ou_wang', '/考核事件 登记'), 'ou_wang');
    expectSound(first!);
    const kinds = await bot.press('ou_wang', first!, '下一步', { person: 'ou_chen' });
    expect(wordsOf(kinds.card)).toContain('JW-K1 批量性质量事故');
    expect(wordsOf(kinds.card)).not.toContain('FT-F1');
    expectSound(kinds.card as never);
    const form = await bot.press('ou_wang', kinds.card as never, 'JW-K1 批量性质量事故');
    expect(wordsOf(form.card)).toContain('"name":"loss"');
    expect(wordsOf(form.card)).not.toContain('"name":"amount"');
    expectSound(form.card as never);
    const values = { date: '2026-11-20 +0800', loss: '10000', order: '', note: '整批退货' };
    const missing = await bot.press('ou_wang', form.card as never, '登记并告知本人', { ...values, loss: '' });
    expect(missing).toEqual({ toast: expect.objectContaining({ tone: 'error', zh: expect.stringContaining('损失') }) });
    const done = await bot.press('ou_wang', form.card as never, '登记并告知本人', values);
    expect(done.toast?.tone).toBe('success');
    expect(await all()).toMatchObject([{ clause: 'JW-K1', lossFen: 10_000_00n, amountFen: null }]);
    // the better band for the employee at exactly 10,000
    expect(wordsOf(done.card)).toContain('1,000.00 元');
    expect(wordsOf(done.card)).not.toContain('年终奖');
  });

  it.each([
    ['/考核事件 登记 陈静 JW-K3 金额=501 原因=晚', '100–500'],
    ['/考核事件 登记 陈静 JW-K3 金额=99.99 原因=晚', '100–500'],
    ['/考核事件 登记 陈静 JW-K3 原因=晚', '定一个金额'],
    ['/考核事件 登记 陈静 JW-K2 金额=300 原因=晚', '不要另写'],
    ['/考核事件 登记 陈静 JW-K1 原因=晚', '公司损失'],
    ['/考核事件 登记 陈静 FT-F1 原因=晚', '没有「FT-F1」'],
    ['/考核事件 登记 陈静 JW-K2 日期=2026-11-24 原因=晚', '还没有到'],
    ['/考核事件 登记 陈静 JW-K2 订单=SO-404 原因=晚', '没有找到订单'],
    ['/考核事件 登记 李敏 FT-F1 原因=晚', '哪个订单'],
    ['/考核事件 登记 王芳 JW-K2 原因=晚', '不能给自己'],
    ['/考核事件 登记 方会计 NOTE 原因=晚', '不能给 方会计'],
  ])('%s is refused kindly and stores nothing', async (line, words) => {
    const [answer] = await bot.say('ou_wang', line);
    expect(wordsOf(cardIn(answer))).toContain(words);
    expect(await all()).toHaveLength(0);
  });

  it('a colleague may not, and HR may', async () => {
    await bot.say('ou_li', record);
    expect(await all()).toHaveLength(0);
    await bot.say('ou_hr', record);
    expect(await all()).toHaveLength(1);
  });

  it('the version of the scheme in the month of the incident decides its kinds', async () => {
    await putUnder(database.db, people.chen, 'ft', '2026-11');
    const [answer] = await bot.say('ou_wang', record);
    expect(wordsOf(cardIn(answer))).toContain('没有「JW-K3」');
    await bot.say('ou_wang', record.replace('11-20', '10-20'));
    expect(await all()).toMatchObject([{ month: '2026-10', scheme: 'jw' }]);
  });

  it('an incident of a locked month counts in the next open one', async () => {
    await lockMonth(database.db, '2026-10', 'test', now);
    await bot.say('ou_wang', record.replace('11-20', '10-20'));
    expect(await all()).toMatchObject([{ date: '2026-10-20', month: '2026-11' }]);
  });

  it('a note of 2,000 characters with markup still makes cards that the platform takes', async () => {
    const posted = await bot.say('ou_wang', `/考核事件 登记 陈静 NOTE 原因="${'<at id=all></at>*'.repeat(110)}"`);
    const [told] = cardsTo(posted, 'ou_chen');
    expectSound(told!);
    expect(wordsOf(told)).not.toContain('<at');
  });
});

describe('the employee', () => {
  async function told() {
    const [card] = cardsTo(await bot.say('ou_wang', record), 'ou_chen');
    return card!;
  }

  it('objects by button; the manager’s manager decides; both versions stay', async () => {
    const opened = await bot.press('ou_chen', await told(), '有异议');
    expectSound(opened.card as never);
    const answer = await bot.press('ou_chen', opened.card as never, '提交', { reason: '工厂停电' });
    expect(wordsOf(answer.card)).toContain('赵总');
    const [brought] = cardsTo(await bot.posted(), 'ou_zhao');
    expectSound(brought!);
    const form = await bot.press('ou_zhao', brought!, '撤回');
    const decided = await bot.press('ou_zhao', form.card as never, '提交', { reason: '有停电通知' });
    expect(wordsOf(decided.card)).toContain('工厂停电');
    expect(wordsOf(decided.card)).toContain('交期延误空运');
    expect(wordsOf(decided.card)).toContain('不扣款（已撤回）');
    expect(await steps()).toMatchObject([{ kind: 'disputed' }, { kind: 'withdrawn', reason: '有停电通知' }]);
    const posted = await bot.posted();
    expect(cardsTo(posted, 'ou_chen')).toHaveLength(1);
    expect(cardsTo(posted, 'ou_wang')).toHaveLength(1);
  });

  it('a double click on the objection records it once', async () => {
    const opened = await bot.press('ou_chen', await told(), '有异议');
    await Promise.all([1, 2].map(() => bot.press('ou_chen', opened.card as never, '提交', { reason: '停电' })));
    expect(await steps()).toHaveLength(1);
  });

  it('two copies of the card object once: the second is told so', async () => {
    const first = await told();
    const [second] = cardsTo(await bot.say('ou_chen', '/考核事件 列表 #1'), 'ou_chen');
    for (const card of [first, second!]) {
      const opened = await bot.press('ou_chen', card, '有异议');
      await bot.press('ou_chen', opened.card as never, '提交', { reason: '停电' });
    }
    expect(await steps()).toHaveLength(1);
  });

  it('somebody else pressing the button, or a forwarded copy, changes nothing and learns nothing', async () => {
    const card = await told();
    const neutral = { toast: expect.objectContaining({ zh: '这张卡片不能这样操作，请重新打开。' }) };
    expect(await bot.press('ou_li', card, '有异议')).toEqual(neutral);
    expect(await bot.press('ou_li', card, '有异议', undefined, { messageId: 'om_x', chatId: 'oc_x' })).toEqual(neutral);
    expect(await steps()).toHaveLength(0);
  });

  it('may not object after the month was locked', async () => {
    const opened = await bot.press('ou_chen', await told(), '有异议');
    await lockMonth(database.db, '2026-11', 'test', now);
    const answer = await bot.press('ou_chen', opened.card as never, '提交', { reason: '停电' });
    expect(answer).toEqual({ toast: expect.objectContaining({ zh: expect.stringContaining('锁定') }) });
    expect(await steps()).toHaveLength(0);
  });

  it('who recorded it does not decide it, nor does the employee', async () => {
    await told();
    for (const who of ['ou_wang', 'ou_chen']) await bot.say(who, '/考核事件 决定 1 维持 原因=对');
    expect(await steps()).toHaveLength(0);
    await bot.say('ou_hr', '/考核事件 决定 1 维持 原因=对');
    expect(await steps()).toMatchObject([{ kind: 'upheld' }]);
  });

  it('an incident that is none of one’s business and one that does not exist are answered alike', async () => {
    await told();
    const [forbidden] = await bot.say('ou_li', '/考核事件 列表 #1');
    const [unknown] = await bot.say('ou_li', '/考核事件 列表 #2');
    expect(wordsOf(cardIn(forbidden)).replaceAll('#1', '#2')).toBe(wordsOf(cardIn(unknown)));
    const [list] = await bot.say('ou_li', '/考核事件 列表 陈静 11月');
    expect(wordsOf(cardIn(list))).not.toContain('JW-K3');
  });
});

describe('the ladder of faults', () => {
  const fault = (day: string, n: number) => `/考核事件 登记 李敏 FT-F2 日期=${day} 报关单=D-${n} 原因=单据错误`;

  it('shows the employee how near the next step is and what it would cost', async () => {
    const [first] = cardsTo(await bot.say('ou_wang', fault('11-02', 1)), 'ou_li');
    expect(wordsOf(first)).toContain('本月已有 1 次，再有 1 次：取消当月所有奖励（FT-F3）');
    expect(wordsOf(first)).toContain('本季度已有 1 次，再有 4 次：取消整年的奖励（FT-F4）');
    const [second] = cardsTo(await bot.say('ou_wang', fault('11-03', 2)), 'ou_li');
    expect(wordsOf(second)).toContain('本月已有 2 次差错：取消当月所有奖励（FT-F3）');
    expect(wordsOf(second)).toContain('再有 1 次：取消整个季度的所有奖励');
  });

  it('says in yuan what the next step would take, by the declarations so far, and what the last one took', async () => {
    await bot.say('ou_li', '/订单 新建 SO-1 客户=宏达 数量=10件 货期=12-20');
    const declare = (n: number, day: string) => `/报关 新增 SO-1 报关单号=31012026000012345${n} 日期=${day}`;
    for (const [n, day] of [
      [1, '10-08'],
      [2, '11-05'],
      [3, '11-06'],
      [4, '11-07'],
    ] as const)
      await bot.say('ou_li', declare(n, day));
    const [first] = cardsTo(await bot.say('ou_wang', fault('11-02', 1)), 'ou_li');
    // three rewards of November; of the quarter also the one of October
    expect(wordsOf(first)).toContain('取消当月所有奖励（FT-F3），按已登记的报关单会再少 90.00 元');
    expect(wordsOf(first)).toContain('取消整年的奖励（FT-F4），按已登记的报关单会再少 120.00 元');
    const [second] = cardsTo(await bot.say('ou_wang', fault('11-03', 2)), 'ou_li');
    expect(wordsOf(second)).toContain('取消当月所有奖励（FT-F3），已少 90.00 元');
    expect(wordsOf(second)).toContain('再有 1 次：取消整个季度的所有奖励（FT-F3），按已登记的报关单会再少 30.00 元');
    // a fault of an earlier month, entered now: the year's step takes what was declared since, too
    const [earlier] = cardsTo(await bot.say('ou_wang', fault('09-02', 4)), 'ou_li');
    expect(wordsOf(earlier)).toContain('取消整年的奖励（FT-F4），按已登记的报关单会再少 30.00 元');
    expect(toGroups(await bot.say('ou_wang', fault('11-04', 3), { group: true }))).not.toMatch(/元|FT-F3/);
  });

  it('a withdrawn fault does not climb it', async () => {
    await bot.say('ou_wang', fault('11-02', 1));
    await bot.say('ou_hr', '/考核事件 决定 1 撤回 原因=误记');
    const [card] = cardsTo(await bot.say('ou_wang', fault('11-03', 2)), 'ou_li');
    expect(wordsOf(card)).toContain('本月已有 1 次，再有 1 次');
  });

  it('at eight faults in a year HR and the manager are told once; nobody is called resigned', async () => {
    const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09'];
    const flagged: string[] = [];
    for (const [i, month] of months.entries()) {
      const posted = await bot.say('ou_hr', fault(`2026-${month}-10`, i));
      for (const who of ['ou_hr', 'ou_wang'])
        for (const card of cardsTo(posted, who)) if (wordsOf(card).includes('FT-F5：')) flagged.push(who);
      expect(wordsOf(posted)).not.toContain('已离职');
    }
    expect(flagged.sort()).toEqual(['ou_hr', 'ou_wang']);
  });
});

describe('what is kept', () => {
  it('refuses every change and deletion, whoever asks', async () => {
    await bot.say('ou_wang', record);
    await expect(database.db.update(incidents).set({ note: 'x' })).rejects.toThrow();
    await expect(database.db.delete(incidents)).rejects.toThrow();
    expect(await database.db.select().from(audit).where(eq(audit.subject, 'incident:1'))).toHaveLength(1);
  });
});
