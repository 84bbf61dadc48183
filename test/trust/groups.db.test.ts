import { NoopLogger } from 'drizzle-orm/logger';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '#bot/command';
import { sendCard } from '#bot/deliver';
import { createRegistry } from '#bot/registry';
import { actionsOf, fieldsOf } from '#bot/stamp';
import { type Card, does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { commands } from '#commands/index';
import { addTerms, findPerson, putPerson } from '#db/people';
import { inbox } from '#db/schema';
import { roles } from '#domain/people/person';
import { cardIn, GROUP, type TestBot, wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import { problemsOf } from '#test/trust/judge-card';
import { nastyTexts } from '#test/trust/nasty';

/**
 * Amounts and a name that stand nowhere but in the records: whoever asks whatever, wherever, no group may ever get to see them.
 * The name is that of somebody who has nothing to do with any order.
 */
const CANARY_NAME = '金丝雀';
const canaries = /金丝雀|7654321|76,?543\.?21|8,?888,?77|6666655|66,?666\.?55/;

const registry = createRegistry(commands);
const { database, bot } = await testRoom();
beforeEach(async () => {
  const { db } = database;
  const canary = await putPerson(
    db,
    'ou_canary',
    { name: CANARY_NAME, employeeNo: 'C9001', department: '仓库', roles: ['merchandiser'] },
    now,
  );
  await putPerson(db, 'ou_every', { name: '全能', employeeNo: 'E0100', roles: [...roles] }, now);
  // somebody of whom nothing is recorded, to compare with
  await putPerson(
    db,
    'ou_plain',
    { name: '无记录', employeeNo: 'C9002', department: '仓库', roles: ['merchandiser'] },
    now,
  );
  for (const openId of ['ou_canary', 'ou_chen', 'ou_wang'])
    await addTerms(
      db,
      (await findPerson(db, openId))!.id,
      { fromMonth: '2026-01', scheme: 'JW', positionWageFen: 7_654_321n, performanceBaseFen: 888_877n },
      'console',
      now,
    );
  expect(canary.after.id).toBeGreaterThan(0);
  await bot.say(
    'ou_chen',
    '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20 款号=A118 单价=66666.55 加工费=76543.21',
  );
  await bot.say('ou_li', '/订单 新建 SO-1002 客户=宏达 数量=10件 货期=2026-12-20 单价=66666.55');
});

/** Everything that is on its way to a group. */
const toGroup = (posted: Awaited<ReturnType<TestBot['say']>>) =>
  posted.filter(({ lane }) => lane.startsWith('chat:')).map(({ job }) => JSON.stringify(job));

const known: Record<string, string[]> = {
  'order-no': ['SO-1001', 'SO-1002', 'SO-9999'],
  person: ['C9001', '@{ou_canary}', 'E1002', '陈静', '没有这个人'],
  month: ['2026-10', '2026-11'],
  quantity: ['5', '800件'],
  money: ['1.00'],
  date: ['2026-12-01'],
  page: ['1'],
};

/** Who is made responsible for something is no secret to the group that is told so; then it is somebody else. */
const valuesFor = (command: Command, kind: string): string[] | undefined =>
  kind === 'person' && command.answers !== 'private' ? ['E1002', '陈静', '没有这个人'] : known[kind];

/** Free text as people and attackers type it, within what a field takes. */
const typed = [...nastyTexts, '长'.repeat(60), '<'.repeat(60)]
  .map((text) => `"${text.replaceAll('"', "'").replaceAll('\n', ' ').slice(0, 60)}"`)
  .concat('x', '2026-11');

/** A line for a command with some of its arguments, right or wrong. */
const lineFor = (command: Command): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...registry.argumentsOf(command).map(({ name, field }) =>
        fc.option(
          fc
            .constantFrom(...(valuesFor(command, field.kind) ?? field.options?.map(({ value }) => value) ?? typed))
            .map((value) => `${name}=${value}`),
          { nil: '' },
        ),
      ),
    )
    .map((words) => `/${command.name} ${words.join(' ')}`);

const anyLine = fc.constantFrom(...commands).chain((command) =>
  fc.oneof(
    { weight: 5, arbitrary: lineFor(command) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        command.example.zh,
        command.example.en,
        `/${command.name}x`,
        `/${command.name} 备注=“`,
      ),
    },
  ),
);
const who = fc.constantFrom(
  'ou_chen',
  'ou_li',
  'ou_wang',
  'ou_zhao',
  'ou_fang',
  'ou_hr',
  'ou_admin',
  'ou_every',
  'ou_nobody',
);
const step = fc.record({
  who,
  line: anyLine,
  place: fc.constantFrom('group' as const, 'topic' as const, 'private' as const),
  /** Then somebody presses something on the newest card of the group. */
  press: fc.option(fc.record({ who, nth: fc.nat(9) })),
});

describe('what is nobody else’s business never reaches a group', () => {
  it('whoever asks whatever, wherever, and presses whatever is on the cards; and every card is a sound one', async () => {
    let cards = 0;
    let privately = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
        let newest: Card | undefined;
        const look = (posted: Awaited<ReturnType<TestBot['say']>>, what: string) => {
          for (const entry of posted) {
            const { job } = entry;
            if (job.do === 'recall' || (job.do !== 'update-card' && job.content.type !== 'card')) continue;
            const problems = problemsOf(cardIn(entry), fieldsOf(cardIn(entry)));
            if (problems.length > 0) throw new Error(`${what} was answered with a bad card: ${problems.join('; ')}`);
          }
          for (const body of toGroup(posted))
            if (canaries.test(body)) throw new Error(`${what} told the group: ${body}`);
          const entry = posted.filter(({ lane, job }) => lane === `chat:${GROUP}` && job.do !== 'recall').at(-1);
          if (entry) newest = cardIn(entry);
          cards += toGroup(posted).length;
          privately += posted.length - toGroup(posted).length;
        };
        for (const { who: openId, line, place, press } of steps) {
          const where = place === 'private' ? {} : { group: true, ...(place === 'topic' && { threadId: 'omt_1' }) };
          look(await bot.say(openId, line, where), `${openId} ${line}`);
          const actions = press && newest ? actionsOf(newest) : [];
          const action = actions[(press?.nth ?? 0) % Math.max(1, actions.length)];
          const label = action && labelOf(newest!, action.command);
          if (!press || !label) continue;
          const answer = await bot.press(press.who, newest!, label, label === '提交' ? {} : undefined);
          if (canaries.test(JSON.stringify(answer)))
            throw new Error(`${press.who} pressing ${label} showed the group: ${wordsOf(answer)}`);
          if (answer.card) newest = answer.card as Card;
          look(await bot.posted(), `${press.who} pressing ${label}`);
        }
      }),
      { numRuns: process.env.GENDAN_LONG ? 500 : 30 },
    );
    // the test would prove nothing if nothing was said
    expect(cards).toBeGreaterThan(50);
    expect(privately).toBeGreaterThan(10);
  }, 1_800_000);

  it('the canaries are really there to be seen, in private, by those whom they concern', async () => {
    expect(wordsOf(await bot.say('ou_chen', '/订单 查看 SO-1001'))).toMatch(canaries);
    expect(wordsOf(await bot.say('ou_hr', '/人员 列表'))).toMatch(canaries);
    expect(wordsOf(await bot.say('ou_li', '/订单 查看 SO-1001'))).not.toMatch(canaries);
  });

  it('a private card that its owner forwards into the group shows nothing there, also before we know its message id', async () => {
    const [inPrivate] = await bot.say('ou_chen', '/订单 查看 SO-1001');
    const over = { chatId: GROUP, messageId: 'om_forwarded' };
    expect(await bot.press('ou_chen', cardIn(inPrivate), '刷新', undefined, over)).toEqual({
      toast: expect.objectContaining({ tone: 'warning' }),
    });
    expect(wordsOf((await bot.press('ou_chen', cardIn(inPrivate), '刷新')).card)).toMatch(canaries);
  });

  it('somebody who never spoke to us in private is held to the same', async () => {
    await bot.say('ou_chen', '/帮助', { group: true });
    const told = noticeCard('你的事', 'info', [{ label: '按', action: does('whoami') }]);
    await sendCard(database.db, { to: { person: 'ou_canary' } }, told, { now });
    const [entry] = await bot.posted();
    const press = (chatId: string) =>
      bot.press('ou_canary', cardIn(entry), '按', undefined, { chatId, messageId: `om_in_${chatId}` });
    expect(await press(GROUP)).toEqual({ toast: expect.objectContaining({ tone: 'warning' }) });
    expect(wordsOf((await press('oc_p2p_ou_canary')).card)).toMatch(canaries);
  });
});

/** The label of the first button that does this. */
function labelOf(card: Card, command: string): string | undefined {
  let found: string | undefined;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === 'object') {
      const element = node as { tag?: string; text?: { content: string } };
      if (element.tag === 'button' && JSON.stringify(element).includes(command)) found ??= element.text?.content;
      Object.values(element).forEach(walk);
    }
  };
  walk(card.body);
  return found;
}

/** A card as words, without what differs on every card that is sent. */
const plainly = (posted: Awaited<ReturnType<TestBot['say']>>, ...typed: string[]) =>
  posted
    .map(({ lane, job }) => `${lane} ${wordsOf(job)}`)
    .join('\n')
    .replace(/"(card|cardKey)":"[0-9a-f]{20}"|_=[0-9a-f]{20}|"messageId":"[^"]+"/g, '')
    .replaceAll(new RegExp(typed.filter(Boolean).join('|'), 'g'), '…');

describe('no oracle: what one may not know looks like what there is not', () => {
  const about = commands
    // who works here is no secret among colleagues; whether there is something of theirs to see is
    .filter(({ answers, name }) => answers === 'private' && /^(pay|people) /.test(name))
    .flatMap((command) =>
      registry
        .argumentsOf(command)
        .filter(({ field }) => field.kind === 'person')
        .slice(0, 1)
        .map((argument) => [command, argument.name] as const),
    );

  it('there is something private to ask about people', () => {
    expect(about.length).toBeGreaterThan(0);
  });

  it('somebody with records, and somebody without, give those who may not see them the very same answer', async () => {
    for (const line of [
      '/考核事件 登记 C9001 JW-K3 金额=200 原因="误了船期"',
      '/工时 登记 C9001 10月 应出勤=176 实出勤=168',
    ])
      expect(wordsOf(await bot.say('ou_hr', line)), line).toContain(CANARY_NAME);
    const outcomeOf = async (line: string, openId: string) => {
      const said = await bot.say(openId, line, { group: true });
      const number = ({ eventId }: { eventId: string }) => Number(eventId.slice('event-'.length));
      const rows = (await database.db.select().from(inbox)).sort((a, b) => number(a) - number(b));
      return { said, refused: rows.at(-1)!.outcome === 'refused' };
    };
    let refusals = 0;
    for (const [command, argument] of about)
      for (const openId of ['ou_chen', 'ou_li', 'ou_wang', 'ou_fang', 'ou_hr', 'ou_nobody']) {
        const month = registry.argumentsOf(command).some(({ name }) => name === 'month') ? ' month=2026-10' : '';
        const real = await outcomeOf(`/${command.name} ${argument}=C9001${month}`, openId);
        const unreal = await outcomeOf(`/${command.name} ${argument}=C9002${month}`, openId);
        if (real.refused) {
          refusals++;
          expect(plainly(real.said, 'C9001', CANARY_NAME), `${openId} ${command.name}`).toBe(
            plainly(unreal.said, 'C9002', '无记录'),
          );
        }
        const inGroup = ({ said }: typeof real) =>
          toGroup(said)
            .join()
            .replace(/om_[\w-]+|[0-9a-f]{20}/g, '');
        expect(inGroup(real)).toBe(inGroup(unreal));
      }
    expect(refusals).toBeGreaterThan(10);
  });

  it('whether somebody is on the roster at all, only those hear who may see it', async () => {
    for (const word of ['show', 'set'])
      expect(plainly(await bot.say('ou_chen', `/people ${word} C9001 department=x`), 'C9001')).toBe(
        plainly(await bot.say('ou_chen', `/people ${word} C9999 department=x`), 'C9999'),
      );
  });

  it('the group hears the same four words, whether the answer was yes, no, or not understood', async () => {
    const heard = new Set<string>();
    for (const [openId, line] of [
      ['ou_hr', '/人员 查看 C9001'],
      ['ou_hr', '/人员 查看 没有这个人'],
      ['ou_chen', '/人员 查看 C9001'],
      ['ou_nobody', '/人员 列表'],
      ['ou_hr', '/人员 查看'],
      ['ou_hr', '/人员 查开 陈静'],
      ['ou_chen', '/人员 列表 角色=“'],
    ] as const)
      heard.add(
        toGroup(await bot.say(openId, line, { group: true }))
          .join()
          .replace(/om_[\w-]+|[0-9a-f]{20}/g, ''),
      );
    expect([...heard]).toHaveLength(1);
  });

  it('asks the database the same questions, too, so that the time it takes says nothing either', async () => {
    const logged = vi.spyOn(NoopLogger.prototype, 'logQuery');
    try {
      const asked = async (line: string): Promise<string[]> => {
        logged.mockClear();
        await bot.receive(bot.message('ou_chen', line, { group: true }));
        // in which order those asked at once leave depends on the connections
        return (logged.mock.calls as unknown as [text: string][]).map(([text]) => text).sort();
      };
      // what is read once and then kept has been read
      await asked('/人员 查看 C9002');
      const real = await asked('/人员 查看 C9001');
      expect(real.length).toBeGreaterThan(3);
      expect(await asked('/人员 查看 C9999')).toEqual(real);
    } finally {
      logged.mockRestore();
    }
  });
});
