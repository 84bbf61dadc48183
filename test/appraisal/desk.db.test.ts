import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '#cards/kit';
import { findSheet } from '#db/appraisals';
import { insertOrder } from '#db/orders';
import { addTerms, changePerson } from '#db/people';
import { audit, sentCards } from '#db/schema';
import { appraisalSteps } from '#db/tables/appraisal';
import { stateOfSheet } from '#domain/appraisal/sheet';
import { at, lastCard, scheduler, scoreNext, seedCompany } from '#test/support/appraisal';
import { cardIn, findButton, wordsOf } from '#test/support/bot';
import { cardsTo, expectSound } from '#test/support/facts';
import { testRoom } from '#test/support/room';

const { database, bot, people: company } = await testRoom({ seed: seedCompany });
let clock: Date;
beforeEach(() => tick('11-02', 9));

async function tick(day: string, hour = 10): Promise<void> {
  clock = at(day, hour);
  bot.at(clock.toISOString());
  await scheduler(database.db, () => clock).tick();
}
const state = async (key: string) =>
  stateOfSheet((await findSheet(database.db, company.staff[key]!.id, '2026-10'))!.steps);
const steps = () => database.db.select().from(appraisalSteps);
const desk = () => lastCard(database.db, 'ou_wang', '给下一位打分');
const form = async (): Promise<Card> => (await bot.press('ou_wang', await desk(), '给下一位打分：王员1')).card as Card;
const good = { s1: '85', s2: '88', s3: '90', words: '稳定' };
const result = () => lastCard(database.db, 'ou_wang1');
const neutral = { toast: expect.objectContaining({ zh: '这张卡片不能这样操作，请重新打开。' }) };
const refused = (words: string) => ({
  toast: expect.objectContaining({ tone: 'error', zh: expect.stringContaining(words) }),
});

describe('the desk', () => {
  it('shows all of one’s own people with their state, and nobody else’s', async () => {
    const card = await desk();
    expectSound(card);
    for (const n of [1, 2, 3, 4]) expect(wordsOf(card)).toContain(`王员${n}`);
    expect(wordsOf(card)).not.toContain('钱员');
  });

  it('a month without an appraisal is a question that finds nothing, not something that was not recorded', async () => {
    const [answer] = await bot.say('ou_wang', '/考核 2026-08');
    const words = wordsOf(cardIn(answer));
    expect(words).toContain('没有查到，请看一下');
    expect(words).toContain('没有你能看的 2026-08 考核');
    expect(words).not.toContain('没有登记');
  });

  it('opens the form in the same card, beside the month’s facts with a suggested band', async () => {
    await insertOrder(database.db, {
      no: 'SO-1',
      template: 'garment',
      customer: 'c',
      qty: 10,
      deliveryDate: '2026-10-12',
      merchandiserId: company.staff.wang1!.id,
      createdBy: company.staff.wang1!.id,
      createdAt: at('10-01'),
    });
    await bot.say('ou_wang', '/考核事件 登记 王员1 NOTE 日期=2026-10-20 原因=面料色差没有上报');
    const card = await form();
    expectSound(card);
    expect(wordsOf(card)).toContain('到期 1 单，已交 0 单');
    expect(wordsOf(card)).toContain('SO-1');
    expect(wordsOf(card)).toContain('10-20 NOTE');
    expect(wordsOf(card)).toContain('建议');
    expect(await bot.posted()).toHaveLength((await bot.posted()).length);
  });

  it('the next person is one tap away', async () => {
    let card = await desk();
    for (const n of [1, 2, 3, 4]) {
      expect(wordsOf(card)).toContain(`给下一位打分：王员${n}`);
      card = await scoreNext(bot, 'ou_wang', card);
    }
    expect(wordsOf(card)).not.toContain('给下一位打分');
    expectSound(card);
  });

  it('keeps a draft, which only its author sees, and which is gone when the score is handed in', async () => {
    const saved = await bot.press('ou_wang', await form(), '存草稿', { s1: '85', s2: '', words: '想一想' });
    expect(saved.toast?.tone).toBe('success');
    expect(wordsOf(saved.card)).toContain('想一想');
    expect(await steps()).toHaveLength(0);
    const [again] = cardsTo(await bot.say('ou_wang', '/考核 10月'), 'ou_wang');
    expect(wordsOf(again)).toContain('有草稿');
    const reopened = await bot.press('ou_wang', again!, '给下一位打分：王员1');
    expect(wordsOf(reopened.card)).toContain('"default_value":"85"');
    await bot.press('ou_wang', reopened.card as Card, '提交并告知本人', good);
    expect(await state('wang1')).toMatchObject({ phase: 'scored', scores: { total: 869 } });
  });

  it('a form that will not do stays as it is and says everything that is wrong', async () => {
    const answer = await bot.press('ou_wang', await form(), '提交并告知本人', { s1: '40', s2: '88.55', s3: '' });
    expect(answer).toEqual(refused('要写一句理由'));
    expect(answer).toEqual(refused('最多一位小数'));
    expect(answer).toEqual(refused('还没有打分'));
    expect(await steps()).toHaveLength(0);
  });

  it('by typing, in the order of the criteria', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90 总评=“稳定”');
    expect(await state('wang1')).toMatchObject({ scores: { total: 869 }, words: '稳定' });
    const [few] = await bot.say('ou_wang', '/考核 打分 王员2 85/88');
    expect(wordsOf(cardIn(few))).toContain('有 3 项');
  });

  it.each([
    ['ou_wang', '王芳', '不能给自己打分'],
    ['ou_wang', '钱员1', '没有你能看的'],
    ['ou_wang2', '王员1', '没有你能看的'],
    ['ou_zhao', '王员1', '现在由 王芳 打分'],
    ['ou_fang', '王员1', '现在由 王芳 打分'],
  ])('%s may not score %s', async (who, name, words) => {
    const [answer] = await bot.say(who, `/考核 打分 ${name} 85/88/90`);
    expect(wordsOf(cardIn(answer))).toContain(words);
    expect(await steps()).toHaveLength(0);
  });

  it('a named deputy may; being one does not let him score himself', async () => {
    await changePerson(database.db, company.managers.wang.id, { deputyId: company.staff.wang2!.id }, clock);
    await bot.say('ou_wang2', '/考核 打分 王员1 85/88/90');
    await bot.say('ou_wang2', '/考核 打分 王员2 85/88/90');
    expect(await steps()).toHaveLength(1);
  });

  it('follows the reporting line until there is a score', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90');
    for (const key of ['wang1', 'wang2'])
      await changePerson(database.db, company.staff[key]!.id, { managerId: company.managers.qian.id }, clock);
    await tick('11-02', 11);
    const card = await lastCard(database.db, 'ou_qian', '给下一位打分');
    expect(wordsOf(card)).toContain('王员2');
    expect(wordsOf(card)).not.toContain('王员1');
    expect(wordsOf(await lastCard(database.db, 'ou_wang'))).toContain('改由 钱慢 打分');
    await bot.say('ou_qian', '/考核 打分 王员2 85/88/90');
    expect(await state('wang2')).toMatchObject({ phase: 'scored', scoredBy: company.managers.qian.id });
    await tick('11-02', 12);
    expect((await steps()).filter(({ kind }) => kind === 'assigned')).toHaveLength(1);
  });

  it('the card of a manager with 60 people, and the table of 200, are taken by the platform', async () => {
    const { putPerson } = await import('#db/people');
    for (let n = 0; n < 196; n++) {
      const { after } = await putPerson(
        database.db,
        `ou_many${n}`,
        { name: `很长的名字${'长'.repeat(20)}${n}`, department: '部'.repeat(30) },
        clock,
      );
      await changePerson(database.db, after.id, { managerId: company.managers.wang.id }, clock);
      await addTerms(
        database.db,
        after.id,
        { fromMonth: '2026-01', scheme: 'lb', positionWageFen: null, performanceBaseFen: null },
        'test',
        clock,
      );
    }
    await tick('11-02', 11);
    const [first] = cardsTo(await bot.say('ou_wang', '/考核 10月'), 'ou_wang');
    expectSound(first!);
    expectSound((await bot.press('ou_wang', first!, '下一页')).card as Card);
    const [table] = cardsTo(await bot.say('ou_zhao', '/考核 统计 10月'), 'ou_zhao');
    expectSound(table!);
  });
});

describe('the employee', () => {
  beforeEach(async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90 总评=“稳定”');
  });

  it('gets scores, facts and words in private, and confirms by one tap', async () => {
    const card = await result();
    expectSound(card);
    expect(wordsOf(card)).toContain('86.9');
    expect(wordsOf(card)).toContain('稳定');
    const done = await bot.press('ou_wang1', card, '确认');
    expect(done.toast?.tone).toBe('success');
    expect(await state('wang1')).toMatchObject({ phase: 'confirmed' });
    expect(wordsOf(done.card)).not.toContain('"有异议"');
  });

  it('objects with a reason; the manager changes the scores; both versions stay', async () => {
    const opened = await bot.press('ou_wang1', await result(), '有异议');
    expectSound(opened.card as Card);
    expect(await bot.press('ou_wang1', opened.card as Card, '提交', { reason: '' })).toEqual(refused('请填写'));
    await bot.press('ou_wang1', opened.card as Card, '提交', { reason: '客户改期不算延误' });
    const brought = await lastCard(database.db, 'ou_wang', '维持原分');
    expectSound(brought);
    const change = await bot.press('ou_wang', brought, '改分');
    expectSound(change.card as Card);
    expect(wordsOf(change.card)).toContain('客户改期不算延误');
    await bot.press('ou_wang', change.card as Card, '提交复核', { ...good, s1: '92', words: '核实了' });
    expect(await state('wang1')).toMatchObject({
      phase: 'reconfirmed',
      before: { total: 869 },
      scores: { total: 904 },
    });
    const told = await result();
    expect(wordsOf(told)).toContain('86.9');
    expect(wordsOf(told)).toContain('90.4');
    expect(wordsOf(told)).toContain('核实了');
    expectSound(told);
  });

  it('a double click, and two copies of the card, answer once', async () => {
    const card = await result();
    const [other] = cardsTo(await bot.say('ou_wang1', '/考核 结果 10月'), 'ou_wang1');
    const answers = await Promise.all([
      bot.press('ou_wang1', card, '确认'),
      bot.press('ou_wang1', card, '确认'),
      bot.press('ou_wang1', other!, '确认'),
    ]);
    expect(answers.filter(({ toast }) => toast?.tone === 'success')).toHaveLength(1);
    expect((await steps()).filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
  });

  it('a card that shows earlier scores answers nothing', async () => {
    const old = await result();
    const opened = await bot.press('ou_wang1', old, '有异议');
    await bot.say('ou_wang', '/考核 打分 王员1 80/80/80');
    expect(await bot.press('ou_wang1', opened.card as Card, '提交', { reason: '太低' })).toEqual(
      refused('分数已经更新'),
    );
    const back = await bot.press('ou_wang1', opened.card as Card, '返回');
    expect(await bot.press('ou_wang1', back.card as Card, '确认')).toEqual(refused('分数已经更新'));
    expect(await state('wang1')).toMatchObject({ phase: 'scored', scores: { total: 800 } });
  });

  it('clicks after the state moved on are answered kindly and change nothing', async () => {
    const card = await result();
    const opened = await bot.press('ou_wang1', card, '有异议');
    await bot.say('ou_wang1', '/考核 确认 10月');
    expect(await bot.press('ou_wang1', opened.card as Card, '提交', { reason: '不对' })).toEqual(refused('已经确认过'));
    const [again] = await bot.say('ou_wang', '/考核 打分 王员1 80/80/80');
    expect(wordsOf(cardIn(again))).toContain('已经答复过');
    const [review] = await bot.say('ou_wang', '/考核 复核 王员1 维持 原因=好');
    expect(wordsOf(cardIn(review))).toContain('没有要复核的异议');
    expect(await steps()).toHaveLength(2);
  });

  it.each<[string, string, (button: never) => object]>([
    ['a colleague', 'ou_wang2', () => ({})],
    ['the manager', 'ou_wang', () => ({})],
    ['a forwarded copy', 'ou_wang1', () => ({ messageId: 'om_copy', chatId: 'oc_group' })],
    [
      'other scores in the arguments',
      'ou_wang1',
      ({ value }: { value: Record<string, unknown> }) => ({
        action: { tag: 'button', value: { ...value, args: { month: '2026-10', version: '9' } } },
      }),
    ],
    [
      'another month',
      'ou_wang1',
      ({ value }: { value: Record<string, unknown> }) => ({
        action: { tag: 'button', value: { ...value, args: { month: '2026-09' } } },
      }),
    ],
  ])('%s pressing the button changes nothing, learns nothing and leaves one audit row', async (_, who, tamper) => {
    const card = await result();
    // the sender has noted the message id
    const { value } = findButton(card, '确认');
    await database.db.update(sentCards).set({ messageId: 'om_sent' }).where(eq(sentCards.key, value!.card));
    const before = await database.db.$count(audit);
    expect(await bot.press(who, card, '确认', undefined, tamper(findButton(card, '确认') as never) as never)).toEqual(
      neutral,
    );
    expect(await database.db.$count(audit)).toBe(before + 1);
    expect(await state('wang1')).toMatchObject({ phase: 'scored' });
  });

  it('says nothing: unanswered after working day 3, shown as such, answered late until it is approved', async () => {
    await tick('11-05');
    expect(await state('wang1')).toMatchObject({ phase: 'unanswered' });
    const [late] = cardsTo(await bot.say('ou_wang1', '/考核 结果 10月'), 'ou_wang1');
    expect(wordsOf(late)).toContain('未答复');
    await bot.press('ou_wang1', late!, '确认');
    expect(await state('wang1')).toMatchObject({ phase: 'confirmed', wasUnanswered: true });
  });
});
