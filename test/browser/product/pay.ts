import { describe, expect, it } from 'vitest';
import { demoGroups } from '#playground/demo/groups';
import { expectWhole, lastCard, newest, type Product, say, sayFor } from './stage.ts';

const MONTH = '2026-10';

/** Before the month is over: facts come in, the estimate moves and says why. */
export function payEstimateStory(product: () => Product): void {
  describe('pay, while the month is still open', () => {
    it('what is logged, and an incident by its form, are in the estimate at once, each with its message', async () => {
      const { tell } = product();
      const before = await tell('ou_chen', 'bot', '/工资');
      const group = await product().open({ as: 'ou_chen', chat: demoGroups.jw });
      await sayFor(group, '/订单 出货 SO-1009 500件 已通知=客户', '出货');

      const wang = await product().open({ as: 'ou_wang', chat: 'bot' });
      await say(wang, '/考核事件 登记 陈静');
      const kinds = lastCard(wang);
      await kinds.getByText('JW-K5').first().waitFor();
      await product().shoot(wang, 'incident-kinds');
      await say(wang, '/考核事件 登记 陈静 JW-K5 订单=SO-1009 原因=“抽查报表晚交两天”');
      await lastCard(wang)
        .getByText(/已私信 陈静/)
        .first()
        .waitFor();

      const page = await product().open({ as: 'ou_chen', chat: 'bot' });
      await say(page, '/工资');
      await lastCard(page).getByText('预估').first().waitFor();
      await product().shoot(page, 'pay-estimate', lastCard(page));
      const after = await tell('ou_chen', 'bot', '/工资');
      expect(after).not.toBe(before);
      expect(await tell('ou_chen', 'bot', '/工资 为什么 JW-P1.2')).toContain('SO-1009 · 7000.00 · 陈静');
      expect(await tell('ou_chen', 'bot', '/工资 为什么 JW-K5')).toContain('抽查报表晚交两天');
      expect(await tell('ou_chen', demoGroups.jw, '/工资')).toContain('已私信你');
      await expectWhole(page);

      // from the line to the very message in the group
      await say(page, '/工资 为什么 JW-P1.2');
      const source = lastCard(page).getByRole('link', { name: '原消息' });
      await expect.poll(() => source.count()).toBe(2);
      await source.last().click();
      const found = page.locator(`[data-chat-id="${demoGroups.jw}"] .found`);
      await found.getByText('/订单 出货 SO-1009 500件').waitFor();
      await product().shoot(page, 'pay-why-message');
    });
  });
}

/** After the appraisal: run, check, approve, lock, payslip, correction. */
export function paySettlementStory(product: () => Product): void {
  describe('pay, when the month is over', () => {
    it('finance runs it, a second person signs it, everybody gets the payslip, and a late fact becomes a correction', async () => {
      const { tell } = product();
      // the open dispute about an incident goes one level up first
      expect(await tell('ou_zhao', 'bot', '/考核事件 决定 6 撤回 原因=“客户邮件为证”')).toContain('撤回');

      const qian = await product().open({ as: 'ou_qian', chat: 'bot' });
      await say(qian, `/工资 核算 ${MONTH}`);
      const run = () => newest(qian, '工资核算');
      await run().getByRole('button', { name: '检查' }).click({ timeout: 60_000 });
      await run().getByRole('button', { name: '审批' }).waitFor({ timeout: 60_000 });
      await run().scrollIntoViewIfNeeded();
      await product().shoot(qian, 'pay-run', run());

      const zhao = await product().open({ as: 'ou_zhao', chat: 'bot' });
      await say(zhao, `/工资 审批 ${MONTH}`);
      await lastCard(zhao)
        .getByText(/已审批/)
        .first()
        .waitFor();

      await say(qian, `/工资 检查 ${MONTH}`);
      await run().getByRole('button', { name: '锁定' }).click();
      await qian.getByTestId('confirm-yes').click();
      await run().getByRole('button', { name: '发工资条' }).click({ timeout: 60_000 });
      await run().getByRole('button', { name: '标记已发放' }).click({ timeout: 60_000 });

      const chen = await product().open({ as: 'ou_chen', chat: 'bot' });
      const slip = newest(chen, '工资条');
      await slip.getByText('应发合计').first().waitFor();
      await slip.scrollIntoViewIfNeeded();
      await product().shoot(chen, 'payslip', slip);

      // four hours were forgotten: a locked month takes no change, the next one gets the difference
      expect(await tell('ou_zhou', 'bot', `/工时 登记 陈静 ${MONTH} 加班=24 原因=“漏记四小时”`)).toContain(
        '已经结算锁定',
      );
      await tell('ou_qian', 'bot', `/工资 事实 陈静 ${MONTH} 工时="加班:24" 原因=“漏记四小时”`);
      const preview = await tell('ou_qian', 'bot', `/工资 更正 ${MONTH} 陈静 原因=“漏记四小时加班”`);
      expect(preview).toContain('8.00');
      await say(qian, `/工资 更正 ${MONTH} 陈静 写入=是 原因=“漏记四小时加班”`);
      await lastCard(qian).getByText('8.00').first().waitFor();
      await product().shoot(qian, 'pay-correction', lastCard(qian));
      await expectWhole(chen);
      await expectWhole(qian);
    });
  });
}
