import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '#app/app';
import { readConfig } from '#app/config';
import { startPlayground } from '#app/start-playground';
import { silent } from '#bot/log';
import { demoGroups } from '#playground/demo/groups';
import { browse, cardWith, choose, desktop, phone } from './support.ts';

/** The README's pictures are taken on the way: `GENDAN_PICTURES=1` puts them into docs/images, otherwise they go to test-results. */
const pictures = process.env.GENDAN_PICTURES === '1' ? 'docs/images' : 'test-results';

let dataDir: string;
let app: App;
let browser: Awaited<ReturnType<typeof browse>>;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'gendan-walk-'));
  app = await start();
  browser = await browse(app.url);
});
afterAll(async () => {
  await browser?.stop();
  await app?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(async () => {
  expect(browser.problems()).toEqual([]);
  await browser.closePages();
});

const start = () => startPlayground(readConfig({ PORT: '0', DATA_DIR: dataDir }), silent);

const shoot = (page: Page, name: string) => page.screenshot({ path: `${pictures}/${name}.png` });

/** Types into the composer as a person does: a mention by completion, then the line. */
async function say(page: Page, text: string, { mention = false } = {}): Promise<void> {
  const box = page.getByTestId('composer-input');
  await box.click();
  if (mention) {
    await box.pressSequentially('@跟单');
    await page.keyboard.press('Enter');
  }
  await box.pressSequentially(text);
  await page.keyboard.press('Escape');
  await page.getByTestId('send').click();
}

const lastCard = (page: Page) => page.getByTestId('card').last();

describe('the product, lived through in a browser', () => {
  it('a merchandiser logs progress in the group, opens the form and submits it', async () => {
    const page = await browser.open({ as: 'ou_chen', chat: demoGroups.jw, screen: desktop });
    await say(page, '/order update SO-1001 缝制 800件 备注=“袖口返工”', { mention: true });
    const card = cardWith(page, 'SO-1001').last();
    await card.getByText('缝制 800/1200').waitFor({ timeout: 1_000 });
    await card.scrollIntoViewIfNeeded();
    await shoot(page, 'order-card');

    await card.getByRole('button', { name: '登记进度' }).click();
    const form = cardWith(page, '登记订单进度').last();
    await form.getByTestId('card-select').first().click();
    await choose(page, '后整');
    await form.getByPlaceholder(/累计完成多少/).fill('450');
    await shoot(page, 'order-form');
    await form.getByRole('button', { name: '提交' }).click();
    await cardWith(page, 'SO-1001').last().getByText('后整 450/1200').waitFor();
  });

  it('after kill and restart everything is still there', async () => {
    await app.stop();
    app = await start();
    // the restarted playground has another port
    await browser.stop();
    browser = await browse(app.url);
    const page = await browser.open({ as: 'ou_chen', chat: demoGroups.jw });
    await cardWith(page, 'SO-1001').last().getByText('后整 450/1200').waitFor();
    await cardWith(page, 'SO-1001').last().getByRole('button', { name: '刷新' }).click();
    await page.waitForTimeout(300);
    expect(await page.getByTestId('toast').allTextContents()).toEqual([]);
  });

  it('a mistake is answered with what was understood and what was not', async () => {
    const page = await browser.open({ as: 'ou_chen', chat: demoGroups.jw });
    await say(page, '/订单 更新 SO-1001 包装 99999件', { mention: true });
    await lastCard(page).getByText('超过订单 SO-1001').waitFor();
    await shoot(page, 'mistake');
  });

  it('the manager asks in private what is overdue', async () => {
    const page = await browser.open({ as: 'ou_wang', chat: 'bot' });
    await say(page, '/订单 列表 超期');
    const card = cardWith(page, '超期订单').last();
    await card.getByText('SO-1001').waitFor();
    await shoot(page, 'overdue-list');
    await card.getByRole('button', { name: '查看' }).first().click();
    await cardWith(page, 'SO-1001').last().getByRole('button', { name: '登记进度' }).waitFor();
  });

  it('what is personal stays private: the group sees only that it was told', async () => {
    const page = await browser.open({ as: 'ou_wang', chat: demoGroups.jw });
    await say(page, '/人员 列表 跟单员', { mention: true });
    await lastCard(page).getByText('已私信你').waitFor();
    expect(await lastCard(page).textContent()).not.toContain('陈静');
  });

  it('works on a phone: list, chat, form', async () => {
    const page = await browser.open({ as: 'ou_li', screen: phone });
    await shoot(page, 'phone-chats');
    await page.getByTestId('chat-item').first().click();
    await say(page, '/订单 更新 SO-1002', { mention: true });
    const form = cardWith(page, '登记订单进度').last();
    await form.getByRole('button', { name: '提交' }).waitFor();
    await shoot(page, 'phone-form');
    const { scrollWidth, clientWidth } = (await page.evaluate(
      '({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })',
    )) as { scrollWidth: number; clientWidth: number };
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });

  it('no card of the walk shows an unknown part', async () => {
    for (const chat of [demoGroups.jw, 'bot']) {
      const page = await browser.open({ as: 'ou_wang', chat });
      await page.getByTestId('card').first().waitFor();
      expect(await page.getByTestId('unknown-part').count()).toBe(0);
    }
  });
});
