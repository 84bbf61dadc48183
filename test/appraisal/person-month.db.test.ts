import { beforeEach, describe, expect, it } from 'vitest';
import { lockMonth } from '#db/locked-months';
import { addTerms } from '#db/people';
import { parseFacts } from '#domain/pay/facts';
import { at, scheduler, seedCompany } from '#test/support/appraisal';
import { cardIn, wordsOf } from '#test/support/bot';
import { testRoom } from '#test/support/room';
import { personMonth } from '#usecases/person-month';

const { database, bot, people: company } = await testRoom({ seed: seedCompany });
beforeEach(async () => {
  bot.at(at('11-02', 9).toISOString());
});

const monthOf = async (key: string, month = '2026-10') => {
  const person = company.staff[key]!;
  const read = await personMonth(database.db, person.id, month);
  return { ...read, parsed: parseFacts({ person: { id: `${person.id}`, name: person.name }, month, ...read.facts }) };
};
const under = (key: string, scheme: string) =>
  addTerms(
    database.db,
    company.staff[key]!.id,
    { fromMonth: '2026-02', scheme, positionWageFen: null, performanceBaseFen: null },
    'test',
    at('10-01'),
  );

describe('a person’s month, for the settlement', () => {
  it('has incidents with state, amounts and source; withdrawn ones stay, open disputes are counted', async () => {
    await under('wang1', 'jw');
    await bot.say('ou_wang', '/考核事件 登记 王员1 JW-K1 损失=3200 日期=2026-10-12 原因=退货');
    await bot.say('ou_wang', '/考核事件 登记 王员1 JW-K3 金额=300 日期=2026-10-13 原因=空运');
    await bot.say('ou_wang', '/考核事件 登记 王员1 NOTE 日期=2026-10-14 原因=记录');
    await bot.say('ou_wang1', '/考核事件 异议 1 原因=不是我');
    await bot.say('ou_zhao', '/考核事件 决定 2 撤回 原因=误记');
    const { parsed, openDisputes } = await monthOf('wang1');
    expect(openDisputes).toBe(1);
    expect(parsed.incidents).toMatchObject([
      {
        clause: 'JW-K1',
        loss: 3200_00n,
        status: 'disputed',
        reason: '退货',
        source: { author: '王芳', messageId: expect.stringMatching(/^om_/) },
      },
      { clause: 'JW-K3', amount: 300_00n, status: 'withdrawn' },
    ]);
  });

  it('has the faults of the year so far, not of later months', async () => {
    await under('wang1', 'ft');
    for (const [day, n] of [
      ['03-05', 1],
      ['10-05', 2],
      ['11-01', 3],
    ] as const)
      await bot.say('ou_wang', `/考核事件 登记 王员1 FT-F1 日期=2026-${day} 报关单=D-${n} 原因=费用`);
    const { parsed } = await monthOf('wang1');
    expect(parsed.incidents).toEqual([]);
    expect(parsed.faults).toMatchObject([
      { date: '2026-03-05', declaration: 'D-1' },
      { date: '2026-10-05', declaration: 'D-2' },
    ]);
  });

  it('has hours and flags with their sources', async () => {
    await bot.say('ou_fang', '/工时 登记 王员1 10月 应出勤=176 实出勤=168.5 夜班=2');
    await bot.say('ou_wang', '/工时 登记 王员1 10月 规范=否 原因=未按时');
    const { parsed } = await monthOf('wang1');
    expect(parsed.hours.attended).toMatchObject({ value: { text: '168.5' }, source: { author: '方会计' } });
    expect(parsed.nights?.value).toBe(2n);
    expect(parsed.flags.compliance).toMatchObject({ met: false, reason: '未按时', source: { author: '王芳' } });
    expect(parsed.flags.conduct).toBeUndefined();
  });

  it('has the score in tenths with its state; none is invented while nobody scored', async () => {
    await scheduler(database.db, () => at('11-02', 9)).tick();
    expect(await monthOf('wang1')).toMatchObject({
      appraisal: { phase: 'open', scoreTenths: undefined, final: false },
      facts: { incidents: [] },
    });
    expect((await monthOf('wang1')).parsed.appraisal).toBeUndefined();
    await bot.say('ou_wang', '/考核 打分 王员1 85/88/90');
    await bot.say('ou_wang1', '/考核 异议 10月 原因=低');
    expect(await monthOf('wang1')).toMatchObject({
      openDisputes: 1,
      parsed: { appraisal: { score: 869n, state: 'disputed', source: { author: '王芳' } } },
    });
    await bot.say('ou_wang', '/考核 复核 王员1 维持 原因=照旧');
    await bot.say('ou_zhao', '/考核 审批 10月 经理=王芳');
    expect(await monthOf('wang1')).toMatchObject({
      openDisputes: 0,
      locked: false,
      appraisal: { scoreTenths: 869, final: true, approved: true },
      parsed: { appraisal: { state: 'reconfirmed' } },
    });
  });

  it('has the results of each KPI criterion', async () => {
    await under('wang1', 'kpi');
    await scheduler(database.db, () => at('11-02', 9)).tick();
    const [answer] = await bot.say('ou_wang', '/考核 打分 王员1 -/90/90/90/90/90/90 理由=记录不全');
    expect(wordsOf(cardIn(answer))).toContain('已打分');
    const { parsed } = await monthOf('wang1');
    expect(parsed.kpi?.find(({ criterion }) => criterion === 'KPI-3')).toMatchObject({ score: 900n });
  });
});

describe('locking a month', () => {
  it('every change is either in before, or refused: nothing gets in afterwards', async () => {
    const changes = Array.from({ length: 12 }, (_, n) =>
      bot.say('ou_wang', `/考核事件 登记 王员1 NOTE 日期=2026-11-0${(n % 2) + 1} 原因=${n}`),
    );
    const lock = database.db.transaction((tx) => lockMonth(tx, '2026-11', 'test', at('11-02')));
    await Promise.all([...changes, lock]);
    const inTime = (await personMonthIncidents('2026-11')).length;
    await bot.say('ou_wang', '/考核事件 登记 王员1 NOTE 日期=2026-11-01 原因=晚');
    expect(await personMonthIncidents('2026-11')).toHaveLength(inTime);
    expect((await personMonthIncidents('2026-12')).length).toBe(12 - inTime + 1);
    expect(await lockMonth(database.db, '2026-11', 'again', at('11-03'))).toBe(false);
  });

  async function personMonthIncidents(month: string) {
    const { listIncidents } = await import('#db/incidents');
    return listIncidents(database.db, { personIds: [company.staff.wang1!.id], month });
  }
});
