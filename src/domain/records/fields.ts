import type { Text } from '../text.ts';

/** What a record of some kind can say: how each value is read, named and kept. Commands turn these into words, forms and help. */

export interface Words {
  zh: string;
  en: string;
}

export interface FieldOptions {
  /** Other keys that people write for it. */
  keys?: string[];
  /** Asked for when the record is made, when it is changed, or both (the default). */
  when?: 'add' | 'update';
  /** Must be given when the record is made. */
  required?: boolean;
  /** A word that looks like it needs no key. */
  bare?: boolean;
  placeholder?: Text;
}

interface Named extends FieldOptions {
  label: Words;
}

export interface ChoiceOption<Value extends string = string> {
  value: Value;
  label: Words;
  aliases?: string[];
}

export type FieldSpec =
  | (Named & { as: 'text'; max: number })
  | (Named & { as: 'date' })
  | (Named & { as: 'quantity' })
  /** Up to three decimals (metres, kilograms), kept as a plain decimal text. */
  | (Named & { as: 'measure' })
  /** Whole fen; never shown in groups. */
  | (Named & { as: 'money' })
  /** Id of somebody on the roster. */
  | (Named & { as: 'person' })
  | (Named & { as: 'choice'; options: readonly ChoiceOption[] });

export type Fields = Readonly<Record<string, FieldSpec>>;

type ValueOf<Spec> = Spec extends { as: 'choice'; options: readonly ChoiceOption<infer Value>[] }
  ? Value
  : Spec extends { as: 'money' }
    ? bigint
    : Spec extends { as: 'quantity' | 'person' }
      ? number
      : string;

/** Values by field; whatever nobody has said is absent. */
export type Values<F extends Fields> = { -readonly [Name in keyof F]?: ValueOf<F[Name]> };

const named = (label: [zh: string, en: string], options: FieldOptions): Named => ({
  label: { zh: label[0], en: label[1] },
  ...options,
});

type Label = [zh: string, en: string];

export const text = (label: Label, max: number, options: FieldOptions = {}) =>
  ({ as: 'text', max, ...named(label, options) }) as const;
export const date = (label: Label, options: FieldOptions = {}) => ({ as: 'date', ...named(label, options) }) as const;
export const quantity = (label: Label, options: FieldOptions = {}) =>
  ({ as: 'quantity', ...named(label, options) }) as const;
export const measure = (label: Label, options: FieldOptions = {}) =>
  ({ as: 'measure', ...named(label, options) }) as const;
export const money = (label: Label, options: FieldOptions = {}) => ({ as: 'money', ...named(label, options) }) as const;
export const person = (label: Label, options: FieldOptions = {}) =>
  ({ as: 'person', ...named(label, options) }) as const;

/** Options as `value: [zh, en, ...aliases]`. */
export function choice<const Value extends string>(
  label: Label,
  options: Record<Value, [zh: string, en: string, ...aliases: string[]]>,
  more: FieldOptions = {},
) {
  const list = Object.entries<[string, string, ...string[]]>(options).map(([value, [zh, en, ...aliases]]) => ({
    value: value as Value,
    label: { zh, en },
    aliases,
  }));
  return { as: 'choice', options: list as readonly ChoiceOption<Value>[], ...named(label, more) } as const;
}

export const yesNo = (label: Label, options: FieldOptions = {}) =>
  choice(label, { yes: ['是', 'yes', '有', '需要', 'y'], no: ['否', 'no', '无', '不', '不需要', 'n'] }, options);

/** Words for a choice's value. */
export function optionLabel(field: FieldSpec | undefined, value: unknown): Text {
  const option = field?.as === 'choice' ? field.options.find((known) => known.value === value) : undefined;
  return option?.label ?? String(value);
}

/** As kept in the database: JSON has no bigint, so amounts are digits. */
export const toStored = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  );

export const fromStored = (fields: Fields, stored: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      fields[name]?.as === 'money' ? BigInt(value as string) : value,
    ]),
  );
