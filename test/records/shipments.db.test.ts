import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { orders } from '#db/schema';
import { shippedIn } from '#db/shipments';
import { records } from '#db/tables/records';
import { GROUP, wordsOf } from '#test/support/bot';
import { answerTo, ORDER } from '#test/support/records';
import { testRoom } from '#test/support/room';

const { database, bot } = await testRoom();
beforeEach(() => bot.say('ou_chen', ORDER));

const heads = () => database.db.select().from(records).orderBy(records.id);

describe('/order ship (O10)', () => {
  it('books, and the booking leaves when its quantity is said', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 订舱号=BK1 货代=中远 截关=11-28', { group: true });
    expect(await heads()).toMatchObject([{ state: 'booked', due: '2026-11-28', open: true }]);
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件 已通知=客户和货代');
    expect(await heads()).toMatchObject([
      { state: 'shipped', open: false, data: { qty: 600, booking: 'BK1', informed: 'both' } },
    ]);
  });

  it('takes the quantity from colours and sizes, and refuses a sum that differs', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 颜色尺码=“红/M:120，红/L：80”');
    expect(await heads()).toMatchObject([{ data: { qty: 200, sizes: '红/M:120 红/L:80' } }]);
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 300件 颜色尺码=“红/M:120 红/L:80”')).toContain(
      '加起来是 200，不是 300',
    );
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 颜色尺码=“一些红的”')).toContain('没看懂');
  });

  it('shipping exactly what was ordered is right, one more is an error', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 401件')).toContain('超了 1');
    await bot.say('ou_chen', '/订单 出货 SO-1001 400件');
    expect(await heads()).toHaveLength(2);
  });

  it('no more comes back than had left; what came back may leave again', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 退货=1001')).toContain('不能退回 1001');
    await bot.say('ou_chen', '/订单 出货 SO-1001 退货=20 备注=色差');
    await bot.say('ou_chen', '/订单 出货 SO-1001 20件');
    expect((await heads()).map(({ state }) => state)).toEqual(['shipped', 'returned', 'shipped']);
  });

  it('a return that others have shipped on cannot be taken back', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    await bot.say('ou_wang', '/订单 出货 SO-1001 退货=20');
    await bot.say('ou_chen', '/订单 出货 SO-1001 20件');
    expect(await answerTo(bot, 'ou_wang', '/撤销')).toContain('对不上订单');
    expect((await heads()).every(({ undone }) => !undone)).toBe(true);
  });

  it('what is taken back may be shipped again', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    await bot.say('ou_chen', '/撤销');
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    expect((await heads()).filter(({ undone }) => !undone)).toHaveLength(1);
  });

  it('a day to come is a booking, not a shipment', async () => {
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 10件 日期=11-30')).toContain('还没有到');
  });

  it('two people who ship the last pieces at once: one of them is told', async () => {
    await Promise.all([
      bot.receive(bot.message('ou_chen', '/订单 出货 SO-1001 700件')),
      bot.receive(bot.message('ou_wang', '/订单 出货 SO-1001 700件')),
    ]);
    expect(await heads()).toHaveLength(1);
  });

  it('parts are worth their share, the last takes the remainder, returns count in their month', async () => {
    await bot.say('ou_chen', '/订单 新建 SO-3 客户=宏达 数量=3 货期=12-20 单价=33.33');
    await bot.say('ou_chen', '/订单 出货 SO-3 1件 日期=10-30');
    await bot.say('ou_chen', '/订单 出货 SO-3 2件 日期=11-02');
    await bot.say('ou_chen', '/订单 出货 SO-3 退货=1 日期=11-20');
    expect((await shippedIn(database.db, '2026-10')).map(({ amountFen }) => amountFen)).toEqual([3333n]);
    expect((await shippedIn(database.db, '2026-11')).map(({ qty, amountFen }) => [qty, amountFen])).toEqual([
      [2, 6666n],
      [-1, -3333n],
    ]);
  });
});

describe('a shipment is progress (O10, O3): one truth', () => {
  const order = async (no = 'SO-1001') => (await database.db.select().from(orders).where(eq(orders.no, no)))[0]!;

  it('the order is delivered on the day on which the last part left', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件 日期=11-20');
    expect((await order()).actualDelivery).toBeNull();
    const words = await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 400件 日期=11-22');
    expect(words).toContain('全部出完');
    expect(await order()).toMatchObject({ actualDelivery: '2026-11-22', stage: 'shipped' });
    expect(await answerTo(bot, 'ou_chen', '/订单 查看 SO-1001')).toContain('已于 2026-11-22 交货');
  });

  it('the card shows where the order stands, and a tick when the last stage is through', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    expect(await answerTo(bot, 'ou_chen', '/订单 查看 SO-1001')).toContain('● 出货 600/1000');
    await bot.say('ou_chen', '/订单 出货 SO-1001 400件');
    expect(await answerTo(bot, 'ou_chen', '/订单 查看 SO-1001')).toContain('✓ 出货 1000/1000');
  });

  it('a part that is recorded late does not undo what was recorded before', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件 日期=11-22');
    await bot.say('ou_chen', '/订单 出货 SO-1001 400件 日期=11-20');
    expect((await order()).actualDelivery).toBe('2026-11-22');
  });

  it('what was logged by hand is not counted twice', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 出货 600件');
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    expect((await order()).actualDelivery).toBeNull();
    await bot.say('ou_chen', '/订单 出货 SO-1001 400件');
    expect((await order()).actualDelivery).toBe('2026-11-23');
  });

  it('once goods have left by shipments, the log takes no other number', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    const refused = await answerTo(bot, 'ou_chen', '/订单 更新 SO-1001 出货 500件');
    expect(refused).toContain('以出货记录为准');
    expect(refused).toContain('/订单 出货 SO-1001');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-1001 出货 备注=等船期')).toContain('等船期');
  });

  it('taken back, it is not delivered; corrected, the progress follows; the log itself cannot be corrected behind it', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    expect(await answerTo(bot, 'ou_chen', '/订单 更正 SO-1001 出货 900件')).toContain('要在出货记录上更正');
    await bot.say('ou_chen', '/出货 更新 SO-1001 数量=900');
    expect((await order()).actualDelivery).toBeNull();
    await bot.say('ou_chen', '/撤销');
    expect((await order()).actualDelivery).toBe('2026-11-23');
    await bot.say('ou_chen', '/撤销');
    expect(await order()).toMatchObject({ actualDelivery: null, stage: null });
  });

  it('goods that came back and leave again change neither the day nor the count', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件 日期=11-20');
    await bot.say('ou_chen', '/订单 出货 SO-1001 退货=20');
    await bot.say('ou_chen', '/订单 出货 SO-1001 20件');
    expect((await order()).actualDelivery).toBe('2026-11-20');
  });

  it('a foreign-trade order is delivered when it is loaded', async () => {
    await bot.say('ou_chen', '/订单 新建 SO-9 客户=宏达 数量=10件 货期=12-20 类别=外贸');
    await bot.say('ou_chen', '/订单 出货 SO-9 10件');
    expect(await order('SO-9')).toMatchObject({ actualDelivery: '2026-11-23', stage: 'loading' });
  });
});

describe('the packing list against the order and the cutting (O10)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/订单 新建 SO-2 客户=宏达 货期=12-20 明细="红 M=120 L=80；蓝 M=50"');
    await bot.say('ou_chen', '/订单 更新 SO-2 裁剪 118件 颜色=红 尺码=M');
  });

  it('names the lines that are short, with what was cut of them', async () => {
    const words = await answerTo(bot, 'ou_chen', '/订单 出货 SO-2 颜色尺码="红/M:118 红/L:80"');
    expect(words).toContain('还差 52');
    expect(words).toContain('红/M：订 120，裁 118，出 118，少 2');
    expect(words).not.toContain('红/L：');
  });

  it('says that it is short for good when nothing more will leave, and the order is delivered', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-2 颜色尺码="红/M:118 红/L:80"');
    const words = await answerTo(bot, 'ou_chen', '/订单 出货 SO-2 颜色尺码="蓝 M:50" 最后一批=是');
    expect(words).toContain('短装 2（0.8%）');
    const [row] = await database.db.select().from(orders).where(eq(orders.no, 'SO-2'));
    expect(row!.actualDelivery).toBe('2026-11-23');
  });

  it('warns when more left than was cut', async () => {
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-2 颜色尺码="红/M:120"')).toContain('比裁剪数多 2');
  });

  it.each([
    ['红/M:121', '只订了 120，这样一共出 121，超了 1'],
    ['绿/M:1', '明细里没有「绿/M」'],
  ])('%s is refused: change the order first', async (sizes, why) => {
    const words = await answerTo(bot, 'ou_chen', `/订单 出货 SO-2 颜色尺码="${sizes}"`);
    expect(words).toContain(why);
    expect(words).toContain('/订单 变更 SO-2');
    expect(await heads()).toHaveLength(0);
  });
});

describe('/money (O11)', () => {
  const money = async () => (await heads()).filter(({ kind }) => kind === 'money');

  it('is answered in private; the group hears no amount', async () => {
    const posted = await bot.say('ou_chen', '/款项 新增 SO-1001 定金 金额=3,000.50', { group: true });
    expect(wordsOf(posted.filter(({ lane }) => lane === `chat:${GROUP}`))).not.toMatch(/3,?000/);
    expect(wordsOf(posted.filter(({ lane }) => lane === 'person:ou_chen'))).toContain('3,000.50');
    expect(await money()).toMatchObject([{ data: { type: 'deposit', amount: '300050', currency: 'CNY' } }]);
  });

  it('a supplier is paid contract price × pieces that really left', async () => {
    expect(await answerTo(bot, 'ou_chen', '/款项 新增 SO-1001 供应商货款 合同单价=8.50')).toContain('还没有登记出货');
    await bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    expect(await answerTo(bot, 'ou_chen', '/款项 新增 SO-1001 供应商货款 合同单价=8.50 对方=永盛')).toContain(
      '5,100.00',
    );
    expect(await answerTo(bot, 'ou_fang', '/款项 更新 SO-1001 供应商货款 已付 金额=5100.01')).toContain(
      '不能付 5,100.01',
    );
    await bot.say('ou_fang', '/款项 更新 SO-1001 供应商货款 已付');
    expect(await money()).toMatchObject([{ state: 'settled', data: { amount: '510000' } }]);
  });

  it('needs an amount', async () => {
    expect(await answerTo(bot, 'ou_chen', '/款项 新增 SO-1001 定金')).toContain('要写金额');
    expect(await money()).toHaveLength(0);
  });

  it('shows what was received and what is outstanding, to those whom it concerns', async () => {
    await bot.say('ou_chen', '/款项 新增 SO-1001 定金 金额=3000 已收');
    await bot.say('ou_chen', '/款项 新增 SO-1001 余款 金额=7000');
    const words = await answerTo(bot, 'ou_fang', '/款项 列表 SO-1001');
    expect(words).toContain('3,000.00');
    expect(words).toContain('7,000.00');
    for (const line of ['/款项 列表 SO-1001', '/款项 查看 SO-1001 定金'])
      expect(await answerTo(bot, 'ou_li', line)).toContain('由 陈静 登记');
  });
});
