import { z } from 'zod';
import { type Command, defineCommand } from '#bot/command';
import { demandOrder } from '#commands/order/access';
import { findRecord, lockRecord } from '#db/records';
import type { AnyKind } from '#domain/records/kind';
import { recordCardFor } from '#usecases/record-cards';
import { changeRecord } from '#usecases/records';
import { demandMayRecord, demandRecord, resolvePeople, seesAmounts } from './access.ts';
import { fieldSchema, noteSchema, recordRef, stateSchema, valuesIn } from './fields.ts';
import { type CommandWords, recorders } from './words.ts';

/** `/<subject> update <#no or order> [state] …`: says something more about a record. With nothing to say it shows the record. */
export function updateCommand(kind: AnyKind, words: CommandWords): Command {
  const isFixed = (name: string) => kind.fields[name]!.when === 'add';
  const fields = Object.entries(kind.fields)
    .filter(([name]) => !isFixed(name) || name === kind.apart)
    .map(([name, field]) => [name, fieldSchema(field, { required: false })] as const);
  return defineCommand({
    name: `${kind.code} update`,
    ...words,
    roles: Object.values(kind.fields).some(({ as }) => as === 'person') ? 'everyone' : recorders,
    answers: kind.isPrivate ? 'private' : 'anywhere',
    input: z.object<Record<string, z.ZodType>>({
      record: recordRef.meta({ word: 1, keys: ['单号', 'order', '订单号'], label: { zh: '记录', en: 'record' } }),
      ...(Object.keys(kind.states).length > 1 && { state: stateSchema(kind) }),
      ...Object.fromEntries(fields),
      note: noteSchema,
    }),

    async run(ctx, args) {
      const found = await demandRecord(ctx.tx, kind, args.record as string, kind.apart && args[kind.apart]);
      const order = found.orderNo === null ? undefined : await demandOrder(ctx.tx, found.orderNo, { locked: true });
      await lockRecord(ctx.tx, found.id);
      // what was read before the lock may have changed meanwhile
      const before = (await findRecord(ctx.tx, found.id)) ?? found;
      await demandMayRecord(ctx, kind, before.responsibleId, before);
      const given = valuesIn(kind, args);
      if (kind.apart && isFixed(kind.apart)) delete given[kind.apart];
      const note = (args.note as string | undefined) ?? '';
      const withMoney = await seesAmounts(ctx, kind, before.responsibleId);
      const isNothing =
        Object.keys(given).length === 0 && args.state === undefined && note === '' && ctx.attachments.length === 0;
      if (isNothing)
        return { card: await recordCardFor(ctx.tx, kind, before, { withMoney }), subject: `record:${before.id}` };
      const { record, news, told } = await changeRecord(ctx, kind, {
        record: before,
        order,
        said: { state: args.state as string | undefined, values: await resolvePeople(ctx.tx, kind, given), note },
      });
      return {
        card: await recordCardFor(ctx.tx, kind, record, { news, withMoney }),
        toast: { tone: 'success', text: news },
        subject: `record:${record.id}`,
        also: told,
      };
    },
  });
}
