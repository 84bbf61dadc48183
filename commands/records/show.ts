import { z } from 'zod';
import { type Command, defineCommand } from '#bot/command';
import type { AnyKind } from '#domain/records/kind';
import { recordCardFor } from '#usecases/record-cards';
import { demandMayRecord, demandRecord, seesAmounts } from './access.ts';
import { fieldSchema, recordRef } from './fields.ts';
import type { CommandWords } from './words.ts';

/** `/<subject> show <#no or order>`: where a record stands, and the next steps as buttons. */
export function showCommand(kind: AnyKind, words: CommandWords): Command {
  return defineCommand({
    name: `${kind.code} show`,
    ...words,
    roles: 'everyone',
    answers: kind.isPrivate ? 'private' : 'anywhere',
    reads: true,
    input: z.object<Record<string, z.ZodType>>({
      record: recordRef.meta({ word: 1, keys: ['单号', 'order', '订单号'], label: { zh: '记录', en: 'record' } }),
      ...(kind.apart && { [kind.apart]: fieldSchema(kind.fields[kind.apart]!, { required: false }) }),
    }),

    async run(ctx, args) {
      const record = await demandRecord(ctx.tx, kind, args.record as string, kind.apart && args[kind.apart]);
      // money concerns only those who may also record it
      if (kind.isPrivate) await demandMayRecord(ctx, kind, record.responsibleId, record);
      const withMoney = await seesAmounts(ctx, kind, record.responsibleId);
      return { card: await recordCardFor(ctx.tx, kind, record, { withMoney }), subject: `record:${record.id}` };
    },
  });
}
