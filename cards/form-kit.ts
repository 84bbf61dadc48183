import type { Text } from '#domain/text';
import { encodeAction } from './action.ts';
import { type Action, type ButtonLook, type Element, i18n, LABEL, markdownOf, plain, row } from './kit.ts';

/** Typed builders of forms and what stands in them. Nothing calls back until the form is submitted. */

export interface Option {
  value: string;
  label: Text;
}

interface FieldOptions {
  name: string;
  label: Text;
  required?: boolean;
  placeholder?: Text;
  value?: string;
}

export function input(
  { name, label, required = false, placeholder, value }: FieldOptions,
  { multiline = false, maxLength = 1000 } = {},
): Element[] {
  return labelled(label, required, {
    tag: 'input',
    name,
    required,
    width: 'fill',
    input_type: multiline ? 'multiline_text' : 'text',
    ...(multiline && { rows: 3 }),
    max_length: Math.min(1000, maxLength),
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LABEL) }),
    ...(value !== undefined && { default_value: value }),
  });
}

export function select(
  { name, label, required = false, placeholder, value }: FieldOptions,
  options: Option[],
): Element[] {
  return labelled(label, required, {
    tag: 'select_static',
    name,
    required,
    width: 'fill',
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LABEL) }),
    options: options.map((option) => ({ text: plain(option.label, LABEL), value: option.value })),
    ...(value !== undefined && options.some((option) => option.value === value) && { initial_option: value }),
  });
}

export function multiSelect(
  { name, label, required = false, placeholder }: FieldOptions,
  options: Option[],
  selected: string[] = [],
): Element[] {
  return labelled(label, required, {
    tag: 'multi_select_static',
    name,
    required,
    width: 'fill',
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LABEL) }),
    options: options.map((option) => ({ text: plain(option.label, LABEL), value: option.value })),
    ...(selected.length > 0 && { selected_values: selected }),
  });
}

export function datePicker({ name, label, required = false, placeholder, value }: FieldOptions): Element[] {
  return labelled(label, required, {
    tag: 'date_picker',
    name,
    required,
    width: 'fill',
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LABEL) }),
    ...(value !== undefined && { initial_date: value }),
  });
}

/** The platform searches nobody: the candidates (open_ids) are given. */
export function personPicker(
  { name, label, required = false, placeholder, value }: FieldOptions,
  candidates: string[],
): Element[] {
  return labelled(label, required, {
    tag: 'select_person',
    name,
    required,
    width: 'fill',
    ...(placeholder !== undefined && { placeholder: plain(placeholder, LABEL) }),
    options: candidates.map((openId) => ({ value: openId })),
    ...(value !== undefined && candidates.includes(value) && { initial_option: value }),
  });
}

export const checker = (name: string, label: Text, checked = false): Element => ({
  tag: 'checker',
  name,
  checked,
  text: plain(label),
});

function labelled(label: Text, required: boolean, field: Element): Element[] {
  const star = required ? " <font color='red'>&#42;</font>" : '';
  const source = markdownOf(label);
  const withStar = typeof source === 'string' ? source + star : { zh: source.zh + star, en: source.en + star };
  return [{ tag: 'markdown', ...i18n(withStar), margin: '4px 0px 0px 0px' }, field];
}

/**
 * A form. Nothing calls back until the submit button, which takes no `behaviors`: its command and record travel in its `name`.
 * `beside` are further buttons in the same row.
 */
export function form(
  name: string,
  fields: Element[],
  submit: { label: Text; action: Action; look?: ButtonLook },
  ...beside: Element[]
): Element {
  const send: Element = {
    tag: 'button',
    name: encodeAction(submit.action),
    form_action_type: 'submit',
    type: submit.look ?? 'primary_filled',
    text: plain(submit.label, LABEL),
  };
  return { tag: 'form', name, vertical_spacing: 'small', elements: [...fields, row(send, ...beside)] };
}
