import { beforeEach, describe, expect, it } from 'vitest';
import { jobs } from '#db/schema';
import { payAsks } from '#db/tables/pay';
import { demoGroups } from '#playground/demo/groups';
import type { Message } from '#playground/page-api';
import { type Live, live, PATIENCE_MS } from '#test/support/app';
import { freshDatabase } from '#test/support/room';

/** `/pay why`: from a fact to the very message in which it was said. */

const database = await freshDatabase();
let run: Live;
beforeEach(async () => {
  run = await live(database);
  return () => run.stop();
});

const group = demoGroups.jw;
const WHY_SHIPPED = '/工资 为什么 JW-P1.2';
const WHY_INCIDENT = '/工资 为什么 JW-K5';
const shipped = '/订单 出货 SO-1001 500件 已通知=客户';
const incident = '/考核事件 登记 陈静 JW-K5 订单=SO-1001 原因=“抽查报表晚交两天”';
/** What 陈静 is answered; she is also told of incidents meanwhile. */
async function why(line: string, title = '工资是怎么算的'): Promise<Message> {
  const said = run.standIn.world.say('ou_chen', 'bot', line);
  return run.standIn.world.until(() => {
    const messages = run.standIn.world.messagesIn(said.chatId);
    const since = messages.slice(messages.findIndex(({ messageId }) => messageId === said.messageId));
    return since.find((one) => wordsOf(one).includes(title));
  }, PATIENCE_MS);
}

/** An order of 陈静 of which a part is shipped, and an incident by the manager; both said in the group, others talk in between. */
async function recorded(): Promise<void> {
  run.standIn.world.say('ou_li', group, '早');
  await run.ask('ou_chen', group, '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2028-12-20 单价=35 加工费=16800');
  run.standIn.world.say('ou_li', group, '客户下午来');
  await run.ask('ou_chen', group, shipped);
  await run.ask('ou_wang', group, incident);
  run.standIn.world.say('ou_li', group, '好');
}

const saidIn = (chat: string, text: string): Message =>
  run.standIn.world.messagesIn(chat).find(({ content }) => JSON.stringify(content).includes(text))!;
const wordsOf = ({ messageId }: Message): string => run.standIn.world.message(messageId)?.content ?? '';
/** In the order in which they stand on the card, each once. */
const linksOn = (card: Message): string[] => [
  ...new Set([...wordsOf(card).matchAll(/\]\((https:\/\/applink[^)]+)\)/g)].map(([, url]) => url!)),
];
const opened = (url: string, as: string) => run.standIn.world.open(as, url);
/** The card once it opens messages. */
const untilLinked = (card: Message) => run.standIn.world.until(() => wordsOf(card).includes('position='), PATIENCE_MS);
const calls = () => run.standIn.record.callsOf('get');
const jobsDone = () =>
  expect
    .poll(async () => (await database.db.select().from(jobs)).map(({ state }) => state).every((one) => one === 'done'))
    .toBe(true);

describe('the link of a source', () => {
  it('opens the very message of the merchandiser and of the manager, which the platform is asked for once', async () => {
    await recorded();
    const first = await why(WHY_SHIPPED);
    await untilLinked(first);
    expect(linksOn(first).map((url) => opened(url, 'ou_chen'))).toContainEqual({
      chatId: group,
      messageId: saidIn(group, shipped).messageId,
    });
    const second = await why(WHY_INCIDENT);
    await untilLinked(second);
    expect(opened(linksOn(second)[0]!, 'ou_chen')).toEqual({
      chatId: group,
      messageId: saidIn(group, incident).messageId,
    });
    // who is not in that chat opens nothing
    expect(() => opened(linksOn(second)[0]!, 'ou_ma')).toThrow('你不在这个聊天里');

    const asked = calls().length;
    const again = await why(WHY_INCIDENT);
    expect(linksOn(again)).toEqual(linksOn(second));
    expect(calls()).toHaveLength(asked);
    // shown again by the bot itself: nobody asked for pay
    expect(await database.db.select().from(payAsks)).toHaveLength(3);
  });

  it('comes to a card that was tapped open, too, and its buttons go on working', async () => {
    await recorded();
    const card = await why('/工资', '预估');
    await run.standIn.world.press('ou_chen', card.messageId, '为什么');
    await untilLinked(card);
    expect((await run.standIn.world.press('ou_chen', card.messageId, '返回')).toast).toBeUndefined();
    expect(wordsOf(card)).toContain('工资预估');
  });

  it('leads nowhere for what was said in somebody else’s private chat, and says so', async () => {
    await recorded();
    await run.ask('ou_wang', 'bot', '/考核事件 登记 陈静 JW-K2 订单=SO-1001 原因=“没有封样”');
    const own = await why('/工资 为什么 JW-K2');
    await run.standIn.world.until(() => wordsOf(own).includes('私聊里说的'), PATIENCE_MS);
    expect(linksOn(own)).toEqual([]);
    expect(wordsOf(own)).not.toContain(run.standIn.world.p2pChat('ou_wang')!.chatId);
  });

  it('opens the chat while the platform does not answer, and nobody waits for it', async () => {
    await recorded();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    run.standIn.faults.next('get', { hold: held }, 20);
    const card = await why(WHY_INCIDENT);
    expect(wordsOf(card)).toContain('只能打开聊天');
    expect(opened(linksOn(card)[0]!, 'ou_chen')).toEqual({ chatId: group });
    // whoever has gone on meanwhile keeps what they look at
    await run.standIn.world.press('ou_chen', card.messageId, '返回');
    const goneOn = wordsOf(card);
    release();
    await jobsDone();
    await run.app.answered();
    expect(wordsOf(card)).toBe(goneOn);
    expect(linksOn(await why(WHY_INCIDENT))[0]).toContain('position=');
  });

  it('opens the chat as long as the bot lacks the permission, and the message once it has it', async () => {
    await recorded();
    const { scopes } = run.standIn.world;
    for (const scope of ['im:message', 'im:message:readonly']) scopes.delete(scope);
    const card = await why(WHY_INCIDENT);
    await jobsDone();
    expect(wordsOf(card)).toContain('没有权限');
    expect(opened(linksOn(card)[0]!, 'ou_chen')).toEqual({ chatId: group });
    scopes.add('im:message');
    await run.standIn.clock.advance(61 * 60_000);
    const later = await why(WHY_INCIDENT);
    await untilLinked(later);
  });

  it('opens the chat when the message was taken back', async () => {
    await recorded();
    run.standIn.world.recall('ou_wang', saidIn(group, incident).messageId);
    const card = await why(WHY_INCIDENT);
    await jobsDone();
    await run.app.answered();
    expect(wordsOf(card)).toContain('已撤回');
    expect(opened(linksOn(card)[0]!, 'ou_chen')).toEqual({ chatId: group });
  });
});
