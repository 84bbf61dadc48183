import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoGroups } from '#playground/demo/groups';
import { choose, desktop, phone } from '../support.ts';
import { expectFits, expectWhole, lastCard, newest, newestCardId, type Product } from './stage.ts';

/** The guided tour, by its own panel: eight steps, each with its buttons. */
export function tourStory(product: () => Product): void {
  describe.each([
    ['a desktop', desktop],
    ['a phone', phone],
  ])('the guided tour on %s', (_, screen) => {
    const isPhone = screen === phone;
    let loggedBefore = 0;

    /** The numbers of the entries of what step 8 logs. */
    const logged = async () =>
      new Set(
        (await product().tell('ou_chen', 'bot', '/订单 历史 SO-1005')).match(
          /#\d+(?=[^#\n]{0,40}裁剪[^#\n]{0,20}100)/g,
        ),
      );

    /** The panel lies over the chat on a phone, and is opened from the list of chats. */
    async function openPanel(page: Page): Promise<void> {
      if (await page.getByTestId('tour-panel').isVisible()) return;
      if (isPhone) {
        const back = page.getByTestId('back');
        if (await back.isVisible()) await back.click();
        await page.getByTestId('phone-tools').click();
      }
      await page.getByTestId('open-tour').click();
      await page.getByTestId('tour-step').waitFor();
    }

    async function step(page: Page, number: number): Promise<void> {
      await openPanel(page);
      // the account of a clock move lies over the panel on a phone until it is closed
      const journey = page.getByTestId('clock-journey').getByRole('button');
      if (await journey.isVisible()) await journey.click();
      await page
        .locator('.tour-dots button')
        .nth(number - 1)
        .click();
      await expect
        .poll(() => page.getByTestId('tour-step').locator('small').first().textContent())
        .toContain(`${number}`);
    }

    async function typeIt(page: Page): Promise<void> {
      await page.getByTestId('tour-type').click();
      const box = page.getByTestId('composer-input').first();
      await expect.poll(() => box.inputValue()).not.toBe('');
      const before = await newestCardId(page);
      await box.press('Escape');
      await page.getByTestId('send').first().click();
      await expect.poll(() => newestCardId(page)).not.toBe(before);
    }

    it('is lived through in eight steps, without an error and without an unknown part', async () => {
      const page = await product().open({ as: 'ou_li', screen });
      if (isPhone) await product().shoot(page, 'phone-chats');
      await openPanel(page);
      expect(await page.locator('.tour-dots button').count()).toBe(8);
      if (!isPhone) await product().shoot(page, 'tour');

      await step(page, 1);
      await typeIt(page);
      await newest(page, 'SO-1001').getByText('缝制 800/1200').waitFor();
      await newest(page, 'SO-1001').scrollIntoViewIfNeeded();
      await product().shoot(page, isPhone ? 'phone-card' : 'order-card', newest(page, 'SO-1001'));

      await step(page, 2);
      if (isPhone) await page.getByTestId('close-panel').click();
      if (isPhone) await page.locator('[data-testid=chat-item][data-chat-id=oc_demo_jw]').click();
      await newest(page, 'SO-1001').getByRole('button', { name: '登记进度' }).click();
      const form = newest(page, '登记订单进度');
      await form.getByTestId('card-select').first().click();
      await choose(page, '后整');
      await form.getByPlaceholder(/累计完成多少/).fill('450');
      await product().shoot(page, isPhone ? 'phone-form' : 'order-form', form);
      await form.getByRole('button', { name: '提交' }).click();
      await newest(page, 'SO-1001').getByText('后整 450/1200').waitFor();

      await step(page, 3);
      await typeIt(page);
      await lastCard(page).getByText('超过订单 SO-1001').waitFor();
      if (!isPhone) await product().shoot(page, 'mistake');

      await step(page, 4);
      await typeIt(page);
      await lastCard(page).getByText(/撤销/).first().waitFor();

      await step(page, 5);
      await typeIt(page);
      await lastCard(page).getByText('延时工资').first().waitFor();
      await product().shoot(page, isPhone ? 'phone-pay' : 'pay-why', lastCard(page));

      await step(page, 6);
      await typeIt(page);
      await newest(page, '超期订单').getByText('SO-1001').waitFor();
      if (!isPhone) await product().shoot(page, 'overdue-list', lastCard(page));

      await step(page, 7);
      const be = page.getByTestId('tour-be');
      if (await be.isEnabled()) await be.click();
      await page.getByTestId('tour-clock').click();
      await page.getByTestId('clock-journey').waitFor();
      await expect.poll(() => page.getByTestId('clock-journey').textContent(), { timeout: 120_000 }).toMatch(/已拨到/);
      if (!isPhone) {
        await newest(page, '月度考核').waitFor();
        await product().shoot(page, 'clock');
      }

      await step(page, 8);
      if (isPhone) {
        await page.getByTestId('close-panel').click();
        const back = page.getByTestId('back');
        if (await back.isVisible()) await back.click();
        await page.getByTestId('phone-tools').click();
      }
      await page.getByTestId('open-faults').click();
      const panel = page.getByTestId('faults-panel');
      for (const fault of ['duplicate', 'duplicateMessage', 'reorder'])
        await panel.getByTestId(`fault-${fault}`).click();
      if (isPhone) await page.getByTestId('close-panel').click();
      await step(page, 8);
      loggedBefore = (await logged()).size;
      await typeIt(page);
      await lastCard(page).getByText('裁剪').first().waitFor();
      await expectWhole(page);
      await expectFits(page);
    });

    it('what was logged under faults was logged once, and answered once', async () => {
      // under these faults the message itself may come a little late
      await expect.poll(async () => (await logged()).size).toBeGreaterThan(loggedBefore);
      expect((await logged()).size).toBe(loggedBefore + 1);
      const messages = await product().messages('ou_chen', demoGroups.jw);
      const typed = messages.filter(
        ({ sender, content }) => sender.kind === 'user' && JSON.stringify(content).includes('SO-1005 裁剪 100件'),
      );
      expect(typed).toHaveLength(isPhone ? 2 : 1);
      for (const { messageId } of typed)
        expect(messages.filter(({ parentId }) => parentId === messageId)).toHaveLength(1);
      const page = await product().open({ as: 'ou_chen', chat: 'oc_demo_jw', screen: desktop });
      await page.getByTestId('open-faults').click();
      const panel = page.getByTestId('faults-panel');
      for (const fault of ['duplicate', 'duplicateMessage', 'reorder'])
        await panel.getByTestId(`fault-${fault}`).click();
      await page.getByTestId('open-wire').click();
      await page.getByTestId('wire-entry').first().waitFor();
      if (!isPhone) await product().shoot(page, 'wire');
    });
  });
}
