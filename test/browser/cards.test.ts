import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardWith, coloursOf, desktop, phone, type Stage, startPage } from './support.ts';

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

async function openCards(locale = 'zh-CN'): Promise<Page> {
  const page = await stage.open({ chat: 'oc_cards', locale });
  await expect.poll(() => page.getByTestId('card').count()).toBe(5);
  return page;
}
const sink = (page: Page) => cardWith(page, '全部组件');

describe('every card is drawn whole', () => {
  it.each([
    ['desktop', desktop],
    ['phone', phone],
  ])('on a %s: no unknown part, nothing wider than the card', async (_, screen) => {
    const page = await stage.open({ chat: 'oc_cards', screen });
    await expect.poll(() => page.getByTestId('card').count()).toBe(5);
    await expect.poll(() => page.locator('[data-testid=card-chart][data-state=drawn]').count()).toBe(2);
    expect(await page.getByTestId('unknown-part').allTextContents()).toEqual([]);
    const wide = await page.evaluate(`[...document.querySelectorAll('[data-testid=card]')].flatMap((card) =>
      [...card.querySelectorAll('.part')].filter((part) => part.scrollWidth > part.clientWidth + 1 && !part.querySelector('.table-scroll, canvas'))
        .map((part) => part.dataset.tag + ': ' + part.textContent.slice(0, 40)))`);
    expect(wide).toEqual([]);
  });

  it('says in red what it does not know', async () => {
    const page = await openCards();
    stage.fake.fromBot('oc_cards', {
      schema: '2.0',
      header: { title: { tag: 'plain_text', content: '怪卡' } },
      body: {
        elements: [
          { tag: 'marquee', content: 'x' },
          { tag: 'action', actions: [] },
        ],
      },
    });
    const strange = cardWith(page, '怪卡');
    await strange.waitFor();
    expect(await strange.getByTestId('unknown-part').allTextContents()).toEqual([
      '未知组件 marquee',
      '未知组件 action',
    ]);
  });

  it('draws charts that are not blank', async () => {
    const page = await openCards();
    for (const title of ['2026 年 9 月工资条', '全部组件']) {
      const chart = cardWith(page, title).getByTestId('card-chart');
      await chart.scrollIntoViewIfNeeded();
      await expect.poll(() => chart.getAttribute('data-state')).toBe('drawn');
      await expect.poll(() => coloursOf(chart.locator('canvas').first())).toBeGreaterThan(10);
    }
  });

  it('opens a chart in a window of its own, and closes it by Esc', async () => {
    const page = await openCards();
    await sink(page).getByTestId('chart-enlarge').click();
    const large = page.getByTestId('large-chart');
    await expect.poll(() => large.getByTestId('card-chart').getAttribute('data-state')).toBe('drawn');
    const box = await large.locator('canvas').first().boundingBox();
    expect(box!.width).toBeGreaterThan(700);
    await page.keyboard.press('Escape');
    await expect.poll(() => large.count()).toBe(0);
  });

  it('says that a card is still being written', async () => {
    const page = await openCards();
    stage.fake.fromBot('oc_cards', {
      schema: '2.0',
      config: { streaming_mode: true },
      body: { elements: [{ tag: 'markdown', content: '正在算' }] },
    });
    await page.getByTestId('streaming').waitFor();
  });

  it('drops a fourth header tag, and shows the mark-up of nobody as it was written', async () => {
    const page = await openCards();
    const strangeText =
      '<b>字面</b> <img src=x onerror=alert(1)> <script>alert(1)</script> [坏链接](javascript:alert(1))';
    const tag = (text: string) => ({ tag: 'text_tag', text: { tag: 'plain_text', content: text }, color: 'blue' });
    stage.fake.fromBot('oc_cards', {
      schema: '2.0',
      header: { title: { tag: 'plain_text', content: '怪卡' }, text_tag_list: ['一', '二', '三', '四'].map(tag) },
      body: {
        elements: [
          { tag: 'markdown', content: strangeText },
          { tag: 'div', text: { tag: 'plain_text', content: '**字面** <at id=all></at>' } },
        ],
      },
    });
    const strange = cardWith(page, '怪卡');
    await strange.waitFor();
    expect(await strange.locator('.card-header .text-tag').allTextContents()).toEqual(['一', '二', '三']);
    expect(await strange.locator('[data-tag=markdown]').innerText()).toBe(strangeText);
    expect(await strange.locator('[data-tag=div]').innerText()).toBe('**字面** <at id=all></at>');
    expect(await strange.locator('img, script, b, a').count()).toBe(0);
  });
});

describe('markdown is text, never HTML', () => {
  it('draws the dialect and leaves everything else as written', async () => {
    const page = await openCards();
    const md = sink(page).locator('[data-element-id=md_all]');
    const text = (await md.innerText()).replaceAll('\u00a0', ' ');
    expect(text).toContain('**不加粗** <at id=all></at> # 1. [x](https://e.com)');
    expect(text).toContain('转义 **星** <at id=all></at> 1 < 2 & 3 &amp; 4 snake_case_name 2*3');
    expect(text).toContain(':NOSUCH:');
    expect(text).toContain('2026-10-10 16:00');
    expect(await md.locator('script, b').count()).toBe(0);
    expect(await md.locator('.mention').allTextContents()).toEqual(['@李敏 ', '@所有人 ']);
    expect(await md.locator('strong').allTextContents()).toEqual(['粗体', '粗斜体', '绿粗', '第二行', '缝制']);
    expect(await md.locator('h4, h5, h6').allTextContents()).toEqual(['一级标题', '二级标题', '三级标题']);
    expect(await md.locator('.number-tag').textContent()).toBe('99+');
    expect(await md.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.com/a_(b)',
      'https://example.com/x',
      'https://example.com/l',
    ]);
    expect(await md.locator('pre').textContent()).toBe("const a = '<b>**原样**</b>';");
    expect(await md.locator('tbody tr').count()).toBe(5);
    await md.getByTestId('pager').getByLabel('下一页').click();
    expect(await md.locator('tbody tr').allTextContents()).toEqual(['ST-0680第六行']);
  });
});

describe('parts that answer by themselves', () => {
  it('collapsible panels open and close without telling anybody', async () => {
    const page = await openCards();
    const panel = cardWith(page, '订单 SO-1042').getByTestId('card-panel');
    expect(await page.getByText('10-08 10:40 已拣货').count()).toBe(0);
    await panel.click();
    await page.getByText('10-08 10:40 已拣货').waitFor();
    await panel.press('Enter');
    await expect.poll(() => page.getByText('10-08 10:40 已拣货').count()).toBe(0);
    expect(stage.fake.clicks).toHaveLength(0);
  });

  it('tables turn pages and format their cells', async () => {
    const page = await openCards();
    const table = sink(page).locator('[data-tag=table]');
    const rows = table.locator('tbody tr');
    expect(await rows.count()).toBe(3);
    expect(await rows.nth(0).locator('td').allTextContents()).toEqual([
      'SO-101',
      '¥12,345.68',
      '2026/10/11 16:00',
      '裁剪',
      '敏李敏',
      '合同',
      '注意 袖口',
    ]);
    expect(await rows.nth(1).locator('td').nth(1).textContent()).toBe('-¥980.00');
    await table.getByLabel('下一页').click();
    await expect.poll(() => rows.locator('td').first().textContent()).toBe('SO-104');
    expect(await table.getByLabel('下一页').isDisabled()).toBe(true);
  });
});
