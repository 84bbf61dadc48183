import type { CSSProperties } from 'preact';
import type { Card, Layout } from './types.ts';

const hues = 'blue|carmine|green|indigo|lime|orange|purple|red|sunflower|turquoise|violet|wathet|yellow';
const hue = new RegExp(`^(?:${hues})(?:-(?:50|100|200|300|350|400|500|600|700|800|900))?$`);
const grey = /^grey(?:-(?:00|50|100|200|300|350|400|500|600|650|700|800|900|950|1000))?$/;
const rgba = /^rgba?\(\s*[\d.]+%?\s*(?:,\s*[\d.]+%?\s*){2,3}\)$/;

/** CSS of a colour name of the cards; `undefined` for what is no colour, hex included. */
export function colour(name: unknown, card: Card = {}): string | undefined {
  if (typeof name !== 'string') return undefined;
  const own = card.config?.style?.color?.[name]?.light_mode;
  if (own && rgba.test(own)) return own;
  if (name === 'white' || name === 'bg-white') return '#fff';
  if (hue.test(name) || grey.test(name)) return `var(--${name})`;
  // What the platform documents as the neutral tag colour.
  if (name === 'neutral') return 'var(--grey-650)';
  return rgba.test(name) ? name : undefined;
}

const sizes: Record<string, [desktop: number, phone?: number]> = {
  'heading-0': [30, 26],
  'heading-1': [24],
  'heading-2': [20],
  'heading-3': [18, 17],
  'heading-4': [16],
  heading: [16],
  normal: [14],
  notation: [12],
  'xxxx-large': [30, 26],
  'xxx-large': [24],
  'xx-large': [20],
  'x-large': [18],
  large: [16, 17],
  medium: [14],
  small: [12],
  'x-small': [10],
};

const isPhone = () => innerWidth <= 640;

/** Font size of a text; names that nobody knows are `normal`. */
export function textSize(name: unknown, card: Card): string {
  const phone = isPhone();
  const own = typeof name === 'string' ? card.config?.style?.text_size?.[name] : undefined;
  const known = own ? ((phone ? own.mobile : own.pc) ?? own.default) : name;
  const [desktop, small] = sizes[String(known)] ?? [14];
  return `${phone ? (small ?? desktop) : desktop}px`;
}

const spacings: Record<string, string> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' };

export const isPixels = (value: unknown): value is string =>
  typeof value === 'string' && /^-?\d+(\.\d+)?px$/.test(value);

export function spacing(value: unknown, otherwise: string): string {
  if (isPixels(value)) return value;
  return (typeof value === 'string' ? spacings[value] : undefined) ?? otherwise;
}

/** `"4px"`, `"4px 0"`, `"4px 0 4px 0"`: passed on only when every part is a length. */
export function edges(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = value.trim().split(/\s+/);
  return parts.length <= 4 && parts.every((part) => part === '0' || isPixels(part)) ? parts.join(' ') : undefined;
}

const across = { left: 'flex-start', center: 'center', right: 'flex-end' };
const along = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

/** The box that holds a container's children. */
export function layoutStyle(layout: Layout, padding?: string): CSSProperties {
  const horizontal = layout.direction === 'horizontal';
  const align = across[layout.horizontal_align ?? 'left'] ?? 'flex-start';
  const vertical = along[layout.vertical_align ?? 'top'] ?? 'flex-start';
  return {
    display: 'flex',
    flexDirection: horizontal ? 'row' : 'column',
    flexWrap: horizontal ? 'wrap' : 'nowrap',
    alignItems: horizontal ? vertical : align,
    justifyContent: horizontal ? align : vertical,
    columnGap: spacing(layout.horizontal_spacing, '8px'),
    rowGap: spacing(layout.vertical_spacing, '8px'),
    padding: edges(layout.padding) ?? padding,
  };
}

export function textAlign(value: unknown): 'left' | 'center' | 'right' | undefined {
  return value === 'left' || value === 'center' || value === 'right' ? value : undefined;
}

/** A header's or a tag's colour out of the names that it may have. */
export function hueOr(name: unknown, otherwise: string): string {
  return typeof name === 'string' && new RegExp(`^(?:${hues}|grey)$`).test(name) ? name : otherwise;
}

/** http and https only: what a card links to must not be able to run anything. */
export function safeUrl(url: unknown): string | undefined {
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? url : undefined;
}
