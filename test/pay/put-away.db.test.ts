import { beforeEach, expect, it } from 'vitest';
import { findPerson } from '#db/people';
import { type Live, live, PATIENCE_MS } from '#test/support/app';
import { under } from '#test/support/payroll';
import { freshDatabase } from '#test/support/room';

/** trust 50, lived through: real cards on the stand-in platform, days later. */

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const AMOUNT = /[\d,]+\.\d\d/;

const database = await freshDatabase();
let run: Live;
beforeEach(async () => {
  run = await live(database);
  return () => run.stop();
});

const shown = (messageId: string) =>
  JSON.stringify(
    run.standIn.world
      .messagesIn(run.standIn.world.p2pChat('ou_chen')!.chatId)
      .find((one) => one.messageId === messageId)?.content,
  );
const later = async (ms: number) => {
  await run.standIn.clock.advance(ms);
  await run.app.settle();
};

it('amounts in a card of twelve days are put away, its title stays, and a tap shows them again for an hour', async () => {
  const { db } = database;
  await under(db, (await findPerson(db, 'ou_chen'))!, 'jw');
  const asked = await run.ask('ou_chen', 'bot', '/工资');
  expect(shown(asked.messageId)).toMatch(AMOUNT);
  run.standIn.world.say('ou_chen', 'bot', '/我');
  // both answers may be of the same millisecond
  const other = await run.standIn.world.until(
    () => run.standIn.world.sentTo('ou_chen').find(({ content }) => JSON.stringify(content).includes('工号')),
    PATIENCE_MS,
  );

  await later(12 * DAY - HOUR);
  expect(shown(asked.messageId)).toMatch(AMOUNT);

  await later(2 * HOUR);
  expect(shown(asked.messageId)).toContain('金额已收起');
  expect(shown(asked.messageId)).not.toMatch(AMOUNT);
  expect(shown(asked.messageId)).toContain('工资');
  expect(shown(other.messageId)).toBe(JSON.stringify(other.content));

  const again = await run.standIn.world.press('ou_chen', asked.messageId, '我的工资');
  expect(again.failure).toBeUndefined();
  await run.app.settle();
  expect(shown(asked.messageId)).toMatch(AMOUNT);
  await later(2 * HOUR);
  expect(shown(asked.messageId)).not.toMatch(AMOUNT);
});
