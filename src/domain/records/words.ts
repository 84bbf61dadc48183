import { formatYuan } from '../money.ts';
import { inLocale, join, say, type Text } from '../text.ts';
import { type FieldSpec, optionLabel } from './fields.ts';
import type { AnyKind } from './kind.ts';

/** The value of a field as people read it; `names` are those of people by id. */
export function valueText(
  kind: AnyKind,
  name: string,
  values: Record<string, unknown>,
  names: ReadonlyMap<number, string>,
): Text {
  const field = kind.fields[name];
  const value = values[name];
  switch (field?.as) {
    case 'money':
      return `${values.currency ?? 'CNY'} ${formatYuan(value as bigint)}`;
    case 'person':
      return names.get(value as number) ?? '—';
    case 'choice':
      return optionLabel(field, value);
    default:
      return String(value);
  }
}

export interface Fact {
  label: Text;
  value: Text;
  as: FieldSpec['as'];
}

/** What a record says, in the order of its fields. */
export function factsOf(
  kind: AnyKind,
  values: Record<string, unknown>,
  names: ReadonlyMap<number, string>,
  { withMoney }: { withMoney: boolean },
): Fact[] {
  return Object.entries(kind.fields)
    .filter(([name, { as }]) => values[name] !== undefined && (withMoney || as !== 'money'))
    .map(([name, { label, as }]) => ({ label, as, value: valueText(kind, name, values, names) }));
}

/** `样品 #12 A118`: a record's name with the words by which people know it. */
export function recordTitle(kind: AnyKind, id: number, values: Record<string, unknown>): Text {
  const title = kind.title(values);
  return join([
    say(`${kind.noun.zh} #${id}`, `${kind.noun.en} #${id}`),
    inLocale(title, 'zh') === '' ? '' : join([' ', title]),
  ]);
}

export const cut = (words: string, max: number): string => {
  const characters = [...words];
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : words;
};
