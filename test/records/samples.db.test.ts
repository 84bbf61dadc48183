import { beforeEach, describe, expect, it } from 'vitest';
import { changePerson } from '#db/people';
import { approvalDecisions, recordEntries, records } from '#db/tables/records';
import { cardIn, GROUP, wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';
import { answerTo, cardTo, ORDER, PHOTO } from '#test/support/records';
import { testRoom } from '#test/support/room';

const { database, bot, people } = await testRoom();
beforeEach(() => bot.say('ou_chen', ORDER));

const heads = () => database.db.select().from(records);
const entries = () => database.db.select().from(recordEntries);
const stateOf = async () => (await heads())[0]!.state;
const ADD = '/样品 新增 SO-1001 款号=A118 颜色=藏青';

describe('a sample (O5)', () => {
  it('is recorded with what was said and answered with its card', async () => {
    const words = await answerTo(
      bot,
      'ou_chen',
      '/sample add SO-1001 item=A118 colour=navy mark="H/D" workmanship=flatlock',
    );
    expect(words).toContain('已登记样品 #1');
    expect(words).toContain('H/D');
    expect(await heads()).toMatchObject([
      { kind: 'sample', state: 'making', open: true, data: { item: 'A118', customer: '宏达' } },
    ]);
  });

  it('may stand for itself before there is an order', async () => {
    await bot.say('ou_chen', '/样品 新增 款号=B7 客户=新友');
    expect(await heads()).toMatchObject([{ orderId: null, data: { item: 'B7', customer: '新友' } }]);
  });

  it('is not sent without a photo', async () => {
    await bot.say('ou_chen', ADD);
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已寄出')).toContain('还没有照片或文件');
    expect(await stateOf()).toBe('making');
  });

  it('is sent with a photo in the same message, or one that was filed before', async () => {
    await bot.say('ou_chen', ADD);
    await bot.say('ou_chen', '/样品 更新 #1 已寄出 快递单号=SF1', { attachments: PHOTO });
    expect(await heads()).toMatchObject([{ state: 'sent', files: 1, data: { waybill: 'SF1' } }]);
    await bot.say('ou_chen', '/样品 新增 款号=B7 客户=友邦', { attachments: PHOTO });
    await bot.say('ou_chen', '/样品 更新 #2 已寄出');
    expect((await heads()).find(({ id }) => id === 2)?.state).toBe('sent');
  });

  it('goes its way: sent, received, rejected with a verdict, made again; never a step that does not exist', async () => {
    await bot.say('ou_chen', ADD, { attachments: PHOTO });
    await bot.say('ou_chen', '/样品 更新 #1 已寄出');
    await bot.say('ou_chen', '/样品 更新 #1 客户已收到');
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 客户不满意')).toContain('客户意见');
    expect(await stateOf()).toBe('received');
    await bot.say('ou_chen', '/样品 更新 #1 客户不满意 客户意见=“颜色偏深” 下单可能=待定');
    expect(await stateOf()).toBe('rejected');
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 客户已收到')).toContain('不能直接改成');
  });

  it('goes on by the buttons of its card; where something has to be said, the button asks', async () => {
    await bot.say('ou_chen', ADD, { attachments: PHOTO });
    await bot.say('ou_chen', '/样品 更新 #1 已寄出');
    const [shown] = await bot.say('ou_chen', '/样品 查看 #1', { group: true });
    const received = await bot.press('ou_chen', cardIn(shown), '客户收到了');
    expect(await stateOf()).toBe('received');
    const form = await bot.press('ou_chen', received.card as never, '客户不满意');
    expect(wordsOf(form.card)).toContain('"initial_option":"rejected"');
    await bot.press('ou_chen', form.card as never, '提交', { state: 'rejected', verdict: '颜色偏深', likely: '' });
    expect(await heads()).toMatchObject([{ state: 'rejected', data: { verdict: '颜色偏深' } }]);
  });

  it('is lent only when one was retained, to somebody, until a day', async () => {
    await bot.say('ou_chen', ADD);
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已借出 借给=小王 归还日期=12-01')).toContain('没有登记留样');
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已借出 留样=样品柜3')).toContain('归还日期');
    await bot.say('ou_chen', '/样品 更新 #1 已借出 留样=样品柜3 借给=小王 归还日期=12-01');
    expect(await heads()).toMatchObject([{ state: 'lent', due: '2026-12-01' }]);
  });

  it('somebody else’s is refused with who may', async () => {
    await bot.say('ou_chen', ADD);
    expect(await answerTo(bot, 'ou_li', '/样品 更新 #1 作废', { group: true })).toContain('由 陈静 登记');
    expect(await stateOf()).toBe('making');
  });
});

describe('a new mould (O5)', () => {
  const NEW_MOULD = `${ADD} 模具=新开模`;

  it('asks the general manager in private, who decides by button with a reason, and the asker hears it', async () => {
    const posted = await bot.say('ou_chen', NEW_MOULD, { group: true });
    const card = cardTo(posted, 'ou_zhao');
    expect(wordsOf(card)).toContain('新开模');
    const form = (await bot.press('ou_zhao', card, '同意')).card as never;
    await bot.posted();
    const answer = await bot.press('ou_zhao', form, '提交', { reason: '旧模改不了' });
    expect(wordsOf(answer.card)).toContain('已同意');
    expect(wordsOf(cardTo(await bot.posted(), 'ou_chen'))).toContain('旧模改不了');
    expect(await database.db.select().from(approvalDecisions)).toMatchObject([
      { approved: true, reason: '旧模改不了', by: people.zhao.id },
    ]);
  });

  it('blocks promising the customer a date until it is approved', async () => {
    expect(await answerTo(bot, 'ou_chen', `${NEW_MOULD} 承诺日期=12-10`)).toContain('先不要答应客户日期');
    expect(await heads()).toHaveLength(0);
    await bot.say('ou_chen', NEW_MOULD);
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 承诺日期=12-10')).toContain('先不要答应客户日期');
    await bot.say('ou_zhao', '/审批 答复 1 同意');
    await bot.say('ou_chen', '/样品 更新 #1 承诺日期=12-10');
    expect(await heads()).toMatchObject([{ data: { promised: '2026-12-10' } }]);
  });

  it('a refusal needs its reason, and goes on blocking', async () => {
    await bot.say('ou_chen', NEW_MOULD);
    expect(await answerTo(bot, 'ou_zhao', '/审批 答复 1 拒绝')).toContain('拒绝要写原因');
    await bot.say('ou_zhao', '/审批 答复 1 拒绝 原因=用现有模');
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 承诺日期=12-10')).toContain('先不要答应客户日期');
  });

  it('refused, it may be asked again by saying it again, and only so', async () => {
    await bot.say('ou_chen', NEW_MOULD);
    await bot.say('ou_zhao', '/审批 答复 1 拒绝 原因=太贵');
    const other = await bot.say('ou_chen', '/样品 更新 #1 颜色=黑');
    expect(other.map(({ lane }) => lane)).not.toContain('person:ou_zhao');
    const again = await bot.say('ou_chen', '/样品 更新 #1 模具=新开模 备注=客户承担模具费');
    expect(again.map(({ lane }) => lane)).toContain('person:ou_zhao');
    await bot.say('ou_zhao', '/审批 答复 2 同意');
    await bot.say('ou_chen', '/样品 更新 #1 承诺日期=12-10');
    expect(await heads()).toMatchObject([{ data: { promised: '2026-12-10' } }]);
  });

  it('is answered once, by those who are asked and nobody else', async () => {
    await bot.say('ou_chen', NEW_MOULD);
    for (const openId of ['ou_chen', 'ou_li', 'ou_wang', 'ou_fang'])
      expect(await answerTo(bot, openId, '/审批 答复 1 同意')).toContain('没有等你答复的审批 1');
    expect(await answerTo(bot, 'ou_zhao', '/审批 答复 99 同意')).toContain('没有等你答复的审批 99');
    await bot.say('ou_zhao', '/审批 答复 1 同意');
    expect(await answerTo(bot, 'ou_zhao', '/审批 答复 1 拒绝 原因=再想想')).toContain('已经同意');
    expect(await database.db.select().from(approvalDecisions)).toHaveLength(1);
  });

  it('two answers at the same moment count once', async () => {
    await bot.say('ou_chen', NEW_MOULD);
    await Promise.all([bot.say('ou_zhao', '/审批 答复 1 同意'), bot.say('ou_zhao', '/审批 答复 1 拒绝 原因=不行')]);
    expect(await database.db.select().from(approvalDecisions)).toHaveLength(1);
  });

  it('of a company without a general manager says whom to add', async () => {
    await changePerson(database.db, people.zhao.id, { roles: ['manager'] }, now);
    expect(await answerTo(bot, 'ou_chen', NEW_MOULD)).toContain('没有能审批的总经理');
    expect(await heads()).toHaveLength(0);
  });

  it('goes to the deputy when the general manager has left', async () => {
    await changePerson(database.db, people.zhao.id, { deputyId: people.wang.id }, now);
    await changePerson(database.db, people.zhao.id, { leftOn: '2026-11-01' }, now);
    const posted = await bot.say('ou_chen', NEW_MOULD);
    expect(posted.map(({ lane }) => lane)).toContain('person:ou_wang');
  });

  it('the general manager’s own new mould is approved by saying so, on record', async () => {
    await bot.say('ou_zhao', NEW_MOULD);
    expect(await database.db.select().from(approvalDecisions)).toMatchObject([{ approved: true, by: people.zhao.id }]);
  });

  it('nothing about the approval is said in the group', async () => {
    const posted = await bot.say('ou_chen', `${NEW_MOULD} 新客户=是 收费=否 快递费=预付 样品费=888.88`, {
      group: true,
    });
    const group = posted.filter(({ lane }) => lane === `chat:${GROUP}`).map((entry) => wordsOf(cardIn(entry)));
    expect(group.join()).not.toContain('888.88');
    expect(wordsOf(cardTo(posted, 'ou_zhao'))).toContain('888.88');
  });
});

describe('the sample of a new customer (O5)', () => {
  const NEW = `${ADD} 新客户=是`;

  it.each([
    ['', '写明收不收费'],
    ['收费=是 快递费=到付', '写明收不收费'],
    ['收费=是', '写明收不收费'],
  ])('is not sent with %j only', async (said, words) => {
    await bot.say('ou_chen', `${NEW} ${said}`, { attachments: PHOTO });
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已寄出')).toContain(words);
  });

  it('is sent when it is charged and goes collect', async () => {
    const posted = await bot.say('ou_chen', `${NEW} 收费=是 样品费=200 快递费=到付`, { attachments: PHOTO });
    expect(posted.map(({ lane }) => lane)).not.toContain('person:ou_zhao');
    await bot.say('ou_chen', '/样品 更新 #1 已寄出');
    expect(await stateOf()).toBe('sent');
  });

  it.each(['收费=否 快递费=到付', '收费=是 样品费=200 快递费=预付'])(
    '%s needs the general manager first',
    async (said) => {
      const posted = await bot.say('ou_chen', `${NEW} ${said}`, { attachments: PHOTO });
      expect(posted.map(({ lane }) => lane)).toContain('person:ou_zhao');
      expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已寄出')).toContain('还没有得到总经理同意');
      await bot.say('ou_zhao', '/审批 答复 1 同意');
      await bot.say('ou_chen', '/样品 更新 #1 已寄出');
      expect(await stateOf()).toBe('sent');
    },
  );
});

describe('every record', () => {
  it('keeps what was said before; an older message that arrives late overtakes nothing', async () => {
    await bot.say('ou_chen', ADD, { at: new Date('2026-11-23T01:00:00Z'), attachments: PHOTO });
    await bot.say('ou_chen', '/样品 更新 #1 颜色=黑', { at: new Date('2026-11-23T01:30:00Z') });
    await bot.say('ou_chen', '/样品 更新 #1 颜色=白 材质=棉', { at: new Date('2026-11-23T01:10:00Z') });
    expect(await heads()).toMatchObject([{ data: { colour: '黑', material: '棉' } }]);
    expect(await entries()).toHaveLength(3);
  });

  it('a redelivered message changes nothing', async () => {
    const message = bot.message('ou_chen', ADD);
    await bot.receive(message);
    await bot.receive({ ...message, eventId: 'again' });
    expect(await heads()).toHaveLength(1);
  });

  it('/undo takes back the last entry, and a record that nobody continued altogether', async () => {
    await bot.say('ou_chen', ADD);
    await bot.say('ou_chen', '/样品 更新 #1 颜色=黑');
    expect(await answerTo(bot, 'ou_chen', '/撤销')).toContain('已撤销');
    expect(await heads()).toMatchObject([{ data: { colour: '藏青' }, undone: false }]);
    await bot.say('ou_chen', '/撤销');
    expect(await heads()).toMatchObject([{ undone: true }]);
    expect(await answerTo(bot, 'ou_chen', '/样品 查看 #1')).toContain('没有样品 #1');
    expect(await entries()).toHaveLength(4);
  });

  it('/undo of a beginning that others went on from is refused', async () => {
    await bot.say('ou_chen', ADD);
    await bot.say('ou_wang', '/样品 更新 #1 颜色=黑');
    expect(await answerTo(bot, 'ou_chen', '/撤销')).toContain('后来又有人登记过');
    expect(await heads()).toMatchObject([{ undone: false }]);
  });

  it('its entries refuse to be changed or deleted, whoever asks', async () => {
    await bot.say('ou_chen', ADD);
    await expect(database.db.update(recordEntries).set({ note: 'x' })).rejects.toThrow();
    await expect(database.db.delete(recordEntries)).rejects.toThrow();
    await expect(database.db.delete(approvalDecisions)).rejects.toThrow();
  });

  it('names the records of an order when there are several', async () => {
    await bot.say('ou_chen', ADD);
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A119');
    const words = await answerTo(bot, 'ou_chen', '/样品 更新 SO-1001 作废');
    expect(words).toContain('样品 #1 A118');
    expect(words).toContain('样品 #2 A119');
  });
});
