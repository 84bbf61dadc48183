import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, orderNo } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { demandOrder } from '#commands/order/access';
import { demandMayRecord } from '#commands/records/access';
import { recorders } from '#commands/records/words';
import { answersAbout } from '#db/approvals';
import { personById } from '#db/people';
import { approvalKinds } from '#domain/approval';
import { UserError } from '#domain/errors';
import { gateLabel, overruleOf } from '#domain/order/gates';
import { quantityText } from '#domain/order/unit';
import { seal } from '#domain/records/kinds/seal';
import { say } from '#domain/text';
import { askApproval, toldTo } from '#usecases/approvals';
import { gate } from './fields.ts';

/** `/rule overrule` (G5): asks the manager to let an order pass a gate, with the reason; a manager who says it lets it pass. */
export const overruleGate = defineCommand({
  name: 'rule overrule',
  aliases: ['规则 放行'],
  summary: { zh: '申请或给出放行：未封样先做大货等', en: 'ask for or give leave to pass a gate' },
  example: {
    zh: '/规则 放行 SO-1001 封样 原因=“客户催货，样衣已口头确认”',
    en: '/rule overrule SO-1001 seal reason="customer agreed by phone"',
  },
  roles: recorders,
  answers: 'anywhere',
  input: z.object({
    order: orderNo.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
    gate: gate.meta({ word: 2, keys: ['关'], label: { zh: '关卡', en: 'gate' } }),
    reason: freeText(500)
      .min(1)
      .meta({ word: 'rest', keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { order: no, gate, reason }) {
    const order = await demandOrder(ctx.tx, no, { locked: true });
    await demandMayRecord(ctx, seal, order.merchandiserId);
    const kind = overruleOf[gate];
    const subject = `order:${no}`;
    const label = gateLabel[gate];
    const known = (await answersAbout(ctx.tx, subject)).get(kind);
    if (known === 'approved' || known === 'asked')
      throw new UserError(
        `overrule.${known}`,
        known === 'approved'
          ? say(`订单 ${no} 的${label.zh}已经放行了。`, `Order ${no} may already pass the ${label.en}.`)
          : say(
              `订单 ${no} 的${label.zh}已经申请放行，还在等答复。`,
              `Leave to pass the ${label.en} of ${no} was asked for and is not answered yet.`,
            ),
        say('看答复：/审批 列表', 'See the answers: /approval list'),
      );
    const { approval, told } = await askApproval(ctx, {
      kind,
      subject,
      orderId: order.id,
      responsibleId: order.merchandiserId,
      question: {
        title: say(`${approvalKinds[kind].label.zh} · ${no}`, `${approvalKinds[kind].label.en} · ${no}`),
        facts: [
          { label: say('客户', 'Customer'), value: order.customer },
          { label: say('数量', 'Quantity'), value: quantityText(order.qty, order.unit) },
          { label: say('货期', 'Delivery'), value: order.deliveryDate },
        ],
        reason,
      },
    });
    const merchandiser = await personById(ctx.tx, order.merchandiserId);
    const asked = await personById(ctx.tx, approval.askedOf);
    const isGiven = approval.decision !== undefined;
    const tellMerchandiser = isGiven && merchandiser && merchandiser.id !== ctx.actor.id;
    const news = isGiven
      ? say(`已放行：订单 ${no} 的${label.zh}（${reason}）`, `Order ${no} may pass the ${label.en} (${reason})`)
      : say(
          `已请 ${asked?.name} 放行订单 ${no} 的${label.zh}，答复后会告诉你`,
          `${asked?.name} was asked to let ${no} pass the ${label.en}; you will hear the answer`,
        );
    return {
      card: noticeCard(news, isGiven ? 'success' : 'info'),
      anew: true,
      also: tellMerchandiser ? [await toldTo(ctx.tx, merchandiser, approval, `approval:${approval.id}:answer`)] : told,
    };
  },
});
