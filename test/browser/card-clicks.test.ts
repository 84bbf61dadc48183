import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardWith, choose, clickedAction, type Stage, startPage } from './support.ts';

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

const openCards = (locale = 'zh-CN') => stage.open({ chat: 'oc_cards', locale });
const sink = (page: Page) => cardWith(page, '全部组件');

describe('clicks are reported exactly as the platform does', () => {
  it('buttons: callback value; links open; disabled ones do nothing and say why', async () => {
    const page = await openCards();
    const card = sink(page);
    for (const [index, type] of [
      'default',
      'primary',
      'danger',
      'text',
      'primary_text',
      'danger_text',
      'primary_filled',
      'danger_filled',
      'laser',
    ].entries()) {
      await card.getByRole('button', { name: type, exact: true }).click();
      expect(await clickedAction(stage, index + 1)).toEqual({ tag: 'button', value: { action: `press_${type}` } });
    }
    expect(stage.fake.clicks[0]).toMatchObject({ as: 'ou_li', messageId: expect.stringMatching(/^om_/) });
    const disabled = card.getByRole('button', { name: '禁用的按钮' });
    await disabled.click({ force: true });
    expect(await disabled.getAttribute('title')).toBe('还不能点');
    await card.getByRole('button', { name: '打开网页' }).first().click();
    expect(await page.evaluate('window.opened')).toEqual(['https://example.com/page']);
    expect(stage.fake.clicks).toHaveLength(9);
  });

  it('asks first where the card wants it', async () => {
    const page = await openCards();
    const button = sink(page).getByRole('button', { name: '要确认的按钮' });
    await button.click();
    const dialog = page.getByTestId('confirm-dialog');
    expect(await dialog.innerText()).toContain('确定吗？');
    await page.getByTestId('confirm-no').click();
    await button.click();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(stage.fake.clicks).toHaveLength(0);
    await button.click();
    await page.getByTestId('confirm-yes').click();
    expect(await clickedAction(stage, 1)).toEqual({ tag: 'button', value: { action: 'confirmed' } });
  });

  it('the container as a whole, and a button inside it instead of it', async () => {
    const page = await openCards();
    await sink(page).getByText('可点的容器').click();
    expect(await clickedAction(stage, 1)).toEqual({ tag: 'interactive_container', value: { action: 'box_open' } });
    await sink(page).getByRole('button', { name: '里面的按钮', exact: true }).click();
    expect(await clickedAction(stage, 2)).toEqual({ tag: 'button', value: { action: 'box_inner' } });
  });

  it('input, selects, checker, overflow and pictures outside a form', async () => {
    const page = await openCards();
    const card = sink(page);
    await card.locator('[data-name=loose_input]').fill('800');
    await card.locator('[data-name=loose_input]').press('Enter');
    expect(await clickedAction(stage, 1)).toEqual({
      tag: 'input',
      name: 'loose_input',
      value: { action: 'typed' },
      input_value: '800',
    });

    await card.locator('[data-name=loose_select]').click();
    await choose(page, '缝制');
    expect(await clickedAction(stage, 2)).toEqual({
      tag: 'select_static',
      name: 'loose_select',
      value: { action: 'stage' },
      option: 'sewing',
    });
    expect(await card.locator('[data-name=loose_select]').innerText()).toBe('缝制');

    await card.locator('[data-name=loose_person]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await clickedAction(stage, 3)).toEqual({
      tag: 'select_person',
      name: 'loose_person',
      value: { action: 'owner' },
      option: 'ou_wang',
    });

    await card.locator('[data-name=loose_checker]').click();
    expect(await clickedAction(stage, 4)).toEqual({
      tag: 'checker',
      name: 'loose_checker',
      value: { action: 'tick' },
      checked: true,
    });
    await card.getByRole('button', { name: '详情' }).click();
    expect(await clickedAction(stage, 5)).toEqual({ tag: 'button', value: { action: 'tick_details' } });

    await card.getByTestId('card-overflow').click();
    await choose(page, '暂停');
    expect(await clickedAction(stage, 6)).toEqual({ tag: 'overflow', value: { action: 'more' }, option: 'hold' });
    await card.getByTestId('card-overflow').click();
    await choose(page, '打开网页');
    expect(await page.evaluate('window.opened')).toEqual(['https://example.com/more']);

    await card.locator('.select-image [data-value=b]').click();
    expect(await clickedAction(stage, 7)).toEqual({
      tag: 'select_img',
      name: 'loose_image',
      value: { action: 'image' },
      options: 'b',
    });
    await card.locator('.select-image [data-value=c]').click({ force: true });
    expect(stage.fake.clicks).toHaveLength(7);
  });

  it('dates and times, with the offset of the client', async () => {
    const page = await openCards();
    const card = sink(page);
    await card.locator('[data-name=loose_date]').click();
    await page.getByRole('button', { name: '2026-12-18' }).click();
    const zone = { timezone: 'Asia/Shanghai' };
    expect(await clickedAction(stage, 1)).toEqual({
      tag: 'date_picker',
      name: 'loose_date',
      value: { action: 'date' },
      option: '2026-12-18 +0800',
      ...zone,
    });

    await card.locator('[data-name=loose_time]').click();
    await page.locator('.time-column').first().locator('[data-value="14"]').click();
    await page.getByTestId('date-done').click();
    expect(await clickedAction(stage, 2)).toEqual({
      tag: 'picker_time',
      name: 'loose_time',
      value: { action: 'time' },
      option: '14:30 +0800',
      ...zone,
    });

    await card.locator('[data-name=loose_datetime]').click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByTestId('date-done').click();
    expect(await clickedAction(stage, 3)).toEqual({
      tag: 'picker_datetime',
      name: 'loose_datetime',
      value: { action: 'datetime' },
      option: '2026-12-06 18:00 +0800',
      ...zone,
    });
  });
});

describe('forms', () => {
  it('stop at empty required fields, then report everything at once', async () => {
    const page = await openCards();
    const card = sink(page);
    const field = (name: string) => card.locator(`[data-name=${name}]`);
    await field('submit__sink__1').click();
    await page.getByTestId('toast').filter({ hasText: '有必填项未填写' }).waitFor();
    expect(await card.locator('.missing').count()).toBe(2);
    expect(stage.fake.clicks).toHaveLength(0);

    await field('f_text').fill('SO-2001');
    await field('f_lines').fill('第一行\n第二行');
    await field('f_secret').fill('口令');
    await field('f_stage').click();
    await choose(page, '后整');
    await field('f_stages').click();
    await choose(page, '裁剪');
    await page.keyboard.press('Escape');
    await field('f_owner').click();
    await choose(page, '赵丽华');
    await field('f_team').click();
    await choose(page, '李敏');
    await choose(page, '王建国');
    await page.keyboard.press('Escape');
    await field('f_date').click();
    await page.getByRole('button', { name: '今天' }).click();
    await field('f_check').click();
    await field('submit__sink__1').click();
    expect(await clickedAction(stage, 1)).toEqual({
      tag: 'button',
      name: 'submit__sink__1',
      form_value: {
        f_text: 'SO-2001',
        f_lines: '第一行\n第二行',
        f_secret: '口令',
        f_stage: 'finishing',
        f_stages: ['sewing', 'cutting'],
        f_owner: 'ou_zhao',
        f_team: ['ou_li', 'ou_wang'],
        f_date: '2026-10-08 +0800',
        f_time: '08:00 +0800',
        f_datetime: '2026-12-01 10:30 +0800',
        f_check: false,
      },
      timezone: 'Asia/Shanghai',
    });
  });

  it('reset puts back what was there at first', async () => {
    const page = await openCards();
    const card = sink(page);
    await card.locator('[data-name=f_text]').fill('改过');
    await card.locator('[data-name=f_check]').click();
    await card.locator('[data-name=reset__sink__1]').click();
    expect(await card.locator('[data-name=f_text]').inputValue()).toBe('');
    expect(await card.locator('[data-name=f_check]').getAttribute('aria-checked')).toBe('true');
    expect(stage.fake.clicks).toHaveLength(0);
  });

  it('the appraisal of the reference, confirmed and sent', async () => {
    const page = await openCards();
    const card = cardWith(page, '2026 第三季度绩效自评');
    for (const [name, text] of [
      ['score_goals', '4 超出预期'],
      ['score_skills', '4 超出预期'],
      ['score_team', '3 符合预期'],
    ]) {
      await card.locator(`[data-name=${name}]`).click();
      await choose(page, text!);
    }
    await card.locator('[data-name=overall]').fill('上线了结算系统');
    await card.locator('[data-name=submit__APR2026Q3__0042]').click();
    await page.getByTestId('confirm-yes').click();
    expect(await clickedAction(stage, 1)).toEqual({
      tag: 'button',
      name: 'submit__APR2026Q3__0042',
      form_value: {
        score_goals: '4',
        comment_goals: '',
        score_skills: '4',
        comment_skills: '',
        score_team: '3',
        comment_team: '',
        overall: '上线了结算系统',
      },
      timezone: 'Asia/Shanghai',
    });
  });
});

describe('answers', () => {
  const confirm = (page: Page) => cardWith(page, '2026 年 9 月工资条').getByRole('button', { name: '确认无误' });

  it('show a spinner meanwhile, then the toast, and change the card in place', async () => {
    const page = await openCards();
    let release = () => {};
    const answered = new Promise<void>((resolve) => {
      release = resolve;
    });
    stage.fake.answerWith(async ({ messageId }) => {
      await answered;
      const message = stage.fake.messagesOf('oc_cards').find((one) => one.messageId === messageId)!;
      const content = {
        ...(message.content as object),
        body: { elements: [{ tag: 'markdown', content: '**已确认**' }] },
      };
      return { toast: { type: 'success', content: '已确认' }, message: { ...message, content } };
    });
    await confirm(page).click();
    await confirm(page).locator('.spinner').waitFor();
    await confirm(page).click({ force: true });
    release();
    const toast = page.getByTestId('toast').filter({ hasText: '已确认' });
    await toast.waitFor();
    expect(await toast.getAttribute('data-type')).toBe('success');
    await expect.poll(() => confirm(page).count()).toBe(0);
    await cardWith(page, '2026 年 9 月工资条').getByText('已确认').waitFor();
    expect(stage.fake.clicks).toHaveLength(1);
  });

  it('show the code of the platform when the bot does not answer', async () => {
    const page = await openCards();
    stage.fake.answerWith(() => ({ failure: { code: 200341, text: 'no answer in 3 s' } }));
    await confirm(page).click();
    await page.getByTestId('toast').filter({ hasText: '出错了，请稍后重试 code: 200341' }).waitFor();
    await expect.poll(() => confirm(page).getAttribute('aria-busy')).toBe('false');
  });

  it('take back a choice that was not accepted', async () => {
    const page = await openCards();
    stage.fake.answerWith(() => ({ failure: { code: 200671, text: 'not 200' } }));
    await sink(page).locator('[data-name=loose_checker]').click();
    await page.getByTestId('toast').waitFor();
    await expect.poll(() => sink(page).locator('[data-name=loose_checker]').getAttribute('aria-checked')).toBe('false');
  });

  it('an updated card loses what was typed into it, as the platform replaces whole cards', async () => {
    const page = await openCards();
    const input = sink(page).locator('[data-name=f_text]');
    await input.fill('没提交');
    const message = stage.fake.messagesOf('oc_cards').at(-1)!;
    const card = structuredClone(message.content) as { header: { subtitle: { content: string } } };
    stage.fake.emit({ kind: 'message', message: structuredClone(message) });
    expect(await input.inputValue()).toBe('没提交');
    card.header.subtitle = { content: '改过的卡片' };
    stage.fake.emit({ kind: 'message', message: { ...message, content: card } });
    await sink(page).getByText('改过的卡片').waitFor();
    expect(await input.inputValue()).toBe('');
  });
});
