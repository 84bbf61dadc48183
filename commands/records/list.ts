import { z } from 'zod';
import { type Command, type CommandContext, defineCommand } from '#bot/command';
import { choice, orderNo, pageNumber } from '#bot/fields';
import { asks, type Card, type Element } from '#cards/kit';
import { RECORDS_A_PAGE, recordListCard } from '#cards/record-list-card';
import { demandOrder } from '#commands/order/access';
import { peopleByIds } from '#db/people';
import { listRecords } from '#db/records';
import type { Order } from '#domain/order/order';
import { stateLabel } from '#domain/records/check';
import type { AnyKind } from '#domain/records/kind';
import { join, say, type Text } from '#domain/text';
import { demandMayRecord } from './access.ts';
import { monthWord, stateSchema } from './fields.ts';
import type { CommandWords } from './words.ts';

const scope = choice([
  { value: 'open', label: { zh: '未完', en: 'open' }, aliases: ['未结', '在办'] },
  { value: 'all', label: { zh: '全部', en: 'all' }, aliases: ['所有'] },
  { value: 'mine', label: { zh: '我的', en: 'mine' } },
]);

export interface ListMore {
  /** What stands above the list. */
  above?(ctx: CommandContext, asked: { order: Order | undefined; month: string | undefined }): Promise<Element[]>;
  /** A card of its own for one order. */
  ofOrder?(ctx: CommandContext, order: Order): Promise<Card>;
  /** What the button below the list asks for. */
  add?: string;
}

/** `/<subject> list [order] …`: one's own open records, those of an order, of a month, of a state. */
export function listCommand(kind: AnyKind, words: CommandWords, more: ListMore = {}): Command {
  return defineCommand({
    name: `${kind.code} list`,
    ...words,
    roles: 'everyone',
    answers: kind.isPrivate ? 'private' : 'anywhere',
    reads: true,
    input: z.object<Record<string, z.ZodType>>({
      order: orderNo.optional().meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
      month: monthWord.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
      scope: scope.optional().meta({ keys: ['show'], label: { zh: '范围', en: 'scope' }, bare: true }),
      ...(Object.keys(kind.states).length > 1 && { state: stateSchema(kind) }),
      page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
    }),

    async run(ctx, args) {
      const { actor, tx } = ctx;
      const month = args.month as string | undefined;
      const state = args.state as string | undefined;
      const page = (args.page as number | undefined) ?? 1;
      const order = args.order === undefined ? undefined : await demandOrder(tx, args.order as string);
      if (order && kind.isPrivate) await demandMayRecord(ctx, kind, order.merchandiserId);
      if (order && more.ofOrder && state === undefined && month === undefined)
        return { card: await more.ofOrder(ctx, order), subject: `order:${order.no}:${kind.code}` };
      const seesAll = actor.roles.some((role) => ['manager', 'finance', 'general_manager', 'admin'].includes(role));
      const scope = (args.scope as string | undefined) ?? (order || month || state ? 'all' : seesAll ? 'open' : 'mine');
      const isOwn = scope === 'mine' || (!order && !seesAll);
      const found = await listRecords(
        tx,
        {
          kind: kind.code,
          ...(order && { orderId: order.id }),
          ...(month && { month }),
          ...(state && { state }),
          ...(isOwn && { responsibleIds: [actor.id] }),
          ...((scope === 'open' || (scope === 'mine' && !state)) && hasOpen(kind) && { open: true }),
        },
        { limit: RECORDS_A_PAGE, offset: (page - 1) * RECORDS_A_PAGE },
      );
      const people = await peopleByIds(
        tx,
        found.records.map(({ responsibleId }) => responsibleId),
      );
      const add = more.add ?? `${kind.code} add`;
      return {
        card: recordListCard({
          kind,
          ...found,
          heading: heading(kind, { order, month, state }),
          names: new Map([...people].map(([id, { name }]) => [id, name])),
          today: ctx.today,
          page,
          query: {
            scope,
            ...(order && { order: order.no }),
            ...(month && { month }),
            ...(state && { state }),
          },
          above: (await more.above?.(ctx, { order, month })) ?? [],
          add: order ? asks(add, { order: order.no }) : asks(add),
        }),
      };
    },
  });
}

const hasOpen = (kind: AnyKind): boolean => Object.values(kind.states).some(({ open }) => open);

const heading = (
  kind: AnyKind,
  { order, month, state }: { order: Order | undefined; month: string | undefined; state: string | undefined },
): Text =>
  join(
    [
      say(`${kind.nouns.zh}记录`, kind.nouns.en),
      ...(order ? [order.no] : []),
      ...(month ? [month] : []),
      ...(state ? [stateLabel(kind, state)] : []),
    ],
    ' · ',
  );
