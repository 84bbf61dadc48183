import { Hono } from 'hono';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { group, li, simpleCard, stage as startWorld, type Stage as World, wang } from '#test/playground/fixture';
import { fixture } from './fake-world.ts';
import { cardWith, choose, startBrowser } from './support.ts';

/** The page before the real stand-in, with a bot of a few lines behind it. */
let world: World;
let stage: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  world = await startWorld();
  const api = new Hono();
  api.route('/', world.standIn.routes);
  stage = await startBrowser(api, { startAs: wang });
});
afterEach(async () => {
  await stage.closePages();
  expect(stage.problems()).toEqual([]);
});
afterAll(async () => {
  await stage.stop();
  await world.close();
});

it('begins as whom the host names, carries a message to the bot and shows its card', async () => {
  const page = await stage.open();
  await page.locator(`[data-testid=pane][data-as=${wang}]`).waitFor();
  await page.getByTestId('composer-input').pressSequentially('@跟单');
  await page.keyboard.press('Enter');
  await page.getByTestId('composer-input').pressSequentially('你好');
  await page.getByTestId('send').click();
  await expect.poll(() => world.bot.events('im.message.receive_v1').length).toBe(1);
  const { message } = world.bot.events('im.message.receive_v1')[0];
  expect(message.content).toBe('{"text":"@_user_1 你好"}');
  await world.client.im.v1.message.reply({
    path: { message_id: message.message_id },
    data: { msg_type: 'interactive', content: JSON.stringify(simpleCard('**在**')) },
  });
  const card = cardWith(page, '标题');
  await card.locator('strong', { hasText: '在' }).waitFor();

  world.bot.answer = () =>
    Response.json({ toast: { type: 'success', content: '好' }, card: { type: 'raw', data: simpleCard('已办') } });
  await card.getByRole('button', { name: '确认' }).click();
  await page.getByTestId('toast').filter({ hasText: '好' }).waitFor();
  await card.getByText('已办').waitFor();
  expect(world.bot.events('card.action.trigger').at(-1)).toMatchObject({
    operator: { open_id: wang },
    action: { tag: 'button', value: { do: 'confirm' } },
  });
});

it('draws every reference card that the stand-in accepts, and submits a form', async () => {
  for (const name of ['appraisal-form', 'payslip', 'confirm-dispute']) {
    await world.client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: li, msg_type: 'interactive', content: JSON.stringify(fixture(name)) },
    });
  }
  const page = await stage.open({ as: li, chat: 'bot' });
  await expect.poll(() => page.getByTestId('card').count()).toBe(3);
  expect(await page.getByTestId('unknown-part').count()).toBe(0);
  await expect.poll(() => world.bot.events('im.message.message_read_v1').length).toBeGreaterThan(0);
  await page.getByText('已读').first().waitFor();

  world.bot.answer = () => Response.json({ toast: { type: 'error', content: '请写清楚理由' } });
  const card = cardWith(page, '绩效结果确认');
  await card.locator('[data-name=dispute_items]').click();
  await choose(page, '目标达成');
  await page.keyboard.press('Escape');
  await card.locator('[data-name=dispute_reason]').fill('数据有误');
  await card.getByRole('button', { name: '提交异议' }).click();
  await page.getByTestId('toast').filter({ hasText: '请写清楚理由' }).waitFor();
  expect(await card.locator('[data-name=dispute_reason]').inputValue()).toBe('数据有误');
  expect(world.bot.events('card.action.trigger').at(-1).action).toMatchObject({
    tag: 'button',
    name: 'dispute__APR2026Q3__0042',
    form_value: { dispute_items: ['goals'], dispute_reason: '数据有误', want_talk: true },
  });
});

it('shows the code when the bot fails, and the wire with the failure in it', async () => {
  await world.client.im.v1.message.create({
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: group, msg_type: 'interactive', content: JSON.stringify(simpleCard('会失败')) },
  });
  const page = await stage.open({ as: li, chat: group });
  world.bot.answer = () => new Response('no', { status: 500 });
  await page.getByTestId('open-wire').click();
  await page.getByTestId('card').last().getByRole('button', { name: '确认' }).click();
  await page.getByTestId('toast').filter({ hasText: 'code: 200671' }).waitFor();
  const failed = page.getByTestId('wire-entry').filter({ hasText: 'card.action.trigger' }).first();
  await expect.poll(() => failed.getAttribute('data-failed')).toBe('true');
  await failed.getByRole('button').click();
  expect(await failed.textContent()).toMatch(/x-lark-signature/i);
});

it('says who is missing, and goes on as somebody who is there', async () => {
  const page = await stage.open({ as: 'ou_nobody', landing: 'alert' });
  await page.getByText('没有这个人').waitFor();
  await page.getByRole('button', { name: '重试' }).click();
  await page.locator(`[data-testid=pane][data-as=${wang}]`).waitFor();
  stage.forgive(/404/);
});

it('moves the clock and starts over', async () => {
  const page = await stage.open({ as: li, chat: group });
  await page.getByTestId('clock-next-month').click();
  await expect.poll(() => page.getByTestId('clock-now').textContent()).toContain('2026年4月1日');
  await page.getByTestId('reset').click();
  await page.getByTestId('confirm-yes').click();
  await page.getByText('还没有消息').waitFor();
});

it('a link in a card opens the very message, above what is loaded, also in a topic, and no other window', async () => {
  const { world: people } = world.standIn;
  const early = people.say(li, group, '早先说的');
  const topic = people.say(li, group, { text: '话题里的', replyTo: early.messageId, inThread: true });
  for (let at = 0; at < 120; at += 1) people.say(wang, group, `第${at}句`);
  const link = (words: string) => `https://applink.feishu.cn/client/${words}`;
  const inChat = link(`chat/open?openChatId=${group}&position=1`);
  const inTopic = link(`thread/open?open_thread_id=${topic.threadId}&open_chat_id=${group}&thread_position=0`);
  const strange = link('chat/open?openChatId=oc_elsewhere&position=1');
  await world.client.im.v1.message.create({
    params: { receive_id_type: 'open_id' },
    data: {
      receive_id: li,
      msg_type: 'interactive',
      content: JSON.stringify(simpleCard(`[原消息](${inChat}) [话题](${inTopic}) [别处](${strange})`)),
    },
  });
  const page = await stage.open({ as: li, chat: 'bot' });
  const follow = async (words: string) => {
    await page.goto(`${page.url().split('#')[0]}#as=${li}&chat=bot`);
    await page.getByTestId('card').last().getByRole('link', { name: words }).click();
  };
  const message = (id: string) => page.locator(`[data-testid=pane] .found[data-message-id="${id}"]`);
  await follow('原消息');
  await message(early.messageId).waitFor();
  await expect.poll(() => inView(message(early.messageId))).toBe(true);

  await follow('话题');
  const thread = page.getByTestId('thread');
  await thread.locator(`.found[data-message-id="${topic.messageId}"]`).waitFor();
  // it can be closed, and stays so
  await thread.getByRole('button', { name: '关闭' }).click();
  await expect.poll(() => thread.count()).toBe(0);

  await follow('别处');
  await page.getByTestId('toast').filter({ hasText: '你不在这个聊天里' }).waitFor();
  stage.forgive(/404/);
  expect(page.context().pages()).toHaveLength(1);
});

/** Whether all of it is on the screen. */
async function inView(place: Locator): Promise<boolean> {
  const box = await place.boundingBox();
  const screen = place.page().viewportSize()!;
  return box !== null && box.y >= 0 && box.y + box.height <= screen.height;
}
