import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '#bot/registry';
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

const page = readFileSync(new URL('../../../docs/coverage.md', import.meta.url), 'utf8');
const registry = createRegistry(commands);

/** The rows of the page's tables: which clauses, and the commands that they name (`/order new`, then `show` of the same subject). */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| clause') && !line.startsWith('| ---'))
  .map((line) => {
    const named: string[] = [];
    let subject = '';
    for (const [, quoted] of line.matchAll(/`([^`]+)`/g)) {
      const [first = '', second = ''] = quoted!.replace(/^\//, '').split(' ');
      if (quoted!.startsWith('/')) {
        subject = first;
        const command = registry.find(`${first} ${second}`) ?? registry.find(first);
        // a subject by itself stands for all of its commands
        if (command || second !== '' || !registry.isSubject(first)) named.push(command?.name ?? quoted!);
      } else if (subject && /^[a-z]+$/.test(quoted!) && registry.find(`${subject} ${quoted}`))
        named.push(`${subject} ${quoted}`);
    }
    const clauses = [...line.split('|')[1]!.matchAll(/\bO(\d{1,2})\b/g)].map(([, no]) => Number(no));
    return { line, clauses, named };
  });

describe('docs/coverage.md', () => {
  it('names only commands and tests that exist', () => {
    const known = new Set(commands.map(({ name }) => name));
    expect(rows.flatMap(({ named }) => named).filter((name) => !known.has(name))).toEqual([]);
    const tests = [...page.matchAll(/\btest\/[a-z/-]+[a-z]/g)].map(([path]) => path.replace(/\.db$/, ''));
    const root = new URL('../../../', import.meta.url);
    const gone = [...new Set(tests)].filter(
      (path) => !['', '.ts', '.test.ts', '.db.test.ts'].some((end) => existsSync(new URL(path + end, root))),
    );
    expect(gone).toEqual([]);
  });

  it('every clause O1 … O15 is reachable from /help', async () => {
    const missing: string[] = [];
    for (let clause = 1; clause <= 15; clause += 1) {
      const named = [...new Set(rows.filter(({ clauses }) => clauses.includes(clause)).flatMap(({ named }) => named))];
      if (named.length === 0) missing.push(`O${clause} has no command`);
      for (const name of named) {
        let shown = '';
        for (const who of ['ou_wang', 'ou_admin'])
          shown += wordsOf((await bot.say(who, `/help ${name.split(' ')[0]}`)).map(cardIn));
        if (!shown.includes(`/${name}`)) missing.push(`O${clause}: /${name} is not in the help`);
      }
    }
    expect(missing).toEqual([]);
  });
});
