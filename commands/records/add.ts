import { z } from 'zod';
import { type Command, defineCommand } from '#bot/command';
import { orderNo } from '#bot/fields';
import { demandOrder } from '#commands/order/access';
import type { AnyKind } from '#domain/records/kind';
import { recordCardFor } from '#usecases/record-cards';
import { addRecord } from '#usecases/records';
import { demandMayRecord, resolvePeople, seesAmounts } from './access.ts';
import { fieldSchema, noteSchema, stateSchema, valuesIn } from './fields.ts';
import { type CommandWords, recorders } from './words.ts';

/** `/<subject> add [order] …`: makes a record of a kind. */
export function addCommand(kind: AnyKind, words: CommandWords): Command {
  const order = kind.needsOrder ? orderNo : orderNo.optional();
  const fields = Object.entries(kind.fields)
    .filter(([, { when }]) => when !== 'update')
    .map(([name, field]) => [name, fieldSchema(field, { required: field.required ?? false })] as const);
  return defineCommand({
    name: `${kind.code} add`,
    ...words,
    roles: recorders,
    answers: kind.isPrivate ? 'private' : 'anywhere',
    input: z.object<Record<string, z.ZodType>>({
      order: order.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
      ...Object.fromEntries(fields),
      ...(Object.keys(kind.states).length > 1 && { state: stateSchema(kind) }),
      note: noteSchema,
    }),

    async run(ctx, args) {
      const order =
        args.order === undefined ? undefined : await demandOrder(ctx.tx, args.order as string, { locked: true });
      const responsibleId = order?.merchandiserId ?? ctx.actor.id;
      await demandMayRecord(ctx, kind, responsibleId);
      const { record, news, told } = await addRecord(ctx, kind, {
        order,
        responsibleId,
        said: {
          state: args.state as string | undefined,
          values: await resolvePeople(ctx.tx, kind, valuesIn(kind, args)),
          note: (args.note as string | undefined) ?? '',
        },
      });
      return {
        card: await recordCardFor(ctx.tx, kind, record, {
          news,
          withMoney: await seesAmounts(ctx, kind, responsibleId),
        }),
        toast: { tone: 'success', text: news },
        subject: `record:${record.id}`,
        also: told,
      };
    },
  });
}
