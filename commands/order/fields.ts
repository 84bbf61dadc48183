import { z } from 'zod';
import { freeText, orderNo, Problem, quantity } from '#bot/fields';
import type { Db } from '#db/client';
import { planOf } from '#db/order-progress';
import { findOrder } from '#db/orders';
import { formatLines, LinesProblem, MAX_LINES, type OrderLine, parseLines } from '#domain/order/lines';
import { findStage, stageLabel, stages } from '#domain/order/stages';
import { say, type Text } from '#domain/text';

/** The order that a command is about, as its first word. */
export const theOrder = orderNo.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } });
/** The same, left out where the group has a default order. */
export const theOrderOrDefault = orderNo
  .optional()
  .meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } });

export const reason = freeText(300)
  .min(1)
  .meta({ keys: ['理由', 'why'], label: { zh: '原因', en: 'reason' } });

/** A stage of the catalogue, or a name that some company's own template uses; the order decides. */
export const orderStage = z
  .string()
  .min(1)
  .max(30)
  .meta({
    field: {
      kind: 'stage',
      asks: 'choice',
      options: stages.map(({ code, label }) => ({ value: code, label })),
      read(raw) {
        const word = raw.normalize('NFKC').trim();
        return (
          findStage(word)?.code ??
          ([...word].length <= 30
            ? word
            : new Problem(say('工序名最多 30 个字', 'A stage name has at most 30 characters')))
        );
      },
      looksLike: (raw) => findStage(raw.normalize('NFKC')) !== undefined,
    },
  });

/** `800件`: so many altogether; `+200件`: so many more. */
export const progressAmount = z.object({ qty: z.int(), more: z.boolean() }).meta({
  field: {
    kind: 'progress-amount',
    asks: 'line',
    maxLength: 20,
    read(raw, env) {
      const typed = raw.normalize('NFKC').trim();
      const more = typed.startsWith('+');
      const qty = quantity.meta()!.field!.read(more ? typed.slice(1) : typed, env);
      return qty instanceof Problem ? qty : { qty: qty as number, more };
    },
    looksLike: (raw, env) =>
      /^[+＋]\d/.test(raw) || (quantity.meta()!.field!.looksLike?.(raw.replace(/^[+＋]/, ''), env) ?? false),
  },
});

/** `红 S=100 M=200；蓝 S=50` */
export const orderLines = z.array(z.object({ colour: z.string(), size: z.string(), qty: z.int() })).meta({
  field: {
    kind: 'lines',
    asks: 'text',
    maxLength: 1000,
    read(raw) {
      const lines = parseLines(raw);
      return lines instanceof LinesProblem ? new Problem(linesProblemText(lines)) : lines;
    },
  },
});

export function linesProblemText({ part, why }: LinesProblem): Text {
  const quoted = [...part].slice(0, 40).join('');
  switch (why) {
    case 'shape':
      return say(
        `明细里的「${quoted}」没看懂。写成：红 S=100 M=200；蓝 S=50`,
        `“${quoted}” in the lines was not understood. Write: red S=100 M=200; blue S=50`,
      );
    case 'twice':
      return say(`明细里的「${quoted}」写了两次`, `“${quoted}” is in the lines twice`);
    case 'too-long':
      return say(`颜色「${quoted}」太长了，最多 30 个字`, `the colour “${quoted}” is too long, at most 30 characters`);
    case 'too-many':
      return say(`明细最多 ${MAX_LINES} 行`, `at most ${MAX_LINES} lines`);
  }
}

export const linesText = (lines: readonly OrderLine[]): string => formatLines(lines);

/** The stages of the order whose form is opened. */
export async function offerStages(tx: Db, { order: no }: Record<string, string>) {
  const order = no === undefined ? undefined : await findOrder(tx, no.normalize('NFKC').trim().toUpperCase());
  const plan = order ? await planOf(tx, order.id) : [];
  const offered: Record<string, { value: string; label: Text }[]> =
    plan.length === 0 ? {} : { stage: plan.map(({ stage }) => ({ value: stage, label: stageLabel(stage) })) };
  return offered;
}
