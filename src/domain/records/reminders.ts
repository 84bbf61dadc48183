import { addDays, daysBetween, type IsoDate } from '../calendar/dates.ts';
import { inLocale, say, type Text } from '../text.ts';
import type { AnyKind, RecordOfOrder } from './kind.ts';
import { checklist, type DocumentRules, documentLabel } from './kinds/doc.ts';
import { recordTitle } from './words.ts';

/** What somebody is reminded of. `key` is the same for the same reminder, so that it is told once. */
export interface Reminder {
  personId: number;
  key: string;
  text: Text;
  /** What its button opens. */
  opens: { command: string; args: Record<string, string> };
  isLate: boolean;
}

/** Documents are asked for this many days before the cut-off. */
export const CUTOFF_NOTICE_DAYS = 3;

const until = (days: number): { zh: string; en: string } =>
  days < 0
    ? { zh: `已过 ${-days} 天`, en: `${-days} days late` }
    : days === 0
      ? { zh: '今天', en: 'today' }
      : { zh: `还有 ${days} 天`, en: `${days} days left` };

/** The day before, then each week that it is late. */
const stepOf = (days: number): string => (days >= 0 ? 'soon' : `late-${Math.floor((-days - 1) / 7)}`);

/** What was promised for a day: a lent sample to come back, a sample to be sent, outsourced work and purchases to come, money to come in or go out (never how much). */
export function dayComes(kind: AnyKind, record: RecordOfOrder, today: IsoDate): Reminder | undefined {
  if (!record.open || record.due === null || record.due > addDays(today, 1)) return undefined;
  const days = daysBetween(today, record.due);
  const { zh, en } = until(days);
  const title = recordTitle(kind, record.id, record.values);
  const where = record.orderNo ? ` · ${record.orderNo}` : '';
  const what =
    record.state === 'lent'
      ? { zh: `借给 ${record.values.borrower}，归还日期`, en: `lent to ${record.values.borrower}, due back` }
      : kind.code === 'sample'
        ? { zh: '答应客户的日期', en: 'promised for' }
        : kind.code === 'purchase'
          ? {
              zh: `${record.values.received ?? 0}/${record.values.qty} 到货，交期`,
              en: `${record.values.received ?? 0} of ${record.values.qty} came, due`,
            }
          : { zh: '应收付日', en: 'due' };
  return {
    personId: record.responsibleId,
    key: `${kind.code}:${record.id}:${record.state}:${record.due}:${stepOf(days)}`,
    text: say(
      `${inLocale(title, 'zh')}${where}：${what.zh} ${record.due}（${zh}）`,
      `${inLocale(title, 'en')}${where}: ${what.en} ${record.due} (${en})`,
    ),
    opens: { command: `${kind.code} show`, args: { record: `#${record.id}` } },
    isLate: days < 0,
  };
}

/** A claim without an answer: on the last day, then each day that it is late; late ones also reach the manager. */
export function unansweredClaim(record: RecordOfOrder, today: IsoDate, managerId: number | null): Reminder[] {
  if ((record.state !== 'open' && record.state !== 'assigned') || record.due === null || record.due > today) return [];
  const days = daysBetween(today, record.due);
  const { zh, en } = until(days);
  const reminder = {
    key: `claim:${record.id}:${record.due}:${today}`,
    text: say(
      `投诉 #${record.id} ${record.orderNo ?? record.values.customer ?? ''} 还没答复客户，期限 ${record.due}（${zh}）`,
      `Claim #${record.id} ${record.orderNo ?? record.values.customer ?? ''} is not answered; due ${record.due} (${en})`,
    ),
    opens: { command: 'claim show', args: { record: `#${record.id}` } },
    isLate: days < 0,
  };
  const owner = (record.values.owner as number | undefined) ?? record.responsibleId;
  const people = new Set([owner, ...(days < 0 && managerId !== null ? [managerId] : [])]);
  return [...people].map((personId) => ({ ...reminder, personId, key: `${reminder.key}:${personId}` }));
}

/** Documents that are missing while the cut-off comes near: each day. */
export function missingDocuments(
  order: { id: number; no: string; template: string; merchandiserId: number },
  documents: readonly RecordOfOrder[],
  cutoff: IsoDate,
  today: IsoDate,
  rules: DocumentRules = {},
): Reminder | undefined {
  const days = daysBetween(today, cutoff);
  if (days > CUTOFF_NOTICE_DAYS) return undefined;
  const missing = checklist(order, documents, rules)
    .filter(({ record, beforeCutoff }) => !record && beforeCutoff)
    .map(({ type }) => documentLabel(type));
  if (missing.length === 0) return undefined;
  const { zh, en } = until(days);
  const of = (locale: 'zh' | 'en') =>
    missing.map((label) => (typeof label === 'string' ? label : label[locale])).join(locale === 'zh' ? '、' : ', ');
  return {
    personId: order.merchandiserId,
    key: `doc:${order.id}:${today}`,
    text: say(
      `订单 ${order.no} ${cutoff} 截关（${zh}），还缺：${of('zh')}`,
      `Order ${order.no}: cut-off ${cutoff} (${en}), still missing: ${of('en')}`,
    ),
    opens: { command: 'doc list', args: { order: order.no } },
    isLate: days < 0,
  };
}
