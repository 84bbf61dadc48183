import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectWhole, lastCard, newest, type Product, say } from './stage.ts';

const MONTH = '2026-10';

/** The card that a form has opened in. */
const asking = (page: Page) =>
  page
    .getByTestId('card')
    .filter({ has: page.getByRole('textbox') })
    .last();

/** Lets a day pass by the page's own clock until the stand-in's day is `day`. */
async function goTo(product: Product, page: Page, day: string): Promise<void> {
  for (;;) {
    const { now } = await product.world('ou_wang');
    if (now.slice(0, 10) >= day) return;
    await page.getByTestId('clock-day').click();
    await expect
      .poll(async () => (await product.world('ou_wang')).now.slice(0, 10) > now.slice(0, 10), { timeout: 120_000 })
      .toBe(true);
    await expect.poll(() => page.getByTestId('clock-day').isEnabled(), { timeout: 60_000 }).toBe(true);
  }
}

/**
 * October's appraisal in the page, from the first working day of November to the fifteenth: one confirms, one objects, one is silent, one
 * manager is late, one is away. The tour's clock step has opened it on 2 November.
 */
export function appraisalStory(product: () => Product): void {
  describe('the appraisal of October, lived through by moving the clock', () => {
    it('a manager scores on the desk card, one employee confirms, one objects, the manager reviews', async () => {
      const { tell } = product();
      const clock = await product().open({ as: 'ou_zhao', chat: 'bot' });
      await goTo(product(), clock, '2026-11-03');
      // one manager is away and named a deputy; the deputy scores, but not himself
      await tell('ou_zheng', 'bot', '/考核 外出 2026-11-03 2026-11-13 代理=谢雯');

      const page = await product().open({ as: 'ou_wang', chat: 'bot' });
      await say(page, '/考核');
      const desk = lastCard(page);
      await desk.getByText('月度考核').first().waitFor();
      await product().shoot(page, 'desk', desk);
      await desk.getByRole('button', { name: /给下一位打分/ }).click();
      const form = lastCard(page);
      await form.getByRole('button', { name: '提交并告知本人' }).waitFor();
      for (const [at, score] of ['90', '88', '92'].entries()) {
        await form.locator(`[data-name=s${at + 1}]`).fill(score);
        await form.locator(`[data-name=r${at + 1}]`).fill('按本月记录');
      }
      await product().shoot(page, 'score-form', form);
      await form.getByRole('button', { name: '提交并告知本人' }).click();
      await lastCard(page)
        .getByText(/已打分/)
        .first()
        .waitFor();
      for (const name of ['陈静', '李敏', '刘洋', '黄志强', '吴桂英'])
        await tell('ou_wang', 'bot', `/考核 打分 ${name} ${MONTH} 90/86/88 总评=“交期稳定” 理由=“按本月记录”`);
      for (const name of ['唐宁', '冯悦', '邓超'])
        await tell('ou_xie', 'bot', `/考核 打分 ${name} ${MONTH} 88/90/92 总评=“单证及时” 理由=“按本月记录”`);
      for (const name of ['王芳', '何伟', '郑海', '谢雯'])
        await tell(
          'ou_zhao',
          'bot',
          `/考核 打分 ${name} ${MONTH} ${name === '谢雯' ? '92/90/90' : '-/-/90/88/92/90/95'} 总评=“部门平稳” 理由=“按本月记录”`,
        );

      const chen = await product().open({ as: 'ou_chen', chat: 'bot' });
      const result = newest(chen, '考核结果');
      await result.getByRole('button', { name: '确认', exact: true }).click();
      await newest(chen, '考核结果')
        .getByText(/已确认/)
        .first()
        .waitFor();
      await product().shoot(chen, 'appraisal-confirmed');

      const li = await product().open({ as: 'ou_li', chat: 'bot' });
      await newest(li, '考核结果').getByRole('button', { name: '有异议' }).click();
      const why = asking(li);
      await why.getByRole('textbox').first().fill('SO-1002 是客户改的交期');
      await why.getByRole('button', { name: '提交' }).click();
      await newest(li, '考核结果')
        .getByText(/已收到你的异议/)
        .first()
        .waitFor();

      const review = await product().open({ as: 'ou_wang', chat: 'bot' });
      await newest(review, '考核结果').getByRole('button', { name: '维持原分' }).click();
      const words = asking(review);
      await words.getByRole('textbox').first().fill('合同交期为准，已和业务核对');
      await words.getByRole('button', { name: '提交' }).click();
      await expect.poll(() => tell('ou_li', 'bot', `/考核 结果 ${MONTH}`), { timeout: 30_000 }).toContain('复核');
      for (const who of ['huang', 'wu', 'tang', 'feng', 'deng', 'xie', 'wang', 'zheng'])
        await tell(`ou_${who}`, 'bot', `/考核 确认 ${MONTH}`);
      await expectWhole(review);
    });

    it('the late manager’s people go to his manager on the fifth working day; who is silent is unanswered; all of it is approved', async () => {
      const { tell } = product();
      const clock = await product().open({ as: 'ou_zhao', chat: 'bot' });
      await goTo(product(), clock, '2026-11-06');
      const boss = await product().open({ as: 'ou_zhao', chat: 'bot' });
      await boss
        .getByText(/没有按时打分/)
        .first()
        .waitFor({ state: 'attached' });
      for (const name of ['马俊', '林秀兰', '郭涛', '罗丹'])
        await tell('ou_zhao', 'bot', `/考核 打分 ${name} ${MONTH} 88/90/90 总评=“代为打分” 理由=“按本月记录”`);
      for (const who of ['ma', 'lin', 'guo', 'luo', 'he']) await tell(`ou_${who}`, 'bot', `/考核 确认 ${MONTH}`);
      await goTo(product(), clock, '2026-11-10');
      expect(await tell('ou_liu', 'bot', `/考核 结果 ${MONTH}`)).toContain('未答复');
      await tell('ou_zhao', 'bot', `/考核 审批 ${MONTH}`);
      await tell('ou_zhou', 'bot', `/考核 审批 ${MONTH}`);
      expect(await tell('ou_zhao', 'bot', `/考核 进度 ${MONTH}`)).toContain('待打分 0');
      await goTo(product(), clock, '2026-11-15');
      const page = await product().open({ as: 'ou_zhao', chat: 'bot' });
      await newest(page, '整体统计表').scrollIntoViewIfNeeded();
      await product().shoot(page, 'appraisal-table', newest(page, '整体统计表'));
      await expectWhole(page);
    });
  });
}
