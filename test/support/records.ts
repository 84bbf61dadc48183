import type { Attachment } from '#bot/command';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import { putCompanyRules } from '#db/company-rules';
import { type CompanyRules, defaultRules } from '#domain/order/gates';
import { cardIn, type TestBot, wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';

export const PHOTO: Omit<Attachment, 'messageId'>[] = [{ type: 'image', key: 'img_1', name: 'sample.jpg' }];

export const ORDER = '/订单 新建 SO-1001 客户=宏达 数量=1000件 货期=12-20 款号=A118 单价=10.00';

/** What the person is answered with, as one text. */
export async function answerTo(
  bot: TestBot,
  openId: string,
  line: string,
  options: Parameters<TestBot['say']>[2] = {},
): Promise<string> {
  return wordsOf((await bot.say(openId, line, options)).flatMap((entry) => cardsOf(entry)));
}

const cardsOf = (entry: Parameters<typeof cardIn>[0]): Card[] => {
  try {
    return [cardIn(entry)];
  } catch {
    return [];
  }
};

/** The card that a person was sent in private. */
export function cardTo(posted: Awaited<ReturnType<TestBot['say']>>, openId: string): Card {
  const entry = posted.find(({ lane }) => lane === `person:${openId}`);
  if (!entry) throw new Error(`nothing was sent to ${openId}, only to ${posted.map(({ lane }) => lane)}`);
  return cardIn(entry);
}

export const setRules = (db: Db, rules: Partial<CompanyRules>): Promise<void> =>
  putCompanyRules(db, { ...defaultRules, sealFor: ['garment', 'foreign-trade'], ...rules }, now);
