import type { Fen, Fraction } from '#domain/money';
import { formatYuan, sumFen, yuanText } from '#domain/money';
import type { FactUse, PayContext } from '#domain/pay/context';
import type { Facts, MeasureBasis, Recorded, Source } from '#domain/pay/facts';
import { missing } from '#domain/pay/problem';
import { type Text, text } from '#domain/pay/text';

/** A value that a rule reads: the value, how people see it, its spreadsheet cell, and where it came from. */
export interface Reading<T> {
  readonly value: T;
  readonly shown: string;
  readonly cell: string;
  readonly label: Text;
  readonly use: FactUse;
}

const sourcesOf = (fact: Recorded<unknown>): Source[] => (fact.source ? [fact.source] : []);

export function readMoney(fact: Recorded<Fen> | undefined, path: string, label: Text): Reading<Fen> {
  if (!fact) throw missing(path, label.zh, label.en);
  return {
    value: fact.value,
    shown: formatYuan(fact.value),
    cell: `{${path}}`,
    label,
    use: { label, path, sources: sourcesOf(fact), value: yuanText(fact.value) },
  };
}

export function readQuantity(fact: Recorded<Fraction> | undefined, path: string, label: Text): Reading<Fraction> {
  if (!fact) throw missing(path, label.zh, label.en);
  const { value } = fact;
  return {
    value,
    shown: value.text,
    cell: `{${path}}`,
    label,
    use: { label, path, sources: sourcesOf(fact), value: value.text },
  };
}

export function readCount(fact: Recorded<bigint> | undefined, path: string, label: Text): Reading<bigint> {
  if (!fact) throw missing(path, label.zh, label.en);
  const shown = `${fact.value}`;
  return {
    value: fact.value,
    shown,
    cell: `{${path}}`,
    label,
    use: { label, path, sources: sourcesOf(fact), value: shown },
  };
}

const measureWords = { sales: text('销售额', 'sales'), processingFee: text('加工费', 'processing fee') };
const basisWords: Record<MeasureBasis, Text> = {
  ordered: text('接单', 'ordered'),
  shipped: text('出运', 'shipped'),
  invoiced: text('开票', 'invoiced'),
  received: text('收款', 'received'),
};
export const measureNames = ['sales', 'processingFee'] as const;
export type MeasureName = (typeof measureNames)[number];

/** The name of a measure on the basis that the settings choose, e.g. 出运销售额. */
export function measureLabel(name: MeasureName, settings: PayContext['settings']): Text {
  const basis = basisWords[settings[`${name}Basis`]];
  return text(`${basis.zh}${measureWords[name].zh}`, `${measureWords[name].en} ${basis.en}`);
}

/** A measure of the month on the basis that the settings choose, added up from its orders. */
export function readMeasure(context: PayContext, name: MeasureName): Reading<Fen> {
  const { facts, settings } = context;
  const basis = settings[`${name}Basis`];
  const label = measureLabel(name, settings);
  const path = `measures.${name}.${basis}`;
  const figure = facts.measures[name]?.[basis];
  if (!figure) throw missing(path, label.zh, label.en);
  const value = sumFen(figure.map((each) => each.value));
  const sources = figure.flatMap((each) =>
    each.source || each.order
      ? [{ ...each.source, ...(each.order && { order: each.order }), value: yuanText(each.value) }]
      : [],
  );
  return {
    value,
    shown: formatYuan(value),
    cell: `{${path}}`,
    label,
    use: { label, path, sources, value: yuanText(value) },
  };
}

export const hourLabels = {
  required: text('应出勤工时', 'required hours'),
  attended: text('实际出勤工时', 'attended hours'),
  overtime: text('加班工时', 'overtime hours'),
};

export function readHours(facts: Facts, name: keyof typeof hourLabels): Reading<Fraction> {
  return readQuantity(facts.hours[name], `hours.${name}`, hourLabels[name]);
}

export const flagLabels = {
  compliance: text('按规范操作并按时完成本职工作', 'work done by the rules and in time'),
  conduct: text('工作勤奋、认真、表现良好', 'good conduct'),
};
export type FlagName = keyof typeof flagLabels;

/**
 * The manager's yes or no as a 1 or a 0. Nobody has to say that the rules were kept; conduct is always asked for.
 */
export function readFlag(facts: Facts, name: FlagName): Reading<boolean> & { reason: string | undefined } {
  const flag = facts.flags[name] ?? (name === 'compliance' ? { met: true } : undefined);
  const path = `flags.${name}`;
  const label = flagLabels[name];
  if (!flag) throw missing(path, `主管对「${label.zh}」的认定`, `the manager's word on "${label.en}"`);
  return {
    value: flag.met,
    shown: flag.met ? '是' : '否',
    cell: `{${path}}`,
    label,
    use: { label, path, sources: flag.source ? [flag.source] : [], value: flag.met ? '1' : '0' },
    reason: flag.reason,
  };
}
