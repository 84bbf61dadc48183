import { z } from 'zod';
import { type CommandContext, defineCommand, type Told } from '#bot/command';
import { freeText, personRef } from '#bot/fields';
import { handoverCard } from '#cards/handover-card';
import type { Card } from '#cards/kit';
import { onePerson } from '#commands/people/lookup';
import { documentRules } from '#db/document-rules';
import { filesOf } from '#db/order-files';
import { addHandover, findHandover, type Handover, openHandoverOf, signHandover } from '#db/order-handovers';
import { progressOf, statesOf } from '#db/order-progress';
import { openRequestsOf } from '#db/order-requests';
import { changeOrder } from '#db/orders';
import { managersAbove, peopleByIds, personById } from '#db/people';
import { recordsOfOrder } from '#db/records';
import { UserError } from '#domain/errors';
import { changesAmong } from '#domain/order/changes';
import { demandOpen, mayDecide, type Order } from '#domain/order/order';
import { stateLabel } from '#domain/records/check';
import { kindOf } from '#domain/records/kinds';
import { checklist, documentLabel } from '#domain/records/kinds/doc';
import { recordTitle } from '#domain/records/words';
import { say } from '#domain/text';
import { demandOrder, demandOrderToChange, worriesNow } from './access.ts';
import { requestNo } from './decide.ts';
import { theOrder } from './fields.ts';
import { logChanges } from './log-changes.ts';

async function cardOf(ctx: CommandContext, handover: Handover): Promise<Card> {
  const order = await demandOrder(ctx.tx, handover.orderNo);
  const people = await peopleByIds(ctx.tx, [handover.fromId, handover.toId, handover.givenBy ?? handover.fromId]);
  const name = (id: number) => people.get(id)!.name;
  return handoverCard({
    id: handover.id,
    order,
    from: name(handover.fromId),
    to: name(handover.toId),
    note: handover.note,
    given: handover.givenAt ? { by: name(handover.givenBy!), at: handover.givenAt } : undefined,
    taken: handover.takenAt ? { at: handover.takenAt } : undefined,
    ended: handover.endedAt !== null,
    states: await statesOf(ctx.tx, order),
    worries: await worriesNow(ctx, order),
    log: await progressOf(ctx.tx, order.id, 5),
    files: (await filesOf(ctx.tx, order.id)).length,
    requests: (await openRequestsOf(ctx.tx, order.id)).map(({ why }) => why),
    ...(await openOn(ctx, order)),
  });
}

/** What hangs on the order and is not finished, and the documents that it still lacks. */
async function openOn({ tx, today }: CommandContext, order: Order) {
  const records = await recordsOfOrder(tx, order.id);
  return {
    records: records
      .filter(({ open }) => open)
      .map(({ id, kind: code, values, state, due }) => {
        const kind = kindOf(code);
        return {
          title: recordTitle(kind, id, values),
          state: stateLabel(kind, state),
          due,
          isLate: due !== null && due < today,
        };
      }),
    missing: checklist(
      order,
      records.filter(({ kind }) => kind === 'doc'),
      await documentRules(tx),
    )
      .filter(({ record }) => !record)
      .map(({ type }) => documentLabel(type)),
  };
}

/** `/order handover <no> to=<person>`: a card with all that is open goes to both; when both have signed, the order changes hands. */
export const handoverOrder = defineCommand({
  name: 'order handover',
  aliases: ['订单 交接', '订单 移交'],
  summary: { zh: '交接订单，双方签字后生效', en: 'hand an order over; both sign' },
  example: { zh: '/订单 交接 SO-1001 给=李敏', en: '/order handover SO-1001 to=E1003' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({
    order: theOrder,
    to: personRef.meta({ keys: ['接收人', '交给'], label: { zh: '给', en: 'to' } }),
    note: freeText(500)
      .optional()
      .meta({ keys: ['备注'], label: { zh: '说明', en: 'note' } }),
  }),

  async run(ctx, { order: no, to, note = '' }) {
    const order = await demandOrderToChange(ctx, no);
    demandOpen(order);
    const taker = await onePerson(ctx.tx, to);
    if (taker.id === order.merchandiserId)
      throw new UserError(
        'handover.same',
        say(`订单 ${no} 本来就由 ${taker.name} 跟。`, `${taker.name} follows order ${no} already.`),
        say('请写要接手的另一位跟单员。', 'Name the merchandiser who takes it over.'),
      );
    if (taker.leftOn !== null || !taker.roles.some((role) => role === 'merchandiser' || role === 'manager'))
      throw new UserError(
        'order.not-a-merchandiser',
        say(`${taker.name} 不是在职的跟单员。`, `${taker.name} is not a merchandiser at work.`),
        say('请管理员先设置角色：/人员 设置', 'Ask an administrator to set the role first: /people set'),
      );
    const id = await addHandover(ctx.tx, {
      orderId: order.id,
      fromId: order.merchandiserId,
      toId: taker.id,
      note,
      requestedBy: ctx.actor.id,
      requestedAt: ctx.saidAt,
    });
    if (id === undefined) {
      const open = (await openHandoverOf(ctx.tx, order.id))!;
      throw new UserError(
        'handover.open',
        say(`订单 ${no} 已经有一份没签完的交接单。`, `Order ${no} is being handed over already.`),
        say(`先签完，或作废：/订单 交接作废 ${open.id}`, `Have it signed, or withdraw it: /order unsign ${open.id}`),
      );
    }
    await ctx.record({
      subject: `order:${no}`,
      after: { handover: id, from: order.merchandiserId, to: taker.id, note },
    });
    const card = await cardOf(ctx, (await findHandover(ctx.tx, id))!);
    const giver = (await personById(ctx.tx, order.merchandiserId))!;
    const also = [giver, taker]
      .filter((person) => person.id !== ctx.actor.id && person.leftOn === null)
      .map(({ openId }): Told => ({ to: { person: openId }, content: { type: 'card', card, subject: `order:${no}` } }));
    return { card, subject: `order:${no}`, also };
  },
});

async function demandHandover(ctx: CommandContext, id: number): Promise<Handover> {
  const found = await findHandover(ctx.tx, id);
  // the order is locked first: two signatures at the same moment take turns
  if (found) await demandOrder(ctx.tx, found.orderNo, { locked: true });
  const handover = await findHandover(ctx.tx, id);
  if (!handover || handover.endedAt !== null || (handover.givenAt && handover.takenAt))
    throw new UserError(
      'handover.closed',
      say('这份交接单已经办完或作废了。', 'This hand-over is done or withdrawn.'),
      say('要再交接的话：/订单 交接 订单号 给=姓名', 'To hand it over again: /order handover NO to=NAME'),
    );
  return handover;
}

/** `/order sign <handover>`: signs a hand-over, as who gives (or for them, from above or as their deputy) or as who takes. */
export const signOrder = defineCommand({
  name: 'order sign',
  aliases: ['订单 签字'],
  summary: { zh: '在订单交接单上签字', en: 'sign a hand-over' },
  example: { zh: '/订单 签字 3', en: '/order sign 3' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({ handover: requestNo.meta({ label: { zh: '交接单', en: 'hand-over' } }) }),

  async run(ctx, { handover: id }) {
    const handover = await demandHandover(ctx, id);
    const from = (await personById(ctx.tx, handover.fromId))!;
    const isTaker = ctx.actor.id === handover.toId;
    const maySignForGiver =
      ctx.actor.id === from.id ||
      ctx.actor.id === from.deputyId ||
      mayDecide(ctx.actor, await managersAbove(ctx.tx, from.id));
    // one who could sign for both signs as who takes first, and for the giver only when somebody else took it
    if (!isTaker && !maySignForGiver)
      throw new UserError(
        'denied.handover',
        say('这份交接单不用你签字。', 'This hand-over is not yours to sign.'),
        say('由交出人（或其上级）和接收人签字。', 'The giver (or somebody above) and the taker sign it.'),
      );
    if (isTaker ? handover.takenAt : handover.givenAt)
      throw new UserError(
        'handover.signed',
        say('你已经签过了，等对方签字。', 'You have signed; the other has to.'),
        say('对方不在的话，其上级可以代签。', 'Somebody above may sign for one who is away.'),
      );
    await signHandover(ctx.tx, id, isTaker ? { takenAt: ctx.saidAt } : { givenBy: ctx.actor.id, givenAt: ctx.saidAt });
    const signed = (await findHandover(ctx.tx, id))!;
    const order = await demandOrder(ctx.tx, signed.orderNo);
    const taker = (await personById(ctx.tx, signed.toId))!;
    const isDone = signed.givenAt !== null && signed.takenAt !== null;
    if (isDone) {
      const changes = changesAmong([['merchandiser', from.name, taker.name]]);
      await changeOrder(ctx.tx, order.id, { merchandiserId: taker.id });
      await logChanges(ctx, order, changes, { reason: signed.note });
    }
    await ctx.record({
      subject: `order:${order.no}`,
      before: { merchandiser: from.id },
      after: { handover: id, signedAs: isTaker ? 'taker' : 'giver', ...(isDone && { merchandiser: taker.id }) },
    });
    const card = await cardOf(ctx, signed);
    const above = isDone ? (await managersAbove(ctx.tx, from.id)).slice(0, 1) : [];
    const told = await peopleByIds(ctx.tx, [from.id, taker.id, ...above]);
    return {
      card,
      subject: `order:${order.no}`,
      toast: {
        tone: 'success' as const,
        text: isDone
          ? say('双方已签字，订单已交接', 'Both have signed; the order changed hands')
          : say('已签字', 'Signed'),
      },
      also: [...told.values()]
        .filter((person) => person.id !== ctx.actor.id && person.leftOn === null)
        .map(
          ({ openId }): Told => ({
            to: { person: openId },
            content: { type: 'card', card, subject: `order:${order.no}` },
          }),
        ),
    };
  },
});

/** `/order unsign <handover>`: it does not take place. */
export const withdrawHandover = defineCommand({
  name: 'order unsign',
  aliases: ['订单 交接作废'],
  summary: { zh: '作废一份没签完的交接单', en: 'withdraw a hand-over that is not signed' },
  example: { zh: '/订单 交接作废 3', en: '/order unsign 3' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({ handover: requestNo.meta({ label: { zh: '交接单', en: 'hand-over' } }) }),

  async run(ctx, { handover: id }) {
    const handover = await demandHandover(ctx, id);
    if (ctx.actor.id !== handover.toId) await demandOrderToChange(ctx, handover.orderNo);
    await signHandover(ctx.tx, id, { endedAt: ctx.saidAt });
    await ctx.record({ subject: `order:${handover.orderNo}`, after: { handover: id, withdrawn: true } });
    const card = await cardOf(ctx, (await findHandover(ctx.tx, id))!);
    const people = await peopleByIds(ctx.tx, [handover.fromId, handover.toId]);
    return {
      card,
      subject: `order:${handover.orderNo}`,
      also: [...people.values()]
        .filter(({ id, leftOn }) => id !== ctx.actor.id && leftOn === null)
        .map(({ openId }): Told => ({ to: { person: openId }, content: { type: 'card', card } })),
    };
  },
});
