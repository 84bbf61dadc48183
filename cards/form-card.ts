import { say, type Text } from '#domain/text';
import { checker, datePicker, form, input, personPicker, select } from './form-kit.ts';
import { type Action, button, type Card, card, does, type Element, note, text } from './kit.ts';
import { bullets } from './words.ts';

/** One thing that a form asks for. */
export interface Asked {
  name: string;
  label: Text;
  asks: 'line' | 'text' | 'date' | 'choice' | 'person' | 'yes-no';
  required: boolean;
  options?: { value: string; label: Text }[];
  /** open_ids to choose from, for a person. */
  candidates?: string[];
  maxLength?: number;
  placeholder?: Text;
  value?: string;
}

export interface FormOptions {
  title: Text;
  intro?: Text;
  problems?: Text[];
  fields: Asked[];
  submit: Action;
  submitLabel?: Text;
  /** The form lies over another card, to which "back" returns. */
  coversCard: boolean;
  personal?: boolean;
}

/** The form of a command, made from its declaration: opens when words are missing or a button asks for it. */
export function formCard({
  title,
  intro,
  problems = [],
  fields,
  submit,
  submitLabel = say('提交', 'Submit'),
  coversCard,
  personal = false,
}: FormOptions): Card {
  return card({
    title,
    tone: 'blue',
    personal,
    body: [
      intro !== undefined && text(intro),
      problems.length > 0 && text(bullets(problems)),
      form('f', fields.flatMap(fieldElements), { label: submitLabel, action: submit }),
      button(coversCard ? say('返回', 'Back') : say('关闭', 'Close'), does('card close'), {
        look: 'text',
        size: 'small',
      }),
      fields.some(({ required }) => required) && note(say('带 * 的必填。', 'Fields with * are required.')),
    ],
  });
}

function fieldElements(field: Asked): Element[] {
  const { asks, options = [], candidates, maxLength, ...rest } = field;
  const common = {
    name: rest.name,
    label: rest.label,
    required: rest.required,
    ...(rest.placeholder !== undefined && { placeholder: rest.placeholder }),
    // a start value that does not fit into its field would come back as something else
    ...(rest.value !== undefined && rest.value.length <= (maxLength ?? 1000) && { value: rest.value }),
  };
  switch (asks) {
    case 'date':
      return datePicker({ placeholder: say('选择日期', 'Pick a date'), ...common });
    case 'choice':
      return select({ placeholder: say('请选择', 'Choose'), ...common }, options);
    case 'person':
      return candidates
        ? personPicker({ placeholder: say('选择人员', 'Pick a person'), ...common }, candidates)
        : input({ placeholder: say('姓名或工号', 'Name or employee no.'), ...common });
    case 'yes-no':
      return [checker(rest.name, rest.label, rest.value === 'true')];
    default:
      return input(common, { multiline: asks === 'text', ...(maxLength && { maxLength }) });
  }
}
