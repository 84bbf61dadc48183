import type { Words } from '../records/fields.ts';
import type { Mark, MarkRules, RecordHead } from '../records/kind.ts';
import { recordKinds } from '../records/kinds.ts';
import { say } from '../text.ts';
import { type Answered, isOverruled, isSealed } from './gates.ts';
import type { Order } from './order.ts';

/** A short word on each subject of an order: 封样 ✓, 单证 3/7. Never an amount, so that a group may see it. */
export interface OrderMark extends Mark {
  /** The subject's command, to open its list with. */
  kind: string;
  label: Words;
}

/** @param records the order's standing records */
export function orderMarks(
  order: Order,
  records: readonly RecordHead[],
  answers: readonly Answered[],
  rules: MarkRules,
): OrderMark[] {
  return recordKinds.flatMap((kind): OrderMark[] => {
    const own = records.filter((record) => record.kind === kind.code);
    const overruled = kind.code === 'seal' && !isSealed(records) && isOverruled(order, 'seal', answers);
    const mark = overruled
      ? { text: say('经理放行', 'overruled'), tone: 'orange' as const }
      : kind.mark?.(own, order, rules);
    return mark ? [{ kind: kind.code, label: kind.noun, ...mark }] : [];
  });
}
