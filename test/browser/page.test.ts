import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { phone, type Stage, startPage } from './support.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startPage();
});
beforeEach(() => stage.fresh());
afterEach(async () => {
  await stage.closePages();
  expect(stage.problems()).toEqual([]);
});
afterAll(() => stage.stop());

describe('the page comes quickly and is kept', () => {
  it('weighs under a megabyte before a chart', async () => {
    const names = ['', 'playground/assets/page.js', 'playground/assets/page.css'];
    const answers = await Promise.all(names.map((name) => fetch(`${stage.base}/${name}`)));
    const sizes = await Promise.all(answers.map(async (answer) => (await answer.arrayBuffer()).byteLength));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000);
    const page = await stage.open();
    expect(
      await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name).join(' ')`),
    ).not.toContain('vchart');
  });

  it('is compressed, named by its content, and answers 304 to who has it', async () => {
    const first = await fetch(`${stage.base}/playground/assets/page.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(first.headers.get('content-encoding')).toBe('gzip');
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${stage.base}/playground/assets/page.js`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const html = await (await fetch(stage.base)).text();
    expect(html).toContain(`page.js?v=${etag.replaceAll('"', '')}`);
  });
});

describe('chats and people', () => {
  it('lists chats with unread marks and previews, and reads what is opened', async () => {
    const page = await stage.open({ chat: 'oc_li_wang' });
    const group = page.locator('[data-chat-id=oc_group][data-testid=chat-item]');
    await expect.poll(() => group.locator('.badge').textContent()).toMatch(/^\d+$/);
    expect(await group.textContent()).toContain('业务一部跟单群');
    await group.click();
    await page.getByTestId('message').filter({ hasText: 'SO-1042 今天要出货' }).waitFor();
    await expect.poll(() => group.locator('.badge').count()).toBe(0);
    stage.fake.fromBot('oc_cards', '新消息');
    await expect
      .poll(() => page.locator('[data-chat-id=oc_cards][data-testid=chat-item]').textContent())
      .toContain('跟单: 新消息');
  });

  it('shows recalled messages, quotes, threads, files and links', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByText('你撤回了一条消息').waitFor();
    expect(await page.getByTestId('quoted').first().textContent()).toContain('回复 李敏: @跟单 /订单 查看 SO-1042');
    expect(await page.getByText('装箱单-SO-1042.xlsx').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'https://example.com/mark' }).getAttribute('href')).toBe(
      'https://example.com/mark',
    );
    expect(await page.getByText('核对过了').count()).toBe(0);
    await page.getByTestId('thread-link').click();
    const thread = page.getByTestId('thread');
    await thread.getByText('核对过了').waitFor();
    await thread.getByTestId('composer-input').fill('收到');
    await thread.getByTestId('composer-input').press('Enter');
    await thread.getByTestId('message').filter({ hasText: '收到' }).waitFor();
    expect(stage.fake.said.at(-1)?.say).toMatchObject({ text: '收到', inThread: true });
  });

  it('lets one be anybody, by firm, and see the same group as two people', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByTestId('person-switch').click();
    const panel = page.getByTestId('person-panel');
    expect(await panel.locator('h4').allTextContents()).toEqual(['吉旺服装', '远帆外贸']);
    await panel.locator('[data-open-id=ou_zhao]').click();
    await page.locator('[data-testid=pane][data-as=ou_zhao][data-chat-id=oc_group]').waitFor();

    await page.getByTestId('person-switch').click();
    await page.locator('.person-row', { hasText: '王建国' }).getByTestId('beside').click();
    const second = page.locator('[data-testid=pane][data-as=ou_wang]');
    await second.getByTestId('composer-input').fill('我是主管');
    await second.getByTestId('send').click();
    const first = page.locator('[data-testid=pane][data-as=ou_zhao]');
    await first.getByTestId('message').filter({ hasText: '我是主管' }).waitFor();
    expect(await second.locator('.message.mine', { hasText: '我是主管' }).count()).toBe(1);
    expect(await first.locator('.message.mine', { hasText: '我是主管' }).count()).toBe(0);
    await second.getByTestId('close-beside').click();
    await expect.poll(() => page.getByTestId('pane').count()).toBe(1);
  });

  it('opens the private chat with the bot by writing to it', async () => {
    const page = await stage.open({ as: 'ou_zhao', chat: 'bot' });
    await page.getByTestId('composer-input').fill('你好');
    await page.getByTestId('composer-input').press('Enter');
    await page.locator('[data-testid=pane][data-chat-id=oc_bot_ou_zhao]').getByText('你好', { exact: true }).waitFor();
    expect(stage.fake.said.map(({ say }) => say)).toEqual([{ as: 'ou_zhao', text: '你好' }]);
    await page.getByTestId('menu-item').first().click();
    await expect.poll(() => stage.fake.menus).toEqual(['orders_mine']);
  });

  it('works on a phone: list, chat, back', async () => {
    const page = await stage.open({ screen: phone });
    expect(await page.getByTestId('pane').count()).toBe(0);
    await page.locator('[data-chat-id=oc_group]').click();
    await page.getByTestId('message').first().waitFor();
    expect(await page.getByTestId('chat-item').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    await page.getByTestId('back').click();
    await page.getByTestId('chat-item').first().waitFor();
    await page.getByTestId('phone-tools').click();
    await page.getByTestId('open-wire').click();
    await page.getByTestId('wire-panel').waitFor();
    await page.getByTestId('close-panel').click();
    await page.getByTestId('clock-menu').click();
    await page.getByTestId('clock-day').click();
    await page.getByTestId('clock-journey').waitFor();
  });
});

describe('writing', () => {
  it('completes mentions of members, everyone and the bot with the keyboard', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    const input = page.getByTestId('composer-input');
    await input.pressSequentially('@');
    const lines = page.getByTestId('mention-panel').getByTestId('candidate');
    expect(await lines.locator('.candidate-title').allTextContents()).toEqual(['跟单', '王建国', '赵丽华', '所有人']);
    await input.press('ArrowDown');
    await input.press('Enter');
    await input.pressSequentially('请看 @跟');
    await input.press('Tab');
    await input.pressSequentially('/help');
    expect(await input.inputValue()).toBe('@王建国 请看 @跟单 /help');
    await input.press('Enter');
    await expect
      .poll(() => stage.fake.said.at(-1)?.say.text)
      .toBe('<at id="ou_wang"></at> 请看 <at id="ou_bot"></at> /help');
  });

  it('offers the slash commands with descriptions, filters them, and calls the bot in a group', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    const input = page.getByTestId('composer-input');
    await input.pressSequentially('/');
    const panel = page.getByTestId('slash-panel');
    expect(await panel.getByTestId('candidate').count()).toBe(6);
    await input.pressSequentially('订单 列');
    expect(await panel.getByTestId('candidate').allTextContents()).toEqual(['/订单 列表我手上的订单']);
    await input.press('Escape');
    expect(await panel.count()).toBe(0);
    await input.pressSequentially('表');
    await input.press('Backspace');
    await input.press('Tab');
    expect(await input.inputValue()).toBe('@跟单 /订单 列表 ');
    await input.press('Enter');
    await expect.poll(() => stage.fake.said.at(-1)?.say.text).toBe('<at id="ou_bot"></at> /订单 列表');
  });

  it('hints that the bot only hears mentions, and puts one in', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    const input = page.getByTestId('composer-input');
    await input.fill('订单怎么样了');
    await page.getByTestId('mention-hint').getByRole('button').click();
    expect(await input.inputValue()).toBe('@跟单 订单怎么样了');
    expect(await page.getByTestId('mention-hint').count()).toBe(0);
    await input.press('Shift+Enter');
    await input.pressSequentially('第二行');
    await input.press('Enter');
    await expect.poll(() => stage.fake.said.at(-1)?.say.text).toBe('<at id="ou_bot"></at> 订单怎么样了\n第二行');
  });

  it('answers a message and takes one back', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    const message = page.getByTestId('message').filter({ hasText: 'SO-1042 今天要出货' });
    await message.hover();
    await message.getByRole('button', { name: '回复', exact: true }).click();
    await page.getByTestId('answering').waitFor();
    await page.getByTestId('composer-input').fill('好的');
    await page.getByTestId('send').click();
    const answer = page.locator('.message.mine', { hasText: '好的' });
    await answer.getByTestId('quoted').waitFor();
    expect(stage.fake.said.at(-1)?.say.replyTo).toBeDefined();
    await answer.hover();
    await answer.getByRole('button', { name: '撤回' }).click();
    await expect.poll(() => page.getByText('你撤回了一条消息').count()).toBe(2);
  });

  it('sends files and photos by button, paste and drop', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.getByTestId('file-input').setInputFiles([
      { name: '订单.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') },
      { name: '样衣.png', mimeType: 'image/png', buffer: png },
    ]);
    await page.getByTestId('attachments').waitFor();
    await page.getByTestId('composer-input').fill('请看附件');
    await page.getByTestId('send').click();
    await expect
      .poll(() => stage.fake.said.map(({ say }) => [say.file?.name, say.image, say.text].filter(Boolean).join(' + ')))
      .toEqual(['订单.csv', 'img_up_2 + 请看附件']);
    await page.locator('.message .bubble.image img').waitFor();
    for (const kind of ['paste', 'drop']) {
      await page.evaluate(`{
        const data = new DataTransfer();
        data.items.add(new File(['x'], '${kind}.txt', { type: 'text/plain' }));
        const how = { clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true };
        const event = '${kind}' === 'paste' ? new ClipboardEvent('paste', how) : new DragEvent('drop', how);
        document.querySelector('[data-testid=composer-input]').dispatchEvent(event);
      }`);
    }
    await expect.poll(() => page.locator('.attachment').allTextContents()).toEqual(['paste.txt', 'drop.txt']);
  });
});

describe('tools', () => {
  it('moves the clock and tells what the bot sent on the way', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    expect(await page.getByTestId('clock-now').textContent()).toContain('2026年10月8日 周四 09:12');
    await page.getByTestId('clock-month-end').click();
    await page.getByTestId('clock-journey').getByText('途中机器人发出 1 次').waitFor();
    expect(await page.getByTestId('clock-now').textContent()).toContain('10月31日 周六');
    await page.getByText('今天有 1 张订单到期').first().waitFor();
  });

  it('shows the wire with signatures and attempts, and only what failed', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByTestId('open-wire').click();
    const entries = page.getByTestId('wire-entry');
    await expect.poll(() => entries.count()).toBeGreaterThan(3);
    await page.getByTestId('wire-failed').check();
    expect(await entries.count()).toBe(1);
    expect(await entries.first().textContent()).toContain('第 2 次');
    await entries.first().getByRole('button').click();
    expect(await entries.first().textContent()).toContain('x-lark-signature');
    stage.fake.addWire('from-bot', 'send card to 李敏', true);
    await expect.poll(() => entries.count()).toBe(2);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('wire-panel').count()).toBe(0);
  });

  it('switches faults on and off', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByTestId('open-faults').click();
    await page.getByTestId('fault-duplicate').check();
    await page.getByTestId('fault-rateLimited-0.5').click();
    await page.getByText('2 个故障已打开').waitFor();
    const faults = await (await fetch(`${stage.base}/playground/api/faults`)).json();
    expect(faults).toMatchObject({ duplicate: true, rateLimited: 0.5, slowMs: 0 });
  });

  it('guides: is the person, types the text, moves the clock', async () => {
    const page = await stage.open({ as: 'ou_zhao' });
    await page.getByTestId('open-tour').click();
    await page.getByTestId('tour-type').click();
    const pane = page.locator('[data-testid=pane][data-as=ou_li][data-chat-id=oc_group]');
    await expect
      .poll(() => pane.getByTestId('composer-input').inputValue())
      .toBe('@跟单 /订单 更新 SO-1042 阶段=缝制 数量=800');
    await pane.getByTestId('send').click();
    await expect.poll(() => stage.fake.said.at(-1)?.say.text).toMatch(/^<at id="ou_bot"><\/at> \/订单 更新/);
    await page.getByTestId('tour-next').click();
    await page.getByTestId('tour-be').click();
    await page.locator('[data-testid=pane][data-as=ou_wang]').waitFor();
    await page.getByTestId('tour-next').click();
    await page.getByTestId('tour-clock').click();
    await expect.poll(() => page.getByTestId('clock-now').textContent()).toContain('10月31日');
  });

  it('starts over only after asking', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByTestId('composer-input').fill('会消失');
    await page.getByTestId('send').click();
    const mine = page.getByTestId('message').filter({ hasText: '会消失' });
    await mine.waitFor();
    await page.getByTestId('reset').click();
    await page.getByTestId('confirm-no').click();
    expect(await mine.count()).toBe(1);
    await page.getByTestId('reset').click();
    await page.getByTestId('confirm-yes').click();
    await expect.poll(() => mine.count()).toBe(0);
  });

  it('speaks English when asked, cards included, and remembers', async () => {
    const page = await stage.open({ chat: 'oc_cards' });
    await page.getByTestId('language').click();
    await page.getByPlaceholder('Search groups and people').waitFor();
    await page.getByRole('heading', { name: 'Order SO-1042' }).waitFor();
    await page.reload();
    await page.getByPlaceholder('Search groups and people').waitFor();
  });

  it('connects again when the stream breaks, and shows what was said meanwhile', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.getByTestId('message').first().waitFor();
    stage.fake.dropStreams();
    stage.fake.fromBot('oc_group', '断线时说的话');
    await page.getByTestId('message').filter({ hasText: '断线时说的话' }).waitFor();
    await expect.poll(() => page.getByTestId('reconnecting').count()).toBe(0);
    stage.fake.fromBot('oc_group', '重连后说的话');
    await page.getByTestId('message').filter({ hasText: '重连后说的话' }).waitFor();
  });

  it('says in words that the server is gone, and comes back', async () => {
    const page = await stage.open({ chat: 'oc_group' });
    await page.context().setOffline(true);
    await page.getByTestId('composer-input').fill('没网');
    await page.getByTestId('send').click();
    await page.getByTestId('toast').filter({ hasText: '连不上服务' }).waitFor();
    expect(await page.getByTestId('composer-input').inputValue()).toBe('没网');
    await page.context().setOffline(false);
    await page.getByTestId('send').click();
    await page.getByTestId('message').filter({ hasText: '没网' }).waitFor();
    stage.forgive(/ERR_INTERNET_DISCONNECTED/);
  });
});

describe('by the keyboard alone', () => {
  it('everything is reached by Tab, shows where it is, and a chat is opened, written in and clicked in', async () => {
    const page = await stage.open({ chat: 'oc_cards' });
    await page.getByTestId('card').first().waitFor();
    const seen = new Set<string>();
    const hidden: string[] = [];
    // once around the page: the first one comes again
    for (let steps = 0; steps < 400; steps++) {
      await page.keyboard.press('Tab');
      const at = (await page.evaluate(`(() => {
        const node = document.activeElement;
        if (!node || node === document.body) return undefined;
        const box = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || node.matches('textarea, input');
        const name = node.dataset.testid ?? node.getAttribute('aria-label') ?? node.textContent.trim().slice(0, 30) ?? node.tagName;
        const key = node.dataset.chatId ? name + ' ' + node.dataset.chatId : name;
        return { key, shown: box.width > 0 && box.height > 0 && ring };
      })()`)) as { key: string; shown: boolean } | undefined;
      if (!at) break;
      seen.add(at.key);
      if (!at.shown) hidden.push(at.key);
    }
    expect(hidden).toEqual([]);
    for (const wanted of [
      'open-tour',
      'open-wire',
      'open-faults',
      'language',
      'reset',
      'person-switch',
      'clock-day',
      'chat-item oc_group',
      'composer-input',
      'card-select',
    ])
      expect([...seen]).toContain(wanted);

    const group = page.locator('[data-chat-id=oc_group][data-testid=chat-item]');
    await group.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=pane][data-chat-id=oc_group]').waitFor();
    await page.getByTestId('composer-input').focus();
    await page.keyboard.type('只用键盘');
    await page.keyboard.press('Enter');
    await page.getByTestId('message').filter({ hasText: '只用键盘' }).waitFor();
  });
});
