import type { Locale } from '../state/locale.ts';

/** Shapes of Card JSON 2.0 as far as the page draws them. Cards come from the wire, so every part may be missing. */
export interface Text {
  tag?: string;
  content?: string;
  i18n_content?: Partial<Record<string, string>>;
  text_size?: string;
  text_color?: string;
  text_align?: string;
  lines?: number;
}

export interface Icon {
  tag?: string;
  token?: string;
  color?: string;
  img_key?: string;
  size?: string;
}

export interface Confirm {
  title?: Text;
  text?: Text;
}

export interface Behavior {
  type: string;
  value?: unknown;
  default_url?: string;
  pc_url?: string;
}

export interface Element {
  tag: string;
  element_id?: string;
  margin?: string;
  elements?: Element[];
  columns?: Element[];
  [property: string]: unknown;
}

/** What places a container's children. */
export interface Layout {
  direction?: 'vertical' | 'horizontal';
  horizontal_spacing?: string;
  vertical_spacing?: string;
  horizontal_align?: 'left' | 'center' | 'right';
  vertical_align?: 'top' | 'center' | 'bottom';
  padding?: string;
}

/** What every control may have. */
export interface Control {
  tag: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  disabled_tips?: Text;
  hover_tips?: Text;
  placeholder?: Text;
  width?: string;
  value?: unknown;
  behaviors?: Behavior[];
  confirm?: Confirm;
}

export interface Option {
  text?: Text;
  value?: string;
  icon?: Icon;
  multi_url?: { url?: string; pc_url?: string };
}

export interface Card {
  schema?: string;
  config?: {
    streaming_mode?: boolean;
    width_mode?: string;
    locales?: string[];
    style?: {
      text_size?: Record<string, { default?: string; pc?: string; mobile?: string }>;
      color?: Record<string, { light_mode?: string; dark_mode?: string }>;
    };
    [property: string]: unknown;
  };
  card_link?: { url?: string; pc_url?: string };
  header?: Header;
  body?: Layout & { elements?: Element[] };
}

export interface Header {
  title?: Text;
  subtitle?: Text;
  text_tag_list?: Tag[];
  i18n_text_tag_list?: Partial<Record<string, Tag[]>>;
  template?: string;
  icon?: Icon;
  padding?: string;
}

export interface Tag {
  tag?: string;
  text?: Text;
  color?: string;
}

/** The reader's language where there is one, else `content`, else whatever language there is. */
export function pick(text: Text | undefined, locale: Locale): string {
  if (!text) return '';
  return text.i18n_content?.[locale] ?? text.content ?? Object.values(text.i18n_content ?? {}).find(Boolean) ?? '';
}

/** The same for pairs such as `default_value` and `i18n_default_value`. */
export function pickPair(part: Record<string, unknown>, property: string, locale: Locale): string | undefined {
  const local = (part[`i18n_${property}`] as Record<string, unknown> | undefined)?.[locale];
  const value = local ?? part[property];
  return typeof value === 'string' ? value : undefined;
}
