import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sendCard } from '#bot/deliver';
import type { Answer } from '#bot/incoming';
import { does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { commands } from '#commands/index';
import { changePerson, findPerson, putPerson } from '#db/people';
import { audit, orderProgress, orders, outbox } from '#db/schema';
import { type Role, roles } from '#domain/people/person';
import { cardIn, GROUP, wordsOf } from '#test/support/bot';
import { now, seedPeople } from '#test/support/people';
import { testRoom } from '#test/support/room';

/** The expected table, as it is written down. */
const [header, , ...rows] = readFileSync(new URL('rights.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const people = header!.slice(2);
const expected = new Map(
  rows.map(([command, answers, ...cells]) => [
    command!,
    { answers: answers!, may: new Map(cells.map((cell, i) => [people[i]!, cell === '✓'])) },
  ]),
);

const { database, bot } = await testRoom({ seed: async () => ({}) });

/** One person for each column. */
async function seedColumns(): Promise<void> {
  const { db } = database;
  for (const role of roles) await putPerson(db, `ou_${role}`, { name: `名${role}`, roles: [role] }, now);
  await putPerson(db, 'ou_none', { name: '无角色', roles: [] }, now);
  await putPerson(db, 'ou_left', { name: '已离职', roles: [...roles], leftOn: '2026-01-31' }, now);
}

const denied = (words: string) => /你还不能用|你还不在花名册里，所以/.test(words);
const saidIn = (answers: unknown) => wordsOf(answers);
const toastOf = ({ toast }: Answer) => toast?.zh ?? '';

/** A card with a button for the command, as if one of our cards offered it. */
async function offer(command: string, to: { person: string } | { chat: string }) {
  await bot.posted();
  await sendCard(database.db, { to }, noticeCard('按一下', 'info', [{ label: '按', action: does(command) }]), { now });
  const [entry] = await bot.posted();
  return cardIn(entry);
}

const ways: Record<string, (openId: string, command: string) => Promise<string>> = {
  'typed in a group': async (openId, command) => saidIn(await bot.say(openId, `/${command}`, { group: true })),
  'typed in private': async (openId, command) => saidIn(await bot.say(openId, `/${command}`)),
  async 'from the menu'(openId, command) {
    await bot.posted();
    const key = command.replaceAll(' ', '_');
    await bot.receive({ kind: 'menu', eventId: `menu-${openId}-${key}`, at: now, operator: { openId }, key });
    return saidIn(await bot.posted());
  },
  'clicked on a card in a group': async (openId, command) =>
    toastOf(await bot.press(openId, await offer(command, { chat: GROUP }), '按')),
  'clicked on a card in private': async (openId, command) =>
    toastOf(await bot.press(openId, await offer(command, { person: openId }), '按')),
};

/** Every cell is asked for in a group; on one of the databases; for the other ways of each command one who may and one who may not are enough: the gate is the same. */
const onServer = process.env.GENDAN_TEST_DATABASE === 'postgres';
const everyCell = onServer ? ['typed in a group'] : [];
const bothKinds = (command: string): string[] => {
  const may = expected.get(command)?.may ?? new Map<string, boolean>();
  return [true, false].flatMap((kind) => people.filter((person) => may.get(person) === kind).slice(-1));
};

describe('the table of rights', () => {
  it('has a row for every command, and none that is gone', () => {
    const proposed = commands
      .filter(({ name }) => !expected.has(name))
      .map(
        ({ name, answers }) =>
          `| ${name} | ${answers === 'private' ? 'private' : 'here'} | … say who may, in rights.md`,
      );
    expect(proposed).toEqual([]);
    expect([...expected.keys()].filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
    expect(people).toEqual(['guest', 'left', 'none', ...roles]);
  });

  it.each(Object.keys(ways).filter((way) => onServer || (way !== 'from the menu' && !way.endsWith('in private'))))(
    'holds for every person and command, %s',
    async (way) => {
      await seedColumns();
      const wrong: string[] = [];
      for (const { name } of commands)
        for (const person of everyCell.includes(way) ? people : bothKinds(name)) {
          const may = !denied(await ways[way]!(`ou_${person}`, name));
          if (may !== expected.get(name)?.may.get(person)) wrong.push(`${person} ${may ? 'may' : 'may not'} ${name}`);
        }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  it('says where each is answered: what is private never in the group', async () => {
    await seedColumns();
    for (const { name } of commands)
      for (const role of bothKinds(name)) {
        const answers = await bot.say(`ou_${role}`, `/${name}`, { group: true });
        const inGroup = answers.filter(({ lane }) => lane === `chat:${GROUP}`).map((entry) => wordsOf(cardIn(entry)));
        expect(inGroup, name).toHaveLength(1);
        expect(inGroup[0]!.includes('已私信你'), `${name} for ${role}`).toBe(expected.get(name)!.answers === 'private');
      }
  }, 240_000);
});

describe('rights are looked up at the moment of the act', () => {
  const line = '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20';

  it('a role taken away takes effect on the next click and the next word', async () => {
    await seedPeople(database.db);
    const [answer] = await bot.say('ou_chen', line, { group: true });
    const opened = await bot.press('ou_chen', cardIn(answer), '登记进度');
    const chen = (await findPerson(database.db, 'ou_chen'))!;
    await changePerson(database.db, chen.id, { roles: [] as Role[] }, now);
    const submitted = await bot.press('ou_chen', opened.card as never, '提交', { stage: 'sewing', qty: '800' });
    expect(denied(toastOf(submitted))).toBe(true);
    expect(denied(saidIn(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件', { group: true })))).toBe(true);
    expect(await database.db.select().from(orderProgress)).toHaveLength(0);
  });

  it('whoever left the company is out from the next click on', async () => {
    await seedPeople(database.db);
    const [answer] = await bot.say('ou_chen', line, { group: true });
    const chen = (await findPerson(database.db, 'ou_chen'))!;
    await changePerson(database.db, chen.id, { leftOn: '2026-11-22' }, now);
    expect(denied(toastOf(await bot.press('ou_chen', cardIn(answer), '刷新')))).toBe(true);
  });

  it('an order handed to somebody else is no longer one’s own, old cards included', async () => {
    await seedPeople(database.db);
    const [answer] = await bot.say('ou_chen', line, { group: true });
    const opened = await bot.press('ou_chen', cardIn(answer), '登记进度');
    const li = (await findPerson(database.db, 'ou_li'))!;
    await database.db.update(orders).set({ merchandiserId: li.id });
    const submitted = await bot.press('ou_chen', opened.card as never, '提交', { stage: 'sewing', qty: '800' });
    expect(toastOf(submitted)).toContain('由 李敏 跟进');
    expect(await database.db.select().from(orderProgress)).toHaveLength(0);
  });

  it('an empty configuration denies: nobody on the roster means nobody may do anything', async () => {
    for (const { name, roles: who } of commands) {
      const words = saidIn(await bot.say('ou_first', `/${name}`));
      expect(denied(words), name).toBe(who !== 'anybody');
    }
    expect(await database.db.select().from(audit)).toEqual([]);
  });

  it('a denial is answered, not ignored', async () => {
    await seedColumns();
    await bot.say('ou_guest', '/订单 列表', { group: true });
    expect(await database.db.select().from(outbox)).toHaveLength(1);
  });
});
