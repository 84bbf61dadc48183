import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoGroups } from '#playground/demo/groups';
import { expectWhole, lastCard, type Product, sayFor } from './stage.ts';

/** A picture of one dot: what counts is that it is one. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function attach(page: Page): Promise<void> {
  await page
    .getByTestId('file-input')
    .first()
    .setInputFiles({ name: '样品.png', mimeType: 'image/png', buffer: photo });
  await page.getByTestId('attachments').first().waitFor();
}

/** Two orders from contract to cash, by what people type and tap. */
export function orderStories(product: () => Product): void {
  describe('an order from contract to cash, only by chat and cards', () => {
    it('a garment order: contract, deposit, sample, material, seal, production, check, papers, shipment, claim, balance', async () => {
      const { tell } = product();
      const page = await product().open({ as: 'ou_chen', chat: demoGroups.jw });
      const order = await sayFor(
        page,
        '/订单 新建 SO-5001 客户=宏达服饰 货期=2026-12-18 款号=A300 产品=女式大衣 类别=服装 合同号=HT-5001 单价=168 加工费=42000 工厂=永盛制衣厂 明细="藏青 S=200 M=400；米白 S=200 M=200"',
        'SO-5001',
      );
      await order.getByText('女式大衣').first().waitFor();
      await sayFor(page, '/单证 新增 SO-5001 合同 已寄客户', '合同');
      expect(await tell('ou_qian', 'bot', '/款项 新增 SO-5001 定金 金额=30000')).toContain('30,000.00');
      expect(await tell('ou_qian', 'bot', '/款项 更新 SO-5001 定金 已收')).toContain('已收');

      await sayFor(page, '/样品 新增 SO-5001 款号=A300 颜色=藏青 材质=呢料', 'A300');
      // no photo, no dispatch
      await sayFor(page, '/样品 更新 SO-5001 已寄出 快递单号=SF100200', /照片/, { refused: true });
      await attach(page);
      await sayFor(page, '/样品 更新 SO-5001 已寄出 快递单号=SF100200', '已寄出');
      await product().shoot(page, 'sample');
      await sayFor(page, '/样品 更新 SO-5001 客户确认 客户意见=“可以做大货”', '客户确认');
      await sayFor(page, '/物料 新增 SO-5001 物料=藏青呢料 送货数=1850 实收=1842 单耗=1.75', /短/);
      await sayFor(page, '/物料 更新 SO-5001 短缺已签认 签认人=王师傅', '短缺已签认');
      await sayFor(page, '/物料 更新 SO-5001 已补齐 补料数=8', '已补齐');

      // a seal that was begun must pass before the bulk
      await sayFor(page, '/封样 新增 SO-5001 部位=藏青', '已送封');
      await sayFor(page, '/订单 更新 SO-5001 裁剪 400件', /封样还没有通过/, { refused: true });
      await sayFor(page, '/封样 更新 SO-5001 需修正 意见=“领口偏高 0.5cm”', '需修正');
      await sayFor(page, '/封样 更新 SO-5001 已修正', '已修正');
      await sayFor(page, '/封样 更新 SO-5001 封样通过', '封样通过');
      for (const [stage, amount] of [
        ['裁剪', '1000件'],
        ['缝制', '藏青 S 200件'],
        ['缝制', '1000件'],
        ['后整', '1000件'],
        ['包装', '1000件'],
      ] as const) {
        const line = amount.startsWith('藏青')
          ? `/订单 更新 SO-5001 ${stage} 200件 颜色=藏青 尺码=S`
          : `/订单 更新 SO-5001 ${stage} ${amount}`;
        await sayFor(page, line, 'SO-5001');
      }
      await sayFor(page, '/验货 新增 SO-5001 终期 不合格 问题=“袖口脱线” 整改=“返工全检”', '整改');
      await sayFor(page, '/验货 更新 SO-5001 终期 工厂已签 结果=合格 签字人=王师傅', '工厂已签');
      await sayFor(page, '/单证 新增 SO-5001 装箱单 编号=PL-5001', '装箱单');
      await sayFor(page, '/单证 新增 SO-5001 发票 编号=INV-5001', '发票');
      await sayFor(
        page,
        '/订单 出货 SO-5001 1000件 颜色尺码=“藏青/S:200 藏青/M:400 米白/S:200 米白/M:200” 已通知=客户',
        '出货',
      );
      await sayFor(page, '/投诉 新增 SO-5001 投诉 内容=“米白色差” 负责人=陈静', '投诉');
      await sayFor(page, '/投诉 更新 SO-5001 已答复 答复=“下批对色后再裁”', '已答复');
      await sayFor(page, '/投诉 更新 SO-5001 已结案 处理结果=“客户接受” 满意度=4分', '已结案');
      expect(await tell('ou_qian', 'bot', '/款项 新增 SO-5001 余款 金额=138000 已收')).toContain('138,000.00');
      const closed = await sayFor(page, '/订单 结单 SO-5001', /已结单/);
      await closed.getByText('SO-5001').first().waitFor();
      await expectWhole(page);
    });

    it('a foreign-trade order: to the declaration, the bill of lading, the payment and the tax refund', async () => {
      const { tell } = product();
      const page = await product().open({ as: 'ou_xie', chat: demoGroups.ft });
      await sayFor(
        page,
        '/订单 新建 SO-5002 客户="Nordhaus GmbH" 货期=2026-12-20 款号=NX-90 产品=针织毛衫 类别=外贸 合同号=HT-5002 单价=12.40 币种=USD 数量=3000件 工厂=海宁织造',
        'SO-5002',
      );
      await sayFor(page, '/单证 新增 SO-5002 合同 已寄客户', '合同');
      expect(await tell('ou_qian', 'bot', '/款项 新增 SO-5002 定金 金额=11160 币种=USD 已收')).toContain('11,160.00');
      for (const stage of ['面辅料', '打样', '封样']) await sayFor(page, `/订单 更新 SO-5002 ${stage} 完成`, 'SO-5002');
      for (const stage of ['裁剪', '缝制', '后整', '包装'])
        await sayFor(page, `/订单 更新 SO-5002 ${stage} 3000件`, 'SO-5002');
      await sayFor(page, '/验货 新增 SO-5002 终期 合格', '合格');
      await sayFor(page, '/订单 订舱 SO-5002 订舱号=COSU6200 货代=中远 截关=2026-12-16', 'COSU6200');
      for (const doc of ['发票 编号=INV-5002', '装箱单 编号=PL-5002', '检验证 不需要'])
        await sayFor(page, `/单证 新增 SO-5002 ${doc}`, doc.split(' ')[0]!);
      await sayFor(page, '/订单 更新 SO-5002 订舱 完成', 'SO-5002');
      await sayFor(page, '/报关 新增 SO-5002 编号=222120260099887766', '222120260099887766');
      await sayFor(page, '/订单 更新 SO-5002 报关 完成', 'SO-5002');
      await sayFor(page, '/订单 出货 SO-5002 3000件 订舱号=COSU6200 已通知=客户和货代', '已出货');
      for (const doc of ['提单 编号=BL-5002', '增值税发票 已交财务'])
        await sayFor(page, `/单证 新增 SO-5002 ${doc}`, doc.split(' ')[0]!);
      const list = await sayFor(page, '/单证 清单 SO-5002', /产地证/);
      await list.getByText('SO-5002').first().waitFor();
      await product().shoot(page, 'documents');
      await sayFor(page, '/订单 更新 SO-5002 单据 完成', 'SO-5002');
      expect(await tell('ou_qian', 'bot', '/款项 新增 SO-5002 货款 金额=26040 币种=USD 已收')).toContain('26,040.00');
      await sayFor(page, '/订单 更新 SO-5002 收款 完成', 'SO-5002');
      expect(await tell('ou_qian', 'bot', '/款项 新增 SO-5002 退税 金额=31200 已收')).toContain('31,200.00');
      await sayFor(page, '/订单 更新 SO-5002 退税 完成', 'SO-5002');
      await sayFor(page, '/订单 结单 SO-5002', /已结单/);
      await lastCard(page).scrollIntoViewIfNeeded();
      await expectWhole(page);
    });
  });
}
