import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '#cards/kit';
import { findSheet } from '#db/appraisals';
import { lockMonth } from '#db/locked-months';
import { addTerms } from '#db/people';
import { appraisalCycles, appraisalSheets, appraisalSteps } from '#db/tables/appraisal';
import { stateOfSheet } from '#domain/appraisal/sheet';
import { at, lastCard, scheduler, seedCompany, sentSince } from '#test/support/appraisal';
import { cardIn, wordsOf } from '#test/support/bot';
import { cardsTo, expectSound, toGroups } from '#test/support/facts';
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
const result = () => lastCard(database.db, 'ou_wang1');

describe('approval (LB-A7)', () => {
  beforeEach(async () => {
    for (const n of [1, 2, 3, 4]) await bot.say('ou_wang', `/考核 打分 王员${n} 85/88/90`);
    for (const n of [1, 2, 3]) await bot.say(`ou_wang${n}`, '/考核 确认 10月');
  });

  it('the general manager approves what is finished; from then on nothing changes', async () => {
    const [answer] = await bot.say('ou_zhao', '/考核 审批 10月 经理=王芳');
    expect(wordsOf(cardIn(answer))).toContain('已审批 3 人，还有 1 人未审批');
    expectSound(cardIn(answer));
    expect(await state('wang1')).toMatchObject({ approved: { by: company.zhao.id } });
    await bot.say('ou_wang', '/考核 打分 王员1 60/60/60');
    await bot.say('ou_wang1', '/考核 异议 10月 原因=晚了');
    expect((await steps()).filter(({ sheetId }) => sheetId === 1)).toHaveLength(3);
  });

  it('a double approval approves once', async () => {
    await Promise.all([
      bot.say('ou_zhao', '/考核 审批 10月 经理=王芳'),
      bot.say('ou_zhao', '/考核 审批 10月 经理=王芳'),
    ]);
    expect((await steps()).filter(({ kind }) => kind === 'approved')).toHaveLength(3);
  });

  it('others may not; a named approver may, and not what he scored himself', async () => {
    for (const who of ['ou_wang', 'ou_fang', 'ou_hr', 'ou_wang1']) await bot.say(who, '/考核 审批 10月');
    expect((await steps()).filter(({ kind }) => kind === 'approved')).toHaveLength(0);
    await bot.say('ou_hr', '/考核 审批人 王芳、周营销');
    const [own] = await bot.say('ou_wang', '/考核 审批 10月');
    expect(wordsOf(cardIn(own))).toMatch(/没有完成|另一位审批人/);
    const [denied] = await bot.say('ou_zhao', '/考核 审批 10月');
    expect(wordsOf(cardIn(denied))).toContain('周营销');
    await bot.say('ou_zhou', '/考核 审批 10月 经理=王芳');
    expect((await steps()).filter(({ kind }) => kind === 'approved')).toHaveLength(3);
  });

  it('a locked month takes no step', async () => {
    await lockMonth(database.db, '2026-10', 'test', clock);
    for (const [who, line] of [
      ['ou_wang', '/考核 打分 王员4 80/80/80'],
      ['ou_wang4', '/考核 确认 10月'],
      ['ou_wang4', '/考核 异议 10月 原因=低'],
      ['ou_zhao', '/考核 审批 10月'],
    ] as const) {
      const [answer] = await bot.say(who, line);
      expect(wordsOf(cardIn(answer))).toContain('锁定');
    }
    expect(await steps()).toHaveLength(7);
  });
});

describe('privacy', () => {
  it('asked for in a group, all kinds of answers look alike there and say nothing', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90 总评=“交期稳定”');
    const seen = new Set<string>();
    for (const [who, line] of [
      ['ou_wang', '/考核'],
      ['ou_wang', '/考核 10月'],
      ['ou_wang', '/考核 打分 王员2 85/88/90'],
      ['ou_wang', '/考核 打分 王员1'],
      ['ou_wang1', '/考核 结果 10月'],
      ['ou_wang1', '/考核 异议 10月 原因=不对'],
      ['ou_wang2', '/考核 结果 王员1 10月'],
      ['ou_zhao', '/考核 统计 10月'],
      ['ou_wang1', '/考核 审批 10月'],
      ['ou_wang1', '/考核 打分'],
      ['ou_wang', '/考核事件 列表 王员1 10月'],
      ['ou_nobody', '/考核 结果'],
    ] as const) {
      const posted = await bot.say(who, line, { group: true });
      const inGroup = toGroups(posted)
        .replace(/om_event-\d+/g, 'om')
        .replace(/"cardKey":"[a-z0-9]+"/g, '');
      seen.add(inGroup);
      expect(inGroup).not.toMatch(/王员|86\.9|85|88|稳定|不对/);
    }
    expect(seen.size).toBe(1);
  });

  it('no header and no preview of any card of the cycle names a person or a score', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90 总评=“交期稳定”');
    await bot.say('ou_wang1', '/考核 异议 10月 原因=不对');
    for (const day of ['11-03', '11-04', '11-05', '11-06', '11-09', '11-10']) await tick(day);
    const all = await sentSince(database.db);
    expect(all.length).toBeGreaterThan(20);
    for (const { card } of all) {
      if (!card) continue;
      expectSound(card);
      expect(JSON.stringify([card.header, card.config])).not.toMatch(/王员|86\.9|稳定|不对|王芳|钱慢/);
    }
  });

  it('nobody outside the line gets anything about somebody’s score, in two weeks of messages', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90 总评=“只给本人看”');
    for (const day of ['11-03', '11-04', '11-05', '11-06', '11-09', '11-10']) await tick(day);
    const readers = new Set(
      (await sentSince(database.db))
        .filter(({ card }) => card && /86\.9|只给本人看/.test(wordsOf(card)))
        .map(({ to }) => to),
    );
    expect([...readers].sort()).toEqual(['fang', 'wang', 'wang1', 'zhao']);
  });

  it('unknown and forbidden are answered alike', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90');
    const [forbidden] = await bot.say('ou_qian1', '/考核 结果 王员1 10月');
    const [none] = await bot.say('ou_qian1', '/考核 结果 周营销 10月');
    expect(wordsOf(cardIn(forbidden))).toBe(wordsOf(cardIn(none)));
  });
});

describe('templates (G4)', () => {
  it('a company’s own criteria count from their month on; open sheets keep theirs', async () => {
    await bot.say('ou_hr', '/考核 模板 lb 从=2026-11 项目=“交期 60；协作 40”');
    await tick('12-01', 9);
    const [november] = await database.db
      .select()
      .from(appraisalSheets)
      .where(eq(appraisalSheets.month, '2026-11'))
      .limit(1);
    expect(november!.criteria).toMatchObject([{ label: { zh: '交期' }, weight: '60' }, { weight: '40' }]);
    const [october] = await database.db
      .select()
      .from(appraisalSheets)
      .where(eq(appraisalSheets.month, '2026-10'))
      .limit(1);
    expect(october!.criteria).toHaveLength(3);
  });

  it.each([
    ['ou_hr', '/考核 模板 lb 从=2026-11 项目=“交期 60；协作 30”', '合计 90'],
    ['ou_hr', '/考核 模板 lb 从=2026-10 项目=“交期 60；协作 40”', '已经过去'],
    ['ou_hr', '/考核 模板 xx 项目=“交期 100”', '没有方案'],
    ['ou_wang1', '/考核 模板 lb 项目=“交期 100”', '还不能用'],
  ])('%s: %s is refused', async (who, line, words) => {
    const [answer] = await bot.say(who, line);
    expect(wordsOf(cardIn(answer))).toContain(words);
  });

  it('KPI sheets propose what the records say; the manager may leave it or overrule it with a reason', async () => {
    const person = company.staff.wang4!;
    await addTerms(
      database.db,
      person.id,
      { fromMonth: '2026-11', scheme: 'kpi', positionWageFen: null, performanceBaseFen: null },
      'test',
      clock,
    );
    for (const [no, shipped] of [
      ['SO-1', true],
      ['SO-2', true],
      ['SO-3', false],
    ] as const) {
      await bot.say('ou_wang4', `/订单 新建 ${no} 客户=宏达 数量=10件 货期=2026-11-20`);
      if (shipped) await bot.say('ou_wang4', `/订单 更新 ${no} 出货 10件`);
    }
    await tick('12-01', 9);
    const opened = cardsTo(await bot.say('ou_wang', '/考核 打分 王员4 11月'), 'ou_wang')[0]!;
    expectSound(opened);
    expect(wordsOf(opened)).toContain('到期 3 单，已交 2 单，其中准时 2 单');
    const rest = { s3: '90', s4: '90', s5: '90', s6: '90', s7: '' };
    const done = await bot.press('ou_wang', opened, '提交并告知本人', {
      ...rest,
      s1: '',
      s2: '80',
      r2: '一单是客户推迟',
    });
    expect(done.toast?.tone).toBe('success');
    const sheet = (await findSheet(database.db, person.id, '2026-11'))!;
    expect(stateOfSheet(sheet.steps).scores?.results).toMatchObject([
      { clause: 'KPI-1', done: 2, due: 3 },
      { clause: 'KPI-2', score: 800, overruled: true, done: 2, due: 2, reason: '一单是客户推迟' },
      { score: 900 },
      { clause: 'KPI-4', score: 900, done: 0, due: 0 },
      { score: 900 },
      { clause: 'KPI-6', score: 900, done: 0, due: 0 },
      { clause: 'KPI-7', done: 3, due: 3 },
    ]);
    expectSound(await lastCard(database.db, 'ou_wang4'));
  });
});

describe('texts of 2,000 characters', () => {
  it('still make cards that the platform takes', async () => {
    const long = '<at id=all></at>*长'.repeat(110);
    const values = {
      s1: '50',
      r1: long.slice(0, 590),
      s2: '50',
      r2: long.slice(0, 590),
      s3: '50',
      r3: long.slice(0, 590),
      words: long.slice(0, 1000),
    };
    await bot.press('ou_wang', await form(), '提交并告知本人', values);
    const card = await result();
    expectSound(card);
    expect(wordsOf(card)).not.toContain('<at');
    await bot.say('ou_wang1', `/考核 异议 10月 原因="${long.slice(0, 990)}"`);
    expectSound(await lastCard(database.db, 'ou_wang', '改分'));
    const change = await bot.press('ou_wang', await lastCard(database.db, 'ou_wang', '改分'), '改分');
    expectSound(change.card as Card);
  });
});

describe('what is kept', () => {
  it('steps refuse every change; a cycle is closed when everything is approved and handed in', async () => {
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90');
    await expect(database.db.update(appraisalSteps).set({ words: 'x' })).rejects.toThrow();
    await expect(database.db.delete(appraisalSteps)).rejects.toThrow();
    for (const [manager, name] of [
      ['wang', '王'],
      ['qian', '钱'],
      ['sun', '孙'],
    ])
      for (const n of [1, 2, 3, 4]) await bot.say(`ou_${manager}`, `/考核 打分 ${name}员${n} 85/88/90`);
    for (const manager of ['wang', 'qian', 'sun'])
      for (const n of [1, 2, 3, 4]) await bot.say(`ou_${manager}${n}`, '/考核 确认 10月');
    await bot.say('ou_zhao', '/考核 审批 10月');
    for (const day of ['11-05', '11-06', '11-09']) await tick(day);
    expect((await database.db.select().from(appraisalCycles)).map(({ closedAt }) => closedAt !== null)).toEqual([
      true,
      true,
      true,
    ]);
  });
});
