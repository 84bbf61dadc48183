import { describe, expect, it, vi } from 'vitest';
import { sheetsOf } from '#db/appraisals';
import { sentCards } from '#db/schema';
import { stateOfSheet } from '#domain/appraisal/sheet';
import { at, lastCard, type Sent, scheduler, scoreNext, seedCompany, sentSince } from '#test/support/appraisal';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectSound } from '#test/support/facts';
import { testRoom } from '#test/support/room';

vi.setConfig({ testTimeout: 240_000 });

const { database, bot, people: company } = await testRoom({ seed: seedCompany });

/** What a message is, by words that only it has. */
const labels: [RegExp, string][] = [
  [/考核开始了/, '开始打分'],
  [/请你代为打分/, '代为打分'],
  [/人没打分，最迟/, '催打分'],
  [/没有按时打分/, '移交打分'],
  [/期限已过，下面的人已交由/, '已移交'],
  [/考核结果出来了/, '请确认'],
  [/前确认你的考核结果/, '催确认'],
  [/请在 [\d-]+ 前复核/, '请复核'],
  [/份异议等你复核/, '催复核'],
  [/你的异议已复核/, '已复核'],
  [/考核汇总统计/, '汇总统计'],
  [/部门的个人考核结果/, '个人结果'],
  [/还有人没有完成，完成后/, '统计表(未齐)'],
  [/这是完整的统计表/, '统计表(完整)'],
  [/整体统计表/, '统计表'],
  [/最后一天，下面的人还没有完成/, '到期未齐'],
  [/考核已完成，请审批/, '请审批'],
  [/还在等你审批/, '催审批'],
  [/你的异议，由/, '异议已收'],
];
const labelOf = ({ card, file }: Sent): string =>
  file ? `文件` : (labels.find(([pattern]) => pattern.test(wordsOf(card)))?.[1] ?? `?${wordsOf(card).slice(0, 300)}`);

/** The two weeks, hour by hour, with two schedulers at once. `down`: days on which nothing ticks. */
async function live(
  acts: Record<string, () => Promise<void>>,
  { down = [], days = 16 }: { down?: string[]; days?: number } = {},
): Promise<string[]> {
  let clock = at('10-31', 0);
  // a card is looked at when it is written: later it shows what became of it
  const sent: Awaited<ReturnType<typeof sentSince>> = [];
  const collect = async () => void sent.push(...(await sentSince(database.db, sent.at(-1)?.id)));
  const schedulers = [scheduler(database.db, () => clock), scheduler(database.db, () => clock)];
  for (let hour = 0; hour < days * 24; hour++) {
    clock = new Date(at('10-31', 0).getTime() + hour * 3_600_000);
    bot.at(clock.toISOString());
    const local = new Date(clock.getTime() + 8 * 3_600_000).toISOString();
    const day = local.slice(5, 10);
    if (!down.includes(day)) await Promise.all(schedulers.map((one) => one.tick()));
    await collect();
    await acts[`${day} ${local.slice(11, 13)}`]?.();
  }
  await collect();
  for (const { card } of sent) if (card) expectSound(card, { personal: !wordsOf(card.header).includes('"跟单"') });
  // nothing was even prepared twice: each card that is kept for its clicks was written for sending
  expect(await database.db.$count(sentCards)).toBe(sent.filter(({ card }) => card).length);
  return sent.map((one) => `${one.day} ${String(one.hour).padStart(2, '0')} ${one.to} ${labelOf(one)}`);
}

const state = async (key: string) => {
  const [found] = await sheetsOf(database.db, '2026-10', { personIds: [company.staff[key]!.id] });
  return stateOfSheet(found!.steps);
};
const answer = async (key: string, label: string, values?: Record<string, string>) => {
  const who = `ou_${key}`;
  const card = await lastCard(database.db, who, label);
  const first = await bot.press(who, card, label);
  if (values) await bot.press(who, first.card as never, '提交', values);
};
async function scoreAll(who: string): Promise<void> {
  const [said] = await bot.say(who, '/考核 10月');
  let desk = cardIn(said);
  while (wordsOf(desk).includes('给下一位打分')) desk = await scoreNext(bot, who, desk);
}
/** Only what the clock sent, without what people's own acts answered. */
const byClock = (log: string[]) => log.filter((line) => !/请确认|请复核|已复核|异议已收|\?/.test(line));

const acts: Record<string, () => Promise<void>> = {
  '11-01 12': async () => {
    await bot.say('ou_hr', '/考核 审批人 周营销');
    await bot.say('ou_sun', '/考核 外出 2026-11-02 2026-11-06 代理=孙员1');
  },
  // on time, but one objects and one is silent
  '11-02 14': () => scoreAll('ou_wang'),
  '11-03 10': async () => {
    await answer('wang1', '确认');
    await answer('wang4', '确认');
    // the deputy scores three colleagues; not himself
    await scoreAll('ou_sun1');
    for (const key of ['sun2', 'sun3', 'sun4']) await answer(key, '确认');
    await scoreAll('ou_zhao');
    await answer('sun1', '确认');
  },
  '11-03 15': () => answer('wang2', '有异议', { reason: '客户改期' }),
  '11-04 16': () => answer('wang', '维持原分', { reason: '合同为准' }),
  // the late manager's people, by his own manager
  '11-06 11': () => scoreAll('ou_zhao'),
  '11-09 10': async () => {
    for (const n of [1, 2, 3, 4]) await answer(`qian${n}`, '确认');
  },
  '11-11 10': async () => {
    await bot.say('ou_zhou', '/考核 审批 10月');
  },
};

describe('October’s appraisal from 31 October to 15 November 2026', () => {
  it('every reminder and hand-over happens once and on the right working day, with two schedulers at once', async () => {
    const log = byClock(await live(acts));
    expect(log).toEqual([
      // Sunday the 1st: nothing. Monday the 2nd is working day 1
      '11-02 09 wang 开始打分',
      '11-02 09 qian 开始打分',
      // away: the named deputy, and for the deputy himself the manager's manager
      '11-02 09 zhao 代为打分',
      '11-02 09 sun1 代为打分',
      // working day 2: the reminder of LB-A3
      '11-03 09 wang1 催确认',
      '11-03 09 wang2 催确认',
      '11-03 09 wang3 催确认',
      '11-03 09 wang4 催确认',
      '11-03 09 qian 催打分',
      '11-03 09 zhao 催打分',
      '11-03 09 sun1 催打分',
      // all of the third department have confirmed by eleven
      '11-03 11 zhou 请审批',
      // working day 3: the last day to answer
      '11-04 09 wang3 催确认',
      '11-04 09 wang 催复核',
      '11-04 09 qian 催打分',
      // working day 4: statistics (LB-A5); the last day to score (LB-A2); who was silent is unanswered by now
      '11-05 09 wang 汇总统计',
      '11-05 09 zhou 请审批',
      '11-05 09 qian 催打分',
      '11-05 09 qian 汇总统计',
      '11-05 09 sun1 汇总统计',
      // working day 5: hand-over, individual results, the table (LB-A6)
      '11-06 09 zhao 个人结果',
      '11-06 09 zhao 移交打分',
      '11-06 09 qian 已移交',
      '11-06 09 zhao 个人结果',
      '11-06 09 zhao 个人结果',
      '11-06 09 zhao 统计表(未齐)',
      '11-06 09 zhao 文件',
      '11-06 09 fang 统计表(未齐)',
      '11-06 09 fang 文件',
      // scored on the 6th: the next working day to answer is Monday the 9th
      '11-09 09 qian1 催确认',
      '11-09 09 qian2 催确认',
      '11-09 09 qian3 催确认',
      '11-09 09 qian4 催确认',
      '11-09 11 zhou 请审批',
      '11-09 11 zhao 统计表(完整)',
      '11-09 11 zhao 文件',
      '11-09 11 fang 统计表(完整)',
      '11-09 11 fang 文件',
      // finance's limit is the 10th: approval is asked for again
      '11-10 09 zhou 催审批',
      '11-10 09 zhou 催审批',
      '11-10 09 zhou 催审批',
      '11-11 09 zhou 催审批',
      '11-11 09 zhou 催审批',
      '11-11 09 zhou 催审批',
    ]);
    expect(await state('wang1')).toMatchObject({ phase: 'confirmed', wasUnanswered: false });
    expect(await state('wang2')).toMatchObject({ phase: 'reconfirmed', answer: { kind: 'upheld' } });
    expect(await state('wang3')).toMatchObject({ phase: 'unanswered' });
    expect(await state('sun1')).toMatchObject({ scoredBy: company.zhao.id });
    expect(await state('sun2')).toMatchObject({ scoredBy: company.staff.sun1!.id });
    expect(await state('qian3')).toMatchObject({ scoredBy: company.zhao.id, approved: { by: company.zhou.id } });
  });

  it('with nothing ticking on working days 3 and 4, what was missed is caught up once, and nothing is sent late for days that are over', async () => {
    const log = byClock(await live(acts, { down: ['11-04', '11-05'], days: 8 }));
    expect(log.filter((line) => line.startsWith('11-04') || line.startsWith('11-05'))).toEqual([]);
    expect(log.filter((line) => line.startsWith('11-06'))).toEqual([
      '11-06 09 wang 汇总统计',
      '11-06 09 zhao 个人结果',
      '11-06 09 zhou 请审批',
      '11-06 09 zhao 移交打分',
      '11-06 09 qian 已移交',
      '11-06 09 qian 汇总统计',
      '11-06 09 zhao 个人结果',
      '11-06 09 sun1 汇总统计',
      '11-06 09 zhao 个人结果',
      '11-06 09 zhao 统计表(未齐)',
      '11-06 09 zhao 文件',
      '11-06 09 fang 统计表(未齐)',
      '11-06 09 fang 文件',
    ]);
    expect(await state('wang3')).toMatchObject({ phase: 'unanswered' });
  });

  it('opens on the first working day that somebody is there, when the bot was down on the first', async () => {
    const log = byClock(await live({}, { down: ['11-02', '11-03'], days: 12 }));
    expect(log.filter((line) => line.includes('开始打分'))).toEqual([
      '11-04 09 wang 开始打分',
      '11-04 09 qian 开始打分',
      '11-04 09 sun 开始打分',
    ]);
    expect(log.filter((line) => line.includes('到期未齐'))).toEqual([
      '11-10 09 zhao 到期未齐',
      '11-10 09 fang 到期未齐',
    ]);
    expect(log.filter((line) => /11-(07|08|14|15) /.test(line))).toEqual([]);
  });
});
