import { resourceUrl } from '../state/api.ts';
import { useCard } from './context.ts';
import { colour } from './style.ts';
import type { Icon as IconJson } from './types.ts';

/** A stroked path, a circle (centre, radius), a rounded box (corner, width, height, radius) or a filled path. */
type Shape =
  | string
  | [x: number, y: number, r: number]
  | [x: number, y: number, w: number, h: number, r: number]
  | { solid: string };

const ring: Shape = [12, 12, 8.6];
const sheet: Shape = [5, 3.4, 14, 17.2, 2];
const bell = 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.6 1.8H4.4zM10 21h4';
const bubble = 'M4 5.5h16v11.5h-8.5L7 20.5V17H4z';

/** Drawings by token without its style ending; 24 by 24. */
const drawings: Record<string, Shape[]> = {
  approval: [sheet, 'M8.5 12.3l2.5 2.5 4.7-5'],
  todo: [sheet, 'M8.5 8.5h7M8.5 12h7M8.5 15.5h4'],
  vote: ['M5 20V12M12 20V5M19 20v-5'],
  calendar: [[3.8, 5, 16.4, 15.4, 2], 'M3.8 10h16.4M8.5 3v4M15.5 3v4'],
  check: ['M5 12.5l4.8 4.8L19.5 7'],
  done: ['M5 12.5l4.8 4.8L19.5 7'],
  yes: [ring, 'M8 12.3l2.8 2.8 5.2-5.6'],
  no: [ring, 'M9 9l6 6M15 9l-6 6'],
  maybe: [ring, 'M9.5 9.8a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.9M12 17v.2'],
  close: ['M6 6l12 12M18 6L6 18'],
  expand: ['M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7'],
  info: [ring, 'M12 11v5.5M12 7.5v.2'],
  warning: ['M12 4.2l8.8 15.6H3.2zM12 10v4.6M12 17v.2'],
  time: [ring, 'M12 7v5.2l3.4 2'],
  alarm: [ring, 'M12 7.5v4.7l3 1.8M4 5l2.5-2M20 5l-2.5-2'],
  history: ['M4.2 9.5a8.3 8.3 0 1 1-.4 4M4 5v4.6h4.6M12 8v4.3l3 1.8'],
  refresh: ['M19.8 10a8.2 8.2 0 1 0 .2 4M20 5v5h-5'],
  edit: ['M4.5 19.5l1-4.5L16.2 4.3l3.5 3.5L9 18.5zM14 6.5l3.5 3.5'],
  member: [[12, 8.2, 3.8], 'M4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6'],
  search: [[10.8, 10.8, 6.3], 'M15.5 15.5l4.7 4.7'],
  chat: [`${bubble}M8 11h8`],
  'chat-forbidden': [`${bubble}M8 14l8-6`],
  reply: ['M10 6L4.5 11.5 10 17M5 11.5h8.5c3.5 0 6 2 6 6.5'],
  'reply-cn': ['M10 6L4.5 11.5 10 17M5 11.5h8.5c3.5 0 6 2 6 6.5'],
  right: ['M9 5l7 7-7 7'],
  left: ['M15 5l-7 7 7 7'],
  'down-small-ccm': ['M6.5 9.5l5.5 5.5 5.5-5.5'],
  download: ['M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15'],
  add: ['M12 5v14M5 12h14'],
  'delete-trash': ['M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 13.5h9l1-13.5M10 10.5v6M14 10.5v6'],
  more: [
    {
      solid:
        'M6 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zm6 0a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zm6 0a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z',
    },
  ],
  lock: [[5, 10.5, 14, 9.5, 1.8], 'M8 10.5V8a4 4 0 0 1 8 0v2.5'],
  bell: [bell],
  wallet: [
    'M4 7.5h14.5A1.5 1.5 0 0 1 20 9v9.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5zM4 7.5V6.5L16.5 4v3.5M16 13.7h.3',
  ],
  thumbsup: [
    'M8 20V10.5l3.7-6.7c1.6 0 2.5 1.1 2.2 2.7l-.6 3.5h5.2c1 0 1.7.9 1.5 1.9L18.5 18.5c-.2.9-.9 1.5-1.8 1.5zM8 20H4.5v-9.5H8',
  ],
  // The page's own.
  send: [{ solid: 'M3.5 20.5l18-8.5-18-8.5v6.6l10 1.9-10 1.9z' }],
  attach: [
    'M18.5 11.5l-6.7 6.7a4 4 0 0 1-5.7-5.7l7.4-7.4a2.7 2.7 0 0 1 3.8 3.8l-7.3 7.3a1.3 1.3 0 0 1-1.9-1.9l6.6-6.6',
  ],
  at: [[12, 12, 3.6], 'M15.6 8.6v4.6c0 3.2 4.6 2.8 4.6-1.4A8.3 8.3 0 1 0 16 19'],
  slash: [[3.8, 3.8, 16.4, 16.4, 3], 'M14.5 7.5l-5 9'],
  split: [[3.5, 4.5, 17, 15, 2], 'M12 4.5v15'],
  wire: ['M4 8.5h14M14.5 5l3.5 3.5-3.5 3.5M20 15.5H6M9.5 12L6 15.5 9.5 19'],
  fault: ['M13.5 3L5 13.5h6L10 21l9-11h-6.5z'],
  tour: [ring, 'M15.8 8.2l-2.2 5.4-5.4 2.2 2.2-5.4z'],
  language: [ring, 'M3.6 12h16.8M12 3.5c3 2.8 3 14.2 0 17M12 3.5c-3 2.8-3 14.2 0 17'],
  swap: ['M7 4L3.5 7.5 7 11M3.5 7.5H16M17 13l3.5 3.5L17 20M20.5 16.5H8'],
  restart: ['M4.2 14a8.2 8.2 0 1 0 1.4-7L3.8 9.2M3.8 4v5.2H9'],
  file: ['M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5'],
  eye: ['M2.8 12C5 7.8 8.2 5.8 12 5.8s7 2 9.2 6.2c-2.2 4.2-5.4 6.2-9.2 6.2S5 16.2 2.8 12z', [12, 12, 2.7]],
  robot: [[4.5, 8, 15, 11, 3], 'M12 8V4.5M9 12.5v2M15 12.5v2M2.5 12.5v3M21.5 12.5v3'],
  forward: ['M5 5l7 7-7 7M12.5 5l7 7-7 7'],
};

/** One of the drawings by name; a neutral dot for what is not drawn. */
export function Glyph({ name, size = '1em' }: { name: string; size?: string }) {
  const drawing = drawings[name];
  return (
    <svg
      class="glyph"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      stroke-linecap="round"
      stroke-linejoin="round"
      data-drawn={drawing ? name : 'dot'}
      aria-hidden="true"
    >
      {drawing?.map(draw) ?? <circle cx="12" cy="12" r="4" fill="currentColor" />}
    </svg>
  );
}

function draw(shape: Shape) {
  const stroke = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8' };
  if (typeof shape === 'string') return <path d={shape} {...stroke} />;
  if (!Array.isArray(shape)) return <path d={shape.solid} fill="currentColor" />;
  if (shape.length === 3) return <circle cx={shape[0]} cy={shape[1]} r={shape[2]} {...stroke} />;
  const [x, y, width, height, rx] = shape;
  return <rect x={x} y={y} width={width} height={height} rx={rx} {...stroke} />;
}

const colourful: Record<string, string> = { approval: 'orange', todo: 'blue', vote: 'violet' };

/** A card's icon object: a token of the platform's icon library, or an uploaded picture. */
export function CardIcon({ icon, size }: { icon: IconJson | undefined; size?: string }) {
  const card = useCard();
  if (!icon) return null;
  const side = (icon.size ?? size ?? '1em').split(' ')[0]!;
  if (icon.tag === 'custom_icon' && icon.img_key) {
    return <img class="custom-icon" src={resourceUrl(icon.img_key)} alt="" style={{ width: side, height: side }} />;
  }
  const [, name = '', style] = /^(.*)_(outlined|filled|colorful)$/.exec(icon.token ?? '') ?? [];
  const tint = style === 'colorful' ? `var(--${colourful[name] ?? 'blue'})` : colour(icon.color, card);
  return (
    <span class="card-icon" style={tint ? { color: tint } : {}}>
      <Glyph name={name} size={side} />
    </span>
  );
}
