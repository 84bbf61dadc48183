import { z } from 'zod';
import { choice, freeText, isoDate, money, orderNo, Problem, personRef, quantity } from '#bot/fields';
import { isMonth } from '#domain/calendar/dates';
import type { FieldSpec } from '#domain/records/fields';
import type { AnyKind } from '#domain/records/kind';
import { say } from '#domain/text';

const cut = (raw: string) => (raw.length > 40 ? `${raw.slice(0, 40)}…` : raw);
const readOrderNo = orderNo.meta()!.field!;

/** `#12`, or the number of an order whose only record it is. */
export const recordRef = z.string().meta({
  field: {
    kind: 'record',
    asks: 'line',
    maxLength: 40,
    read(raw, env) {
      const word = raw.normalize('NFKC').trim();
      return /^#\d{1,12}$/.test(word) ? word : readOrderNo.read(raw, env);
    },
    looksLike: (raw, env) => /^#\d{1,12}$/.test(raw.normalize('NFKC')) || Boolean(readOrderNo.looksLike?.(raw, env)),
  },
});

/** An amount of material with at most three decimals, kept as a plain decimal text. */
const measure = z.string().meta({
  field: {
    kind: 'measure',
    asks: 'line',
    maxLength: 20,
    read(raw) {
      const match =
        /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,3}))?\s*(?:米|公斤|千克|码|个|件|条|卷|m|kg|yd|yds|pcs)?$/i.exec(
          raw.normalize('NFKC').trim(),
        );
      if (!match)
        return new Problem(
          say(
            `「${cut(raw)}」不是数量。请写成 1250 或 1250.5（最多三位小数）`,
            `“${cut(raw)}” is not an amount. Write 1250 or 1250.5 (at most three decimals)`,
          ),
        );
      const whole = match[1]!.replaceAll(',', '').replace(/^0+(?=\d)/, '');
      const digits = (match[2] ?? '').replace(/0+$/, '');
      return digits ? `${whole}.${digits}` : whole;
    },
  },
});

/** A calendar month, `YYYY-MM`; 本月 and 上月 count from today. */
export const monthWord = z.string().meta({
  field: {
    kind: 'month',
    asks: 'line',
    maxLength: 10,
    read(raw, { today }) {
      const word = raw
        .normalize('NFKC')
        .trim()
        .replace(/[/.年]/, '-')
        .replace(/月$/, '');
      if (word === '本') return today.slice(0, 7);
      if (word === '上') {
        const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
        return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
      }
      const padded = word.replace(/-(\d)$/, '-0$1');
      return isMonth(padded)
        ? padded
        : new Problem(say(`「${cut(raw)}」不是月份。请写成 2026-11`, `“${cut(raw)}” is not a month. Write 2026-11`));
    },
    looksLike: (raw) => /^\d{4}[-/.年]\d{1,2}月?$|^[本上]月$/.test(raw.normalize('NFKC')),
  },
});

function bareSchema(field: FieldSpec): z.ZodType {
  switch (field.as) {
    case 'text':
      return freeText(field.max).min(1);
    case 'date':
      return isoDate;
    case 'quantity':
      return quantity;
    case 'measure':
      return measure;
    case 'money':
      return money;
    case 'person':
      return personRef;
    case 'choice':
      return choice([...field.options]);
  }
}

/** A field of a record as an argument of a command. */
export function fieldSchema(field: FieldSpec, { required }: { required: boolean }): z.ZodType {
  const schema = bareSchema(field);
  return (required ? schema : schema.optional()).meta({
    label: field.label,
    ...(field.keys && { keys: field.keys }),
    ...(field.bare && { bare: true }),
    ...(field.placeholder !== undefined && { placeholder: field.placeholder }),
  });
}

/** The states of a kind, as a word that needs no key. */
export const stateSchema = (kind: AnyKind): z.ZodType =>
  choice(Object.entries(kind.states).map(([value, { label, aliases = [] }]) => ({ value, label, aliases })))
    .optional()
    .meta({ label: { zh: '状态', en: 'state' }, bare: true });

export const noteSchema = freeText(500)
  .optional()
  .meta({ keys: ['说明'], label: { zh: '备注', en: 'note' } });

/** What was said of a record's own fields. */
export const valuesIn = (kind: AnyKind, args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(kind.fields).flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
  );
