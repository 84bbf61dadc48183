import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { freeText, isoDate, personRef } from '#bot/fields';
import { orderPlanCard } from '#cards/order-plan-card';
import { onePerson } from '#commands/people/lookup';
import { refreshOrder, setStage, statesOf } from '#db/order-progress';
import { peopleByIds } from '#db/people';
import { UserError } from '#domain/errors';
import { changesAmong } from '#domain/order/changes';
import { demandOpen, demandStage, type Order } from '#domain/order/order';
import { say, type Text } from '#domain/text';
import { demandOrder, demandOrderToChange, orderNoHere } from './access.ts';
import { offerStages, orderStage, theOrderOrDefault } from './fields.ts';
import { logChanges } from './log-changes.ts';
import { tellOfChange } from './tell.ts';

/** `/order plan <no> [stage] [day] [owner=]` (O2): the time-and-action calendar of an order, and changes to it. */
export const planOrderCommand = defineCommand({
  name: 'order plan',
  aliases: ['订单 计划', '订单 排期'],
  summary: { zh: '看或改工序计划和负责人', en: 'show or change the plan and owners of the stages' },
  example: { zh: '/订单 计划 SO-1001 缝制 12-10 负责=王芳', en: '/order plan SO-1001 sewing 12-10 owner=E1001' },
  roles: 'everyone',
  answers: 'anywhere',
  offers: offerStages,
  input: z.object({
    order: theOrderOrDefault,
    stage: orderStage.optional().meta({ word: 2, keys: ['工序'], label: { zh: '阶段', en: 'stage' }, bare: true }),
    day: isoDate
      .optional()
      .meta({ keys: ['计划', 'planned'], label: { zh: '计划日期', en: 'planned day' }, bare: true }),
    owner: personRef.optional().meta({ keys: ['负责人'], label: { zh: '负责', en: 'owner' } }),
    reason: freeText(300)
      .optional()
      .meta({ keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { order: named, stage: said, day, owner, reason = '' }) {
    const no = await orderNoHere(ctx, named);
    if (said === undefined && day === undefined && owner === undefined)
      return planReply(ctx, await demandOrder(ctx.tx, no));
    const order = await demandOrderToChange(ctx, no);
    demandOpen(order);
    const states = await statesOf(ctx.tx, order);
    if (said === undefined || (day === undefined && owner === undefined))
      throw new UserError(
        'order.plan-what',
        say('要写明哪道工序，和计划日期或负责人。', 'Say which stage, and its planned day or its owner.'),
        say(`例如：/订单 计划 ${no} 缝制 12-10`, `For example: /order plan ${no} sewing 12-10`),
      );
    const stage = demandStage(
      order,
      states.map((state) => state.stage),
      said,
    );
    const before = states.find((state) => state.stage === stage)!;
    const person = owner === undefined ? undefined : await onePerson(ctx.tx, owner);
    const people = await peopleByIds(ctx.tx, before.ownerId === null ? [] : [before.ownerId]);
    const was = before.ownerId === null ? null : people.get(before.ownerId)!.name;
    const changes = changesAmong([
      [`plan.${stage}`, before.planned, day ?? before.planned],
      [`owner.${stage}`, was, person?.name ?? was],
    ]);
    await setStage(ctx.tx, order.id, stage, { ...(day && { planned: day }), ...(person && { ownerId: person.id }) });
    await refreshOrder(ctx.tx, order.id);
    await logChanges(ctx, order, changes, { reason });
    await ctx.record({
      subject: `order:${no}`,
      before: Object.fromEntries(changes.map((change) => [change.field, change.before])),
      after: Object.fromEntries(changes.map((change) => [change.field, change.after])),
    });
    return {
      ...(await planReply(ctx, await demandOrder(ctx.tx, no), say('计划已更新', 'The plan was updated'))),
      also: await tellOfChange(ctx, order, {
        title: say('工序计划有变', 'The plan of a stage has changed'),
        changes,
        reason,
      }),
    };
  },
});

async function planReply(ctx: CommandContext, order: Order, news?: Text) {
  const states = await statesOf(ctx.tx, order);
  const owners = await peopleByIds(
    ctx.tx,
    states.flatMap(({ ownerId }) => ownerId ?? []),
  );
  return {
    card: orderPlanCard({
      order,
      states,
      names: new Map([...owners].map(([id, { name }]) => [id, name])),
      today: ctx.today,
      locale: ctx.locale,
      ...(news !== undefined && { news }),
    }),
    subject: `order:${order.no}`,
  };
}
