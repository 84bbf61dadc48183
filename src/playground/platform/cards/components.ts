/** What each component of JSON 2.0 may hold (sections 4 to 6 of the cards sheet). Tables and charts have rooms of their own. */
import { checkChart } from '#playground/platform/cards/chart';
import { controls } from '#playground/platform/cards/controls';
import type { Inspection, Rule } from '#playground/platform/cards/inspection';
import { checkMarkdown } from '#playground/platform/cards/markdown';
import { checkTable } from '#playground/platform/cards/table';
import {
  behaviours,
  confirm,
  i18nOf,
  icon,
  links,
  plainText,
  textObject,
  versionsOf,
} from '#playground/platform/cards/texts';
import {
  anything,
  bool,
  colour,
  edges,
  either,
  imageKey,
  int,
  list,
  matching,
  object,
  oneOf,
  personId,
  px,
  string,
  textSize,
  width,
} from '#playground/platform/cards/values';

export interface Component {
  properties: Record<string, Rule>;
  required?: readonly string[];
  /** Counts as a level of nesting. */
  container?: boolean;
  /** What the properties alone do not tell. */
  check?(node: Record<string, unknown>, at: string, see: Inspection): void;
}

const spacing = either(oneOf('small', 'medium', 'large', 'extra_large'), px(0, 99));
const align = oneOf('left', 'center', 'right');

/** Layout of the body and of every container. */
export const layout: Record<string, Rule> = {
  direction: oneOf('vertical', 'horizontal'),
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: align,
  vertical_align: oneOf('top', 'center', 'bottom'),
};

const padding = edges(0, 99);
const widePadding = edges(-99, 99);
const radius = either(px(0, 999), matching(/^\d{1,3}%$/, 'a radius such as 8px or 50%'));
/** Children are visited by the walk, not by a rule. */
const elements = list(anything);

const containers: Record<string, Component> = {
  form: {
    properties: { ...layout, name: string(), elements, padding: widePadding },
    required: ['elements'],
    container: true,
  },
  column_set: {
    properties: {
      columns: list(anything, 1),
      horizontal_spacing: spacing,
      horizontal_align: align,
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      background_style: colour,
      action: object({ multi_url: links }, ['multi_url']),
    },
    required: ['columns'],
    container: true,
  },
  column: {
    properties: {
      ...layout,
      padding,
      background_style: colour,
      width: width(['auto', 'weighted'], 16, 600),
      weight: int(1, 5),
      action: object({ multi_url: links }, ['multi_url']),
      elements,
    },
    check(node, at, see) {
      if (node.weight !== undefined && node.width !== 'weighted') see.wrong(`${at}.weight`, 'needs width "weighted"');
    },
  },
  interactive_container: {
    properties: {
      ...layout,
      elements,
      behaviors: behaviours(true),
      padding: widePadding,
      width: width(['fill', 'auto'], 16, 999),
      height: width(['auto'], 10, 999),
      background_style: either(oneOf('laser'), colour),
      has_border: bool,
      border_color: colour,
      corner_radius: radius,
      hover_tips: plainText,
      disabled: bool,
      disabled_tips: plainText,
      confirm,
    },
    required: ['elements'],
    container: true,
  },
  collapsible_panel: {
    properties: {
      ...layout,
      padding,
      expanded: bool,
      background_color: colour,
      border: object({ color: colour, corner_radius: radius }),
      header: object(
        {
          title: textObject(['plain_text', 'markdown', 'lark_md'], { styled: true }),
          background_color: colour,
          width: oneOf('fill', 'auto', 'auto_when_fold'),
          vertical_align: oneOf('top', 'center', 'bottom'),
          padding: edges(0, 99, [1, 4]),
          icon,
          icon_position: oneOf('left', 'right', 'follow_text'),
          icon_expanded_angle: (value, at, see) => {
            if (![-180, -90, 90, 180].includes(value as number)) see.wrong(at, 'must be -180, -90, 90 or 180');
          },
        },
        ['title'],
      ),
      elements,
    },
    required: ['header', 'elements'],
    container: true,
  },
};

const personSize = oneOf('extra_small', 'small', 'medium', 'large');

const display: Record<string, Component> = {
  markdown: {
    properties: { content: string(), i18n_content: i18nOf(string()), text_align: align, text_size: textSize, icon },
    required: ['content'],
    check(node, at, see) {
      const before = see.tables;
      for (const [path, text] of versionsOf(node, at)) {
        see.tables = before;
        checkMarkdown(text, path, see, 'markdown');
      }
    },
  },
  div: {
    properties: {
      text: textObject(['plain_text', 'lark_md'], { styled: true }),
      icon,
      width: width(['fill', 'auto'], 16, 999),
      fields: list(object({ is_short: bool, text: textObject(['plain_text', 'lark_md'], { styled: true }) }, ['text'])),
    },
    check(node, at, see) {
      if (node.text === undefined && node.fields === undefined) see.wrong(at, '"text" is required');
    },
  },
  hr: { properties: {} },
  img: {
    properties: {
      img_key: imageKey,
      i18n_img_key: i18nOf(imageKey),
      alt: plainText,
      title: plainText,
      corner_radius: radius,
      scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
      size: either(
        oneOf('large', 'medium', 'small', 'tiny', 'stretch'),
        matching(/^\d{1,4}px \d{1,4}px$/, 'a size such as 100px 80px'),
      ),
      transparent: bool,
      preview: bool,
    },
    required: ['img_key', 'alt'],
  },
  img_combination: {
    properties: {
      combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
      combination_transparent: bool,
      corner_radius: radius,
      img_list: list(object({ img_key: imageKey, i18n_img_key: i18nOf(imageKey) }, ['img_key']), 1, 9),
      img_list_length: int(1, 9),
    },
    required: ['combination_mode', 'img_list'],
  },
  person: {
    properties: {
      user_id: personId,
      size: personSize,
      show_avatar: bool,
      show_name: bool,
      style: oneOf('normal', 'capsule'),
    },
    required: ['user_id'],
  },
  person_list: {
    properties: {
      persons: list(object({ id: string(1) }, ['id']), 1),
      drop_invalid_user_id: bool,
      lines: int(1, 99),
      show_name: bool,
      show_avatar: bool,
      size: personSize,
      icon,
    },
    required: ['persons'],
    check(node, at, see) {
      if (node.drop_invalid_user_id === true || !Array.isArray(node.persons)) return;
      node.persons.forEach((person: { id?: unknown } | null, index) => {
        personId(person?.id, `${at}.persons[${index}].id`, see);
      });
    },
  },
  audio: {
    properties: {
      file_key: string(1),
      i18n_file_key: i18nOf(string(1)),
      audio_id: string(),
      show_time: bool,
      style: string(),
      fill_time: bool,
    },
    required: ['file_key'],
  },
};

const rooms: Record<string, Component> = {
  table: {
    properties: {
      columns: anything,
      rows: anything,
      page_size: int(1, 10),
      row_height: either(oneOf('low', 'middle', 'high', 'auto'), px(32, 124)),
      row_max_height: px(32, 999),
      freeze_first_column: bool,
      header_style: object({
        text_align: align,
        text_size: oneOf('normal', 'heading'),
        background_style: oneOf('grey', 'none'),
        text_color: colour,
        bold: bool,
        lines: int(1, 99),
      }),
    },
    required: ['columns', 'rows'],
    check: checkTable,
  },
  chart: {
    properties: {
      chart_spec: anything,
      aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
      height: width(['auto'], 1, 999),
      color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
      preview: bool,
    },
    required: ['chart_spec'],
    check: checkChart,
  },
};

export const components: Record<string, Component> = { ...containers, ...display, ...rooms, ...controls };
