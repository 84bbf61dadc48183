import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#commands/index';
import { cardIn, type TestBot, testBot, wordsOf } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { expectGoodCards } from '#test/support/orders';
import { seedPeople } from '#test/support/people';

let database: TestDatabase;
let bot: TestBot;
beforeAll(async () => {
  database = await testDatabase();
  bot = testBot(database.db);
  await seedPeople(database.db);
});
afterAll(() => database.close());

describe('/help', () => {
  it('names every command, to those who may use it, on a card that the platform takes', async () => {
    for (const who of ['ou_zhao', 'ou_admin', 'ou_chen', 'ou_wang']) {
      const answers = await bot.say(who, '/帮助');
      expectGoodCards(answers);
    }
    // the overview names subjects and verbs; each subject shows its lines when it is asked for
    let all = '';
    for (const subject of ['order', 'customer', 'template', 'limits'])
      for (const who of ['ou_zhao', 'ou_admin']) {
        const answers = await bot.say(who, `/help ${subject}`);
        expectGoodCards(answers);
        all += wordsOf(cardIn(answers[0]));
      }
    for (const { name } of commands.filter(({ name }) => /^(order|customer|template|limits) /.test(name)))
      expect(all).toContain(`/${name}`);
  });

  it('the form of every command of ours is a card that the platform takes', async () => {
    for (const command of commands.filter(({ name }) => /^(order|customer|template|limits) /.test(name))) {
      const who =
        command.roles === 'everyone' || command.roles.includes('merchandiser' as never) ? 'ou_chen' : 'ou_admin';
      expectGoodCards(await bot.say(who, `/${command.name}`));
    }
  });
});
