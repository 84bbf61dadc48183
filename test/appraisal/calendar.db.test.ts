import { describe, expect, it } from 'vitest';
import { noticesOf } from '#db/calendar';
import { holidayNotices } from '#db/tables/appraisal';
import { isWorkday } from '#domain/calendar/workdays';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectSound } from '#test/support/facts';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import { importFile } from '#usecases/import-file';

const { database, bot, people } = await testRoom();

// invented days: no notice of 2030 exists; only their shape matters here
const invented =
  '/日历 录入 2030 文号=“测试号” 放假=“1月1日、2月2日至9日、4月5日、5月1日至5日、6月5日、9月12日、10月1日至7日” 上班=“2月10日” 法定=“1月1日、2月2日至5日、4月5日、5月1日至2日、6月5日、9月12日、10月1日至3日”';

describe('/calendar', () => {
  it('refuses a year that nobody has entered, loudly', async () => {
    const [answer] = await bot.say('ou_chen', '/日历 查看 2030');
    expect(wordsOf(cardIn(answer))).toContain('2030 年放假安排尚未录入');
    expect(() => isWorkday('2030-01-02')).toThrow('2030');
  });

  it('an administrator enters a year; from then on it counts, with its impossible deadlines named', async () => {
    const [answer] = await bot.say('ou_admin', invented);
    const card = cardIn(answer);
    expectSound(card, { personal: false });
    // working day 5 of May 2030 is the 10th at the earliest; of October after the 10th
    expect(wordsOf(card)).toContain('自相矛盾');
    const notices = await noticesOf(database.db);
    expect(notices.map(({ year }) => year)).toEqual([2024, 2025, 2026, 2030]);
    expect(isWorkday('2030-02-10', notices)).toBe(true);
  });

  it('shows the contradictions of 2026: working day 5 after the 10th in May and October', async () => {
    const [answer] = await bot.say('ou_chen', '/日历 查看 2026');
    const words = wordsOf(cardIn(answer));
    expect(words).toContain('2026-05-11');
    expect(words).toContain('2026-10-13');
    expectSound(cardIn(answer), { personal: false });
  });

  it('a correction is a new row; the newest counts', async () => {
    await bot.say('ou_admin', invented);
    await bot.say('ou_admin', invented.replace('2月10日', '2月16日'));
    expect(await database.db.select().from(holidayNotices)).toHaveLength(2);
    expect(isWorkday('2030-02-10', await noticesOf(database.db))).toBe(false);
  });

  it.each([
    ['ou_chen', invented, '还不能用'],
    ['ou_admin', invented.replace('上班=“2月10日”', '上班=“2月11日”'), '不是周末'],
    ['ou_admin', invented.replace('10月1日至3日”', '10月1日至2日”'), '法定休假日应为 13 天'],
    ['ou_admin', invented.replace('2月2日至9日', '2月30日'), '看不懂'],
  ])('%s: a notice that cannot be is refused', async (who, line, words) => {
    const [answer] = await bot.say(who, line);
    expect(wordsOf(cardIn(answer))).toContain(words);
    expect(await database.db.select().from(holidayNotices)).toHaveLength(0);
  });

  it('a file with one row a day does the same', async () => {
    const rows = [
      'date,kind,notice',
      '2030-01-01,法定,测试号',
      '2030-02-02~02-05,法定,',
      '2030-02-06~02-09,放假,',
      '2030-04-05,法定,',
      '2030-05-01~05-02,法定,',
      '2030-06-05,法定,',
      '2030-09-12,法定,',
      '2030-10-01~10-03,法定,',
      '2030-02-10,上班,',
    ];
    const send = (by: typeof people.admin) =>
      importFile(
        { fetch: async () => new TextEncoder().encode(rows.join('\n')), zone: 'Asia/Shanghai' },
        {
          db: database.db,
          job: { args: { messageId: 'om_1', key: 'k', name: 'a.csv' } },
          by,
          now: () => now,
          complete: async () => {},
        },
      );
    await expect(send(people.hr)).rejects.toThrow('denied');
    await send(people.admin);
    expect(await database.db.select().from(holidayNotices)).toMatchObject([
      { year: 2030, notice: { notice: '测试号' } },
    ]);
  });
});
