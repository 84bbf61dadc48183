import { expect, it } from 'vitest';
import { parseFacts } from '#domain/pay/facts';
import { wordsOf } from '#test/support/bot';
import { payRoom } from '#test/support/pay-room';
import { under } from '#test/support/payroll';
import { collectFacts, peopleToPay } from '#usecases/facts/collect';

const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'jw');
    await bot.say('ou_hr', '/工资 设置 打样价="衬衫:15 外套:40" 起=2026-01');
  },
});

const collected = async (month = '2026-11') =>
  (await collectFacts(room.db, month, await peopleToPay(room.db, month), { zone: 'Asia/Shanghai' }))[0]!;
const samples = async (month?: string) => parseFacts((await collected(month)).inputs.facts).samples;
const why = async () => wordsOf((await room.say('ou_chen', '/工资 为什么 JW-P1.3 11月'))[0]);

it('samples that were recorded are paid in the month in which they were made, each with its message (JW-P1.3)', async () => {
  await room.bot.say('ou_chen', '/样品 新增 款号=A118 客户=宏达 打样种类=衬衫 打样件数=4 做好日期=2026-11-05');
  await room.bot.say('ou_chen', '/样品 新增 款号=B7 客户=宏达 打样种类=外套 打样件数=2 做好日期=2026-10-31');
  expect(await samples()).toEqual([
    {
      kind: '衬衫',
      pieces: 4n,
      source: expect.objectContaining({ author: 'ou_chen', messageId: expect.stringMatching(/^om_/), note: '#1' }),
    },
  ]);
  expect(await samples('2026-10')).toMatchObject([{ kind: '外套', pieces: 2n }]);
  const words = await why();
  expect(words).toContain('60.00');
  expect(words).toContain('陈静');
});

it('pieces without a kind or a day are named, not guessed; said later they count', async () => {
  await room.bot.say('ou_chen', '/样品 新增 款号=A118 客户=宏达 打样件数=4');
  expect((await collected()).problems.map(({ text }) => text.zh)).toEqual(['样品 #1 登记了打样件数，还缺打样种类']);
  expect((await collected('2026-10')).problems).toEqual([]);
  await room.bot.say('ou_chen', '/样品 更新 #1 打样种类=衬衫');
  expect(wordsOf((await room.say('ou_chen', '/工资'))[0])).toContain('还缺做好日期');
  await room.bot.say('ou_chen', '/样品 更新 #1 做好日期=2026-11-06');
  expect((await collected()).problems).toEqual([]);
  expect(await samples()).toMatchObject([{ kind: '衬衫', pieces: 4n }]);
});

it('dropped samples are not paid, and what finance enters for the month replaces all that was recorded', async () => {
  await room.bot.say('ou_chen', '/样品 新增 款号=A118 客户=宏达 打样种类=衬衫 打样件数=4 做好日期=2026-11-05');
  await room.bot.say('ou_chen', '/样品 新增 款号=B7 客户=宏达 打样种类=外套 打样件数=2 做好日期=2026-11-06');
  await room.bot.say('ou_chen', '/样品 更新 #2 作废');
  expect(await samples()).toMatchObject([{ kind: '衬衫', pieces: 4n }]);
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 打样=衬衫:3');
  expect(await samples()).toMatchObject([{ kind: '衬衫', pieces: 3n, source: { author: 'ou_fang' } }]);
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 打样=无');
  expect((await samples())?.filter(({ kind }) => kind === '外套')).toEqual([]);
});

it('a sample without pieces is nobody’s pay', async () => {
  await room.bot.say('ou_chen', '/样品 新增 款号=A118 客户=宏达');
  expect(await samples()).toBeUndefined();
});
