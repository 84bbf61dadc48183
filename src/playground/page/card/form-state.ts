import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Locale } from '../state/locale.ts';
import { Store, useStore } from '../state/store.ts';
import { type Element, pickPair } from './types.ts';

/** What a field holds: a text, several values, a tick, or nothing yet. */
export type FieldValue = string | string[] | boolean | undefined;

export interface Field {
  name: string;
  tag: string;
  required: boolean;
  initial: FieldValue;
}

const fieldTags = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'select_img',
]);

/** A form while it is being filled in. */
export class FormState {
  readonly fields: Field[];
  readonly values: Store<Record<string, FieldValue>>;
  /** Names of required fields found empty at the last try to submit. */
  readonly missing = new Store<ReadonlySet<string>>(new Set());

  constructor(elements: Element[], locale: Locale) {
    this.fields = collect(elements).map((element) => ({
      name: String(element.name ?? ''),
      tag: element.tag,
      // The platform's own default for the field that exists in forms only.
      required: element.required === undefined ? element.tag === 'multi_select_static' : element.required === true,
      initial: initialValue(element, locale),
    }));
    this.values = new Store(this.#initial());
  }

  set(name: string, value: FieldValue): void {
    this.values.update((values) => ({ ...values, [name]: value }));
    if (this.missing.value.has(name) && !isEmpty(value)) {
      this.missing.set(new Set([...this.missing.value].filter((other) => other !== name)));
    }
  }

  reset(): void {
    this.values.set(this.#initial());
    this.missing.set(new Set());
  }

  /** True when nothing that is required is empty; marks what is. */
  check(): boolean {
    const missing = this.fields.filter((field) => field.required && isEmpty(this.values.value[field.name]));
    this.missing.set(new Set(missing.map((field) => field.name)));
    return missing.length === 0;
  }

  /**
   * `form_value` of the callback. An empty input is `""`, a checker is always there, other fields left empty are not sent.
   * `suffix` is the offset of the client, which the pickers append to what was picked.
   */
  formValue(suffix: string): Record<string, unknown> {
    const entries = this.fields.flatMap(({ name, tag }): [string, unknown][] => {
      const value = this.values.value[name];
      if (tag === 'input') return [[name, value ?? '']];
      if (tag === 'checker') return [[name, value === true]];
      if (isEmpty(value)) return [];
      return [[name, isPicker(tag) ? `${value} ${suffix}` : value]];
    });
    return Object.fromEntries(entries);
  }

  #initial(): Record<string, FieldValue> {
    return Object.fromEntries(this.fields.map(({ name, initial }) => [name, initial]));
  }
}

export const isPicker = (tag: string) => tag === 'date_picker' || tag === 'picker_time' || tag === 'picker_datetime';

function isEmpty(value: FieldValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

/** Named fields in the order of the card, whatever columns they stand in. */
function collect(elements: Element[]): Element[] {
  return elements.flatMap((element) => {
    const own = fieldTags.has(element.tag) ? [element] : [];
    return [...own, ...collect(element.elements ?? []), ...collect(element.columns ?? [])];
  });
}

/** What a field shows at first, in a form or outside. */
export function initialValue(element: Element, locale: Locale): FieldValue {
  const text = (property: string) => {
    const value = element[property];
    return typeof value === 'string' && value ? value : undefined;
  };
  switch (element.tag) {
    case 'input':
      return pickPair(element, 'default_value', locale) ?? '';
    case 'checker':
      return element.checked === true;
    case 'multi_select_static':
    case 'multi_select_person':
      return Array.isArray(element.selected_values) ? element.selected_values.map(String) : [];
    case 'date_picker':
      return text('initial_date');
    case 'picker_time':
      return text('initial_time');
    case 'picker_datetime':
      return text('initial_datetime');
    case 'select_img':
      return element.multi_select === true ? [] : undefined;
    default: {
      const options = Array.isArray(element.options) ? (element.options as { value?: string }[]) : [];
      const index = typeof element.initial_index === 'number' ? element.initial_index : 0;
      return text('initial_option') ?? options[index - 1]?.value;
    }
  }
}

export const FormContext = createContext<FormState | undefined>(undefined);
export const useForm = (): FormState | undefined => useContext(FormContext);

const nothing = new Store<Record<string, FieldValue>>({});
const nothingMissing = new Store<ReadonlySet<string>>(new Set());

/** Value and mark of one field of the form around it. */
export function useFormField(form: FormState | undefined, name: string): { value: FieldValue; missing: boolean } {
  const values = useStore(form?.values ?? nothing);
  const missing = useStore(form?.missing ?? nothingMissing);
  return { value: values[name], missing: missing.has(name) };
}
