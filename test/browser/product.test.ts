import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { demoGroups } from '#playground/demo/groups';
import { appraisalStory } from './product/appraisal.ts';
import { orderStories } from './product/orders.ts';
import { payEstimateStory, paySettlementStory } from './product/pay.ts';
import { newest, type Product, startProduct } from './product/stage.ts';
import { tourStory } from './product/tour.ts';

/** One playground, one browser, one company: what is done in one story is there in the next. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.stop());
afterEach(async () => {
  expect(product.problems()).toEqual([]);
  await product.closePages();
});
const here = () => product;

it('the page is there before the company, says what it does, and opens by itself', async () => {
  // cut short, it begins again
  await product.restart();
  const page = await product.open({ as: 'ou_chen', landing: 'setup' });
  await product.shoot(page, 'setting-up');
  await page.getByTestId('chat-item').first().waitFor({ timeout: 200_000 });
  await product.app.ready;
  const { now } = await product.world('ou_chen');
  expect(now.slice(0, 10)).toBe('2026-10-30');
  expect((await product.tell('ou_chen', 'bot', '/工资 2026-09')).length).toBeGreaterThan(0);
});

payEstimateStory(here);
orderStories(here);
tourStory(here);

it('after a restart everything is still there', async () => {
  await product.restart();
  await product.app.ready;
  const page = await product.open({ as: 'ou_chen', chat: demoGroups.jw });
  await newest(page, 'SO-1001')
    .getByText(/缝制 800\/1200/)
    .waitFor();
  await newest(page, 'SO-1001').getByRole('button', { name: '刷新' }).click();
  await newest(page, 'SO-1001')
    .getByText(/缝制 800\/1200/)
    .waitFor();
  expect(await page.getByTestId('toast').allTextContents()).toEqual([]);
});

appraisalStory(here);
paySettlementStory(here);
