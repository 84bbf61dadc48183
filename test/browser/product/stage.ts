import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { readConfig } from '#app/config';
import { type Playground, startPlayground } from '#app/start-playground';
import { silent } from '#bot/log';
import type { Message, World } from '#playground/page-api';
import { browse, cardWith, desktop, type OpenOptions } from '../support.ts';

/** The README's pictures are taken on the way: `GENDAN_PICTURES=1` puts them into docs/images, otherwise they go to test-results. */
const pictures = process.env.GENDAN_PICTURES === '1' ? 'docs/images' : 'test-results';

/** The whole product as `npm start` brings it, on a directory of its own, and a browser that looks at it. */
export async function startProduct() {
  mkdirSync(pictures, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'gendan-walk-'));
  const start = () => startPlayground(readConfig({ PORT: '0', DATA_DIR: dataDir }), silent);
  let app: Playground = await start();
  let browser = await browse(app.url);

  const call = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${app.url}/playground/api/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const world = (as: string) => call<World>(`world?as=${as}`);

  return {
    get app() {
      return app;
    },
    problems: () => browser.problems(),
    open: (options: OpenOptions = {}) => browser.open({ screen: desktop, ...options }),
    closePages: () => browser.closePages(),
    /** A picture of the page, high enough for all of `card`, once no toast lies over it any more. */
    async shoot(page: Page, name: string, card?: Locator) {
      const screen = page.viewportSize()!;
      const height = (await card?.boundingBox())?.height ?? 0;
      if (card)
        await page.setViewportSize({
          ...screen,
          height: Math.min(1600, Math.max(screen.height, Math.ceil(height) + 290)),
        });
      await card?.scrollIntoViewIfNeeded();
      await expect.poll(() => page.getByTestId('toast').count()).toBe(0);
      await page.screenshot({ path: `${pictures}/${name}.png` });
      if (card) await page.setViewportSize(screen);
    },
    world,
    messages: (as: string, chat: string) => call<Message[]>(`chats/${chat}/messages?as=${as}&limit=100`),
    /** Says something to the bot as a person does, without the page, and waits for the answer; returns its words. */
    async tell(as: string, chat: string, text: string): Promise<string> {
      const { bot } = await world(as);
      const said = await call<Message>(`chats/${chat}/messages`, {
        as,
        text: chat === 'bot' ? text : `<at id="${bot.openId}"></at> ${text}`,
      });
      const answer = () =>
        call<Message[]>(`chats/${said.chatId}/messages?as=${as}&limit=50`).then((messages) => {
          const at = messages.findIndex(({ messageId }) => messageId === said.messageId);
          return messages
            .slice(at + 1)
            .find(({ sender, parentId }) => sender.kind === 'bot' && (chat === 'bot' || parentId === said.messageId));
        });
      let found: Message | undefined;
      await expect
        .poll(
          async () => {
            found = await answer();
            return found !== undefined;
          },
          { message: `no answer to ${text}` },
        )
        .toBe(true);
      return JSON.stringify(found!.content);
    },
    /** Ends the process's half and starts it anew on the same directory. */
    async restart() {
      await app.stop();
      app = await start();
      await browser.stop();
      // the restarted playground has another port
      browser = await browse(app.url);
    },
    async stop() {
      await browser?.stop();
      await app?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Product = Awaited<ReturnType<typeof startProduct>>;

/** Types into the composer as a person does: a mention by completion, then the line. */
export async function say(page: Page, text: string, { mention = false } = {}): Promise<void> {
  const box = page.getByTestId('composer-input').first();
  await box.click();
  if (mention) {
    await box.pressSequentially('@跟单');
    await page.keyboard.press('Enter');
  }
  await box.pressSequentially(text);
  await page.keyboard.press('Escape');
  await page.getByTestId('send').first().click();
}

const refusal = '没有登记，请看一下';

/** Says a line in the group and returns the card that answers it, which holds these words and refuses nothing unless it should. */
export async function sayFor(
  page: Page,
  text: string,
  words: string | RegExp,
  { refused = false } = {},
): Promise<Locator> {
  const before = await newestCardId(page);
  const box = page.getByTestId('composer-input').first();
  await box.click();
  await box.pressSequentially('@跟单');
  await page.keyboard.press('Enter');
  await box.pressSequentially(text.slice(0, 1));
  await page.keyboard.press('Escape');
  await box.pressSequentially(text.slice(1));
  await page.keyboard.press('Escape');
  await page.getByTestId('send').first().click();
  await expect.poll(() => newestCardId(page), { message: text }).not.toBe(before);
  const card = page.getByTestId('card').last();
  expect((await card.innerText()).includes(refusal), `${text}\n${await card.innerText()}`).toBe(refused);
  await card.getByText(words).first().waitFor();
  return card;
}

/** Which message shows the newest card; a chat shows only its latest messages, so that counting them tells nothing. */
export const newestCardId = (page: Page): Promise<string | null> =>
  page
    .getByTestId('message')
    .filter({ has: page.getByTestId('card') })
    .last()
    .getAttribute('data-message-id');

export const lastCard = (page: Page): Locator => page.getByTestId('card').last();
export const newest = (page: Page, title: string): Locator => cardWith(page, title).last();

/** Fails with the names of what the cards on the page show as unknown. */
export async function expectWhole(page: Page): Promise<void> {
  expect(await page.getByTestId('unknown-part').allTextContents()).toEqual([]);
}

/** The page never scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = (await page.evaluate(
    '({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })',
  )) as { scrollWidth: number; clientWidth: number };
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
}
