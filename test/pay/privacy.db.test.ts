import { expect, it } from 'vitest';
import type { Log } from '#bot/log';
import type { Card } from '#cards/kit';
import { commands } from '#commands/index';
import { audit } from '#db/schema';
import { payAsks } from '#db/tables/pay';
import { payRoom } from '#test/support/pay-room';
import { doJobs, lockMonthByBot, under } from '#test/support/payroll';

const logged: unknown[] = [];
const log = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [
    level,
    (...words: unknown[]) => logged.push(words),
  ]),
) as unknown as Log;

const room = await payRoom({
  log,
  async before() {
    logged.length = 0;
  },
});

/** Amounts that exist nowhere else, in every way in which they could be written. */
const canary = { chen: /43,?210\.98|4321098|43,?654\.32|4365432/, li: /54,?321\.87|5432187|54,?765\.43|5476543/ };
const everybody = ['ou_chen', 'ou_li', 'ou_wang', 'ou_fang', 'ou_zhao', 'ou_hr', 'ou_admin', 'ou_nobody'];
const maySeeAll = ['ou_fang', 'ou_hr'];
/** Totals of one person may be seen by the approver in the check list, where they changed much. */
const maySee: Record<string, string[]> = { chen: ['ou_chen', ...maySeeAll], li: ['ou_li', ...maySeeAll] };

async function settle(): Promise<void> {
  await under(room.db, room.people.chen, 'lb', { wage: 43210_98n });
  await under(room.db, room.people.li, 'lb', { wage: 54321_87n });
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-10 销售额=886680 得分=100');
  await room.bot.say('ou_fang', '/工资 事实 李敏 2026-10 销售额=887120 得分=100');
  await lockMonthByBot(room.bot, room.db);
  await room.bot.say('ou_fang', '/工资 发工资条 2026-10');
  await doJobs(room.db);
}

/**
 * Every command there is. Those of pay in every way that might tell: about oneself, about each of the two, and as its own example says;
 * the others as their examples say, once about the one whose pay it is.
 */
const isPay = (name: string) => /^(pay\b|scheme\b|工资|方案)/.test(name);
const questions = commands
  .filter(({ name }) => !/^pay (run|lock)/.test(name))
  .flatMap(({ name, example }) => [
    example.zh.replace('10月', '2026-10'),
    ...(isPay(name)
      ? [`/${name} 2026-10`, `/${name} 2026-10 person=陈静`, `/${name} 2026-10 person=李敏`]
      : [`/${name} 陈静`]),
  ]);

it('no amount of anybody ever reaches a group, a title, a preview, a log, or somebody who may not see it', async () => {
  await settle();
  await room.bot.posted();
  const leaks: string[] = [];
  const toldTo = new Set<string>();
  for (const openId of everybody) {
    let minute = 0;
    for (const words of questions)
      for (const group of isPay(words.slice(1)) ? [true, false] : [minute % 2 === 0]) {
        // half a minute later each, so that the limit on questions does not silence the later ones
        minute += 0.5;
        room.bot.at(new Date(Date.UTC(2026, 10, 23, 3, 0) + minute * 60_000).toISOString());
        await room.bot.receive(room.bot.message(openId, words, { group }));
      }
    for (const { lane, job } of await room.bot.posted()) {
      if (!('content' in job)) continue;
      const said = JSON.stringify(job);
      const card = job.content.type === 'card' ? (job.content.card as Card) : undefined;
      const head = card ? JSON.stringify([card.header, card.config]) : said;
      for (const [whose, pattern] of Object.entries(canary)) {
        if (pattern.test(head)) leaks.push(`title of ${whose}, asked by ${openId}`);
        if (!pattern.test(said)) continue;
        toldTo.add(`${whose} to ${lane}`);
        if (!maySee[whose]!.includes(lane.replace('person:', '')))
          leaks.push(`${whose} to ${lane}, asked by ${openId}`);
      }
    }
  }
  await doJobs(room.db).catch(() => undefined);
  expect(leaks).toEqual([]);
  // and those who may see it did
  expect([...toldTo].sort()).toEqual([
    'chen to person:ou_chen',
    'chen to person:ou_fang',
    'chen to person:ou_hr',
    'li to person:ou_fang',
    'li to person:ou_hr',
    'li to person:ou_li',
  ]);
  expect(JSON.stringify(logged)).not.toMatch(canary.chen);
  expect(JSON.stringify(await room.db.select().from(payAsks).orderBy(payAsks.id))).not.toMatch(canary.chen);
  const rows = (await room.db.select().from(audit)).filter(
    ({ command }) => command.startsWith('pay') && command !== 'pay facts',
  );
  expect(JSON.stringify(rows).replace(/[0-9a-f]{64}/g, '')).not.toMatch(/43210|4321098|43654/);
}, 300_000);

it('who asked for whose pay is on record, without the amount', async () => {
  await settle();
  await room.bot.say('ou_fang', '/工资 2026-10 人员=陈静');
  await room.bot.say('ou_chen', '/工资 为什么 LB-P1 2026-10');
  expect(
    (await room.db.select().from(payAsks).orderBy(payAsks.id)).map(({ by, about, what }) => [by, about, what]),
  ).toEqual([
    [room.people.fang.id, `person:${room.people.chen.id}:2026-10`, 'show'],
    [room.people.chen.id, `person:${room.people.chen.id}:2026-10`, 'why'],
  ]);
});

it('the line sees pay only after the company has said so', async () => {
  await settle();
  const seen = async () => JSON.stringify(await room.bot.say('ou_wang', '/工资 2026-10 人员=陈静'));
  expect(await seen()).not.toMatch(canary.chen);
  await room.bot.say('ou_hr', '/工资 设置 上级可见=是');
  expect(await seen()).toMatch(canary.chen);
  expect(JSON.stringify(await room.bot.say('ou_li', '/工资 2026-10 人员=陈静'))).not.toMatch(canary.chen);
});
