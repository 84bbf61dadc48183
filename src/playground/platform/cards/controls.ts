/** The components that people operate (section 6 of the cards sheet). */
import type { Component } from '#playground/platform/cards/components';
import type { Inspection, Rule } from '#playground/platform/cards/inspection';
import { isNode } from '#playground/platform/cards/reading';
import {
  behaviours,
  confirm,
  i18nOf,
  icon,
  links,
  plainText,
  shortText,
  textObject,
} from '#playground/platform/cards/texts';
import {
  anything,
  bool,
  edges,
  imageKey,
  int,
  list,
  matching,
  object,
  oneOf,
  personId,
  share,
  string,
  width,
} from '#playground/platform/cards/values';

/** Form properties; where they may stand is the walk's business. */
const field: Record<string, Rule> = { name: string(), required: bool };

const picker: Record<string, Rule> = {
  ...field,
  disabled: bool,
  placeholder: shortText,
  width: width(['default', 'fill'], 100),
  behaviors: behaviours(false),
  confirm,
  value: (value, at, see) => {
    if (!isNode(value)) see.wrong(at, 'must be an object');
  },
};

const look = oneOf('default', 'text');
const option = object({ text: shortText, value: string(1), icon }, ['text', 'value']);
const personOption = object({ value: personId, icon }, ['value']);

export const controls: Record<string, Component> = {
  button: {
    properties: {
      type: oneOf(
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ),
      size: oneOf('tiny', 'small', 'medium', 'large'),
      width: width(['default', 'fill'], 100),
      text: shortText,
      icon,
      hover_tips: plainText,
      disabled: bool,
      disabled_tips: plainText,
      confirm,
      behaviors: behaviours(true),
      name: string(),
      form_action_type: oneOf('submit', 'reset'),
    },
    check(node, at, see) {
      if (node.text === undefined && node.icon === undefined) see.wrong(at, 'a button needs text or icon');
    },
  },
  input: {
    properties: {
      ...field,
      placeholder: shortText,
      default_value: string(0, 1000),
      i18n_default_value: i18nOf(string(0, 1000)),
      input_type: oneOf('text', 'multiline_text', 'password'),
      max_length: int(1, 1000),
      rows: int(1, 99),
      auto_resize: bool,
      max_rows: int(1, 99),
      show_icon: bool,
      label: plainText,
      label_position: oneOf('top', 'left'),
      width: width(['default', 'fill'], 100),
      disabled: bool,
      disabled_tips: plainText,
      behaviors: behaviours(false),
      confirm,
    },
    check(node, at, see) {
      const lines = node.input_type === 'multiline_text';
      for (const key of ['rows', 'auto_resize', 'max_rows']) {
        if (node[key] !== undefined && !lines) see.wrong(`${at}.${key}`, 'needs input_type "multiline_text"');
      }
      if (node.max_rows !== undefined && node.auto_resize !== true) see.wrong(`${at}.max_rows`, 'needs auto_resize');
      const most = typeof node.max_length === 'number' ? node.max_length : 1000;
      if (typeof node.default_value === 'string' && node.default_value.length > most) {
        see.wrong(`${at}.default_value`, `is longer than max_length ${most}`);
      }
    },
  },
  select_static: {
    properties: {
      ...picker,
      type: look,
      options: list(option, 1),
      initial_option: string(),
      initial_index: int(0, 999),
    },
    required: ['options'],
    check(node, at, see) {
      const values = optionValues(node, at, see);
      if (node.initial_option !== undefined && !values.includes(node.initial_option)) {
        see.wrong(`${at}.initial_option`, `"${String(node.initial_option)}" is none of the options`);
      }
      if (typeof node.initial_index === 'number' && node.initial_index > values.length) {
        see.wrong(`${at}.initial_index`, 'points behind the last option');
      }
    },
  },
  multi_select_static: {
    properties: { ...picker, type: look, options: list(option, 1), selected_values: list(string(1)) },
    required: ['options'],
    check: checkSelected,
  },
  select_person: {
    properties: { ...picker, type: look, options: list(personOption), initial_option: string() },
    check: optionValues,
  },
  multi_select_person: {
    properties: { ...picker, type: look, options: list(personOption), selected_values: list(string(1)) },
    check: optionValues,
  },
  date_picker: {
    properties: {
      ...picker,
      initial_date: matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date such as 2026-03-02'),
    },
  },
  picker_time: {
    properties: { ...picker, initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30') },
    check: needsWords('initial_time'),
  },
  picker_datetime: {
    properties: {
      ...picker,
      initial_datetime: matching(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/, 'a moment such as 2026-03-02 09:30'),
    },
    check: needsWords('initial_datetime'),
  },
  overflow: {
    properties: {
      ...field,
      options: list(overflowOption, 1),
      width: width(['default', 'fill'], 100),
      behaviors: behaviours(false),
      confirm,
      value: anything,
    },
    required: ['options'],
    check: optionValues,
  },
  checker: {
    properties: {
      name: string(),
      required: bool,
      checked: bool,
      text: textObject(['plain_text', 'lark_md'], { styled: true }),
      overall_checkable: bool,
      padding: edges(0, 99),
      button_area: object({
        pc_display_rule: oneOf('always', 'on_hover'),
        buttons: list(checkerButton, 0, 3),
      }),
      checked_style: object({ show_strikethrough: bool, opacity: share }),
      behaviors: behaviours(false),
      hover_tips: plainText,
      disabled: bool,
      disabled_tips: plainText,
      confirm,
    },
  },
  select_img: {
    properties: {
      ...field,
      options: list(
        object(
          {
            img_key: imageKey,
            i18n_img_key: i18nOf(imageKey),
            value: string(1),
            disabled: bool,
            disabled_tips: plainText,
            hover_tips: plainText,
          },
          ['img_key', 'value'],
        ),
        1,
      ),
      multi_select: bool,
      layout: oneOf('stretch', 'bisect', 'trisect'),
      can_preview: bool,
      aspect_ratio: oneOf('1:1', '16:9', '4:3'),
      disabled: bool,
      disabled_tips: plainText,
      behaviors: behaviours(false),
      confirm,
    },
    required: ['options'],
    check: optionValues,
  },
};

/** The option values, which are unique; links of an overflow have none. */
function optionValues(node: Record<string, unknown>, at: string, see: Inspection): unknown[] {
  const options = Array.isArray(node.options) ? node.options.filter(isNode) : [];
  const values = options.flatMap((one) => (one.value === undefined ? [] : [one.value]));
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) see.wrong(`${at}.options`, `the value "${String(twice)}" stands twice`);
  return values;
}

function checkSelected(node: Record<string, unknown>, at: string, see: Inspection): void {
  const values = optionValues(node, at, see);
  const selected = Array.isArray(node.selected_values) ? node.selected_values : [];
  for (const value of selected) {
    if (!values.includes(value)) see.wrong(`${at}.selected_values`, `"${String(value)}" is none of the options`);
  }
}

function overflowOption(value: unknown, at: string, see: Inspection): void {
  object({ text: shortText, value: string(1), multi_url: links }, ['text'])(value, at, see);
  if (isNode(value) && value.value === undefined && value.multi_url === undefined)
    see.wrong(at, 'needs value or multi_url');
}

function checkerButton(value: unknown, at: string, see: Inspection): void {
  if (!isNode(value) || value.tag !== 'button') {
    see.wrong(at, 'must be a button');
    return;
  }
  if (!['text', 'primary_text', 'danger_text'].includes(String(value.type)))
    see.wrong(`${at}.type`, 'must be a text button');
}

function needsWords(initial: string) {
  return (node: Record<string, unknown>, at: string, see: Inspection): void => {
    if (node[initial] === undefined && node.placeholder === undefined) see.wrong(at, `needs placeholder or ${initial}`);
  };
}
