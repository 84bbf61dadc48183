import type { Locale, Text } from '#domain/text';
import { inLocale } from '#domain/text';
import { fitted, shortened } from './fit.ts';
import { Markup, type Said, sourceOf, visible } from './markup.ts';

/**
 * Typed builders of card JSON 2.0, only what we use of it. Unknown properties are an error on the platform, so nothing is passed through.
 * A button names a command and its arguments, nothing else: clicking equals typing.
 */

export type Tone = 'blue' | 'green' | 'orange' | 'red' | 'grey' | 'turquoise' | 'violet';

export interface Card {
  schema: '2.0';
  config: Record<string, unknown>;
  header: Record<string, unknown>;
  body: { elements: Element[] } & Record<string, unknown>;
}

export type Element = { tag: string } & Record<string, unknown>;

/** A command and its arguments, as a button carries them. */
export interface Action {
  command: string;
  args: Record<string, string>;
}

export const does = (command: string, args: Record<string, string | number | undefined> = {}): Action => {
  const given: Record<string, string> = {};
  for (const [key, value] of Object.entries(args)) if (value !== undefined) given[key] = String(value);
  return { command, args: given };
};

/** Opens the form of a command over the card, with what is already known. */
export const asks = (command: string, known: Record<string, string | number | undefined> = {}): Action =>
  does('card form', { ...known, of: command });

/** A text object: literal, in both languages. */
export const plain = (text: Text, max = 300): Element => ({ tag: 'plain_text', ...i18n(line(text, max)) });

/** What the platform allows on buttons, choices and in empty fields. */
export const LABEL = 100;

const line = (text: Text, max: number): Text =>
  typeof text === 'string'
    ? shortened(visible(text), max)
    : { zh: line(text.zh, max) as string, en: line(text.en, max) as string };

export function i18n(text: Text): { content: string; i18n_content?: Record<string, string> } {
  return typeof text === 'string'
    ? { content: text }
    : { content: text.zh, i18n_content: { zh_cn: text.zh, en_us: text.en } };
}

export function markdownOf(said: Said): Text {
  if (said instanceof Markup || typeof said === 'string') return sourceOf(said);
  return { zh: sourceOf(said.zh), en: sourceOf(said.en) };
}

export interface CardOptions {
  title: Text;
  subtitle?: Text;
  tone?: Tone;
  tags?: { text: Text; colour: Tone | 'neutral' | 'yellow' | 'indigo' }[];
  /** The line in the chat list and in notifications; the title when absent. Never personal data. */
  summary?: Text;
  /**
   * Pay, scores, anything about one person: no forwarding, and pressed only by the person it was sent to. Amounts of pay are put away
   * besides, before the platform can no longer replace the card (`put-away.ts`).
   */
  personal?: boolean | 'amounts';
  /** Wide on desktop; for tables. */
  wide?: boolean;
  body: (Element | undefined | false)[];
}

/** The frame of every card. `update_multi` is written out, because replacing a card later demands it. */
export function card({
  title,
  subtitle,
  tone = 'blue',
  tags = [],
  summary = title,
  personal = false,
  wide = false,
  body,
}: CardOptions): Card {
  const elements = body.filter((element) => element !== undefined && element !== false);
  return fitted({
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: !personal,
      enable_forward_interaction: false,
      width_mode: wide ? 'fill' : 'default',
      summary: i18n(line(summary, LABEL)),
    },
    header: {
      title: plain(title),
      ...(subtitle !== undefined && { subtitle: plain(subtitle) }),
      template: tone,
      ...(tags.length > 0 && {
        text_tag_list: tags.slice(0, 3).map(({ text, colour }) => ({
          tag: 'text_tag',
          text: plain(text),
          color: colour === 'grey' ? 'neutral' : colour,
        })),
      }),
    },
    body: {
      vertical_spacing: 'medium',
      elements: personal === 'amounts' ? marked(elements) : elements,
    },
  });
}

/** The `element_id` of the first element of a card with amounts of pay. */
export const AMOUNTS = 'amounts';

const marked = ([first, ...others]: Element[]): Element[] =>
  first ? [{ ...first, element_id: AMOUNTS }, ...others] : [];

export function text(
  said: Said,
  {
    size,
    align,
    margin,
  }: {
    size?: 'notation' | 'normal' | 'heading' | 'heading-2';
    align?: 'left' | 'center' | 'right';
    margin?: string;
  } = {},
): Element {
  return {
    tag: 'markdown',
    ...i18n(markdownOf(said)),
    ...(size && { text_size: size }),
    ...(align && { text_align: align }),
    ...(margin && { margin }),
  };
}

/** Small grey print. */
export function note(said: Said): Element {
  const source = markdownOf(said);
  const grey = (content: string) => `<font color='grey'>${content}</font>`;
  return {
    tag: 'markdown',
    ...i18n(typeof source === 'string' ? grey(source) : { zh: grey(source.zh), en: grey(source.en) }),
    text_size: 'notation',
  };
}

export const divider = (): Element => ({ tag: 'hr' });

export type ButtonLook = 'default' | 'primary_filled' | 'primary' | 'danger' | 'text' | 'primary_text';

export interface ButtonOptions {
  look?: ButtonLook;
  size?: 'small' | 'medium';
  confirm?: { title: Text; text: Text };
  /** Shown instead of acting. */
  disabled?: Text;
}

export function button(
  label: Text,
  action: Action,
  { look = 'default', size = 'medium', confirm, disabled }: ButtonOptions = {},
): Element {
  return {
    tag: 'button',
    type: look,
    size,
    text: plain(label, LABEL),
    ...(disabled !== undefined && { disabled: true, disabled_tips: plain(disabled) }),
    ...(confirm && { confirm: { title: plain(confirm.title), text: plain(confirm.text) } }),
    behaviors: [{ type: 'callback', value: { command: action.command, args: action.args } }],
  };
}

/** Buttons side by side, all of one size; on a narrow screen they wrap. */
export function row(...items: (Element | undefined | false)[]): Element {
  const shown = items.filter((item) => item !== undefined && item !== false);
  const size = shown.every((item) => item.size === 'small') ? 'small' : 'medium';
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    horizontal_spacing: 'small',
    columns: shown.map((item) => ({
      tag: 'column',
      width: 'auto',
      elements: [item.tag === 'button' && 'size' in item ? { ...item, size } : item],
    })),
  };
}

/** A line of a list: what it says, and beside it, also on a phone, its one button. */
export function beside(said: Said, act: Element): Element {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: 'small',
    columns: [
      { tag: 'column', width: 'weighted', weight: 4, vertical_align: 'center', elements: [text(said)] },
      { tag: 'column', width: 'auto', vertical_align: 'center', elements: [act] },
    ],
  };
}

/** Two to four equal columns that stack on a phone. */
export function columns(...cells: Element[][]): Element {
  return {
    tag: 'column_set',
    flex_mode: 'stretch',
    horizontal_spacing: 'medium',
    columns: cells.map((elements) => ({ tag: 'column', width: 'weighted', weight: 1, elements })),
  };
}

/** Label and value, in a light box: the figures at the top of a card. */
export function figures(...items: { label: Text; value: Said; colour?: Tone }[]): Element {
  return {
    tag: 'column_set',
    flex_mode: items.length > 2 ? 'none' : 'bisect',
    horizontal_spacing: 'small',
    columns: items.map(({ label, value, colour = 'grey' }) => ({
      tag: 'column',
      width: 'weighted',
      weight: 1,
      background_style: `${colour}-50`,
      padding: '8px 8px 8px 8px',
      elements: [{ ...note(label), text_align: 'center' }, text(value, { size: 'heading', align: 'center' })],
    })),
  };
}

export function panel(title: Said, elements: Element[], { expanded = false } = {}): Element {
  return {
    tag: 'collapsible_panel',
    expanded,
    border: { color: 'grey', corner_radius: '6px' },
    padding: '8px 8px 8px 8px',
    header: {
      title: { tag: 'markdown', ...i18n(markdownOf(title)) },
      vertical_align: 'center',
      padding: '4px 8px 4px 8px',
    },
    elements,
  };
}

export interface Column {
  name: string;
  label: Text;
  type?: 'text' | 'number' | 'markdown' | 'options';
  width?: string;
  /** Digits after the point, for numbers. */
  precision?: number;
  align?: 'left' | 'center' | 'right';
}

/** A table. The platform gives tables no second language, so one has to be chosen. */
export function table(
  locale: Locale,
  cols: Column[],
  rows: Record<string, unknown>[],
  { pageSize = 10 } = {},
): Element {
  return {
    tag: 'table',
    page_size: Math.min(10, Math.max(1, pageSize)),
    row_height: 'low',
    header_style: { background_style: 'grey', bold: true, text_align: 'left' },
    columns: cols.map(({ name, label, type = 'text', width, precision, align }) => ({
      name,
      display_name: inLocale(label, locale),
      data_type: type,
      ...(width && { width }),
      ...(align && { horizontal_align: align }),
      ...(type === 'number' && { format: { precision: precision ?? 0, separator: true } }),
    })),
    rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, shown(cell)]))),
  };
}

const shown = (cell: unknown): unknown => (typeof cell === 'string' ? visible(cell) : cell);

/** A chart by the platform's own chart library's specification. */
export const chart = (spec: Record<string, unknown>, aspect: '16:9' | '4:3' | '2:1' | '1:1' = '16:9'): Element => ({
  tag: 'chart',
  aspect_ratio: aspect,
  chart_spec: spec,
});
