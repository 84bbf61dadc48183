import type { CSSProperties } from 'preact';
import { useState } from 'preact/hooks';
import { useCard } from './context.ts';
import { Spinner, useActing, useTips } from './control.tsx';
import { Elements } from './element.tsx';
import { CardIcon } from './icons.tsx';
import { MarkdownElement } from './markdown/markdown.tsx';
import { colour, edges, isPixels, layoutStyle, safeUrl, spacing } from './style.ts';
import { CardText } from './text.tsx';
import type { Card, Control, Element, Icon, Layout, Text } from './types.ts';

const flexModes = new Set(['none', 'stretch', 'flow', 'bisect', 'trisect']);

/** The `column_set` component. How columns give way on a narrow card is left to the styles, by `flex_mode`. */
export function ColumnSetElement({ element }: { element: Element }) {
  const card = useCard();
  const mode = flexModes.has(String(element.flex_mode)) ? String(element.flex_mode) : 'none';
  const action = element.action as { multi_url?: { url?: string; pc_url?: string } } | undefined;
  const url = safeUrl(action?.multi_url?.pc_url || action?.multi_url?.url);
  const align = { left: 'flex-start', center: 'center', right: 'flex-end' }[String(element.horizontal_align)];
  const background = colour(element.background_style, card);
  const style: CSSProperties = {
    columnGap: spacing(element.horizontal_spacing, '8px'),
    rowGap: '8px',
    justifyContent: align,
    background,
    ...(background ? { borderRadius: '6px' } : {}),
  };
  const columns = (element.columns ?? []).map((column, index) => <Column key={index} element={column} />);
  return url ? (
    <a class={`column-set flex-${mode} linked`} style={style} href={url} target="_blank" rel="noopener noreferrer">
      {columns}
    </a>
  ) : (
    <div class={`column-set flex-${mode}`} style={style}>
      {columns}
    </div>
  );
}

function Column({ element }: { element: Element }) {
  const card = useCard();
  const action = element.action as { multi_url?: { url?: string; pc_url?: string } } | undefined;
  const url = safeUrl(action?.multi_url?.pc_url || action?.multi_url?.url);
  const background = colour(element.background_style, card);
  const weight = typeof element.weight === 'number' ? Math.max(1, Math.min(5, element.weight)) : 1;
  const style: CSSProperties & Record<`--${string}`, string> = {
    ...layoutStyle(element as Layout),
    background,
    margin: edges(element.margin),
    ...(background ? { borderRadius: '6px' } : {}),
    ...(element.width === 'weighted' ? { '--share': `${weight} 1 0px` } : {}),
    ...(isPixels(element.width) ? { '--share': `0 1 ${element.width}` } : {}),
  };
  if (url) {
    return (
      <a class="column linked" style={style} href={url} target="_blank" rel="noopener noreferrer">
        <Elements elements={element.elements} />
      </a>
    );
  }
  return (
    <div class="column" style={style} data-direction={element.direction}>
      <Elements elements={element.elements} />
    </div>
  );
}

/** The `interactive_container` component. A control inside it wins over the container's own action. */
export function InteractiveContainerElement({ element }: { element: Element }) {
  const card = useCard();
  const control = element as unknown as Control;
  const { act, busy, dialog } = useActing(control, true);
  const tips = useTips(control);
  const active = (control.behaviors?.length ?? 0) > 0 && !control.disabled;
  const laser = element.background_style === 'laser';
  const style: CSSProperties = {
    ...layoutStyle(element as Layout, '4px 12px'),
    background: laser ? undefined : colour(element.background_style, card),
    border: element.has_border === true ? `1px solid ${borderColour(element.border_color, card)}` : undefined,
    borderRadius: radius(element.corner_radius),
    width: isPixels(element.width) ? element.width : element.width === 'auto' ? 'fit-content' : '100%',
    height: isPixels(element.height) ? element.height : undefined,
  };
  const press = (event: Event) => {
    const inner = (event.target as HTMLElement).closest(
      'button, a, input, textarea, [role=listbox], dialog, [popover]',
    );
    if (active && (!inner || inner === event.currentTarget)) act({});
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a button as soon as it does something */}
      <div
        class={`interactive${active ? ' active' : ''}${laser ? ' laser' : ''}${control.disabled ? ' disabled' : ''}`}
        style={style}
        data-direction={element.direction}
        data-testid="card-container"
        title={tips}
        aria-busy={busy}
        aria-disabled={control.disabled === true}
        {...(active ? { role: 'button', tabIndex: 0 } : {})}
        onClick={press}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && (event.key === 'Enter' || event.key === ' ')) {
            event.preventDefault();
            press(event);
          }
        }}
      >
        <Elements elements={element.elements} />
        {busy && <Spinner />}
      </div>
      {dialog}
    </>
  );
}

/** A border that is called just `grey` is a fine line, as the clients draw it, and not the grey of text. */
function borderColour(name: unknown, card: Card): string {
  return name === 'grey' ? 'var(--grey-350)' : (colour(name, card) ?? 'var(--line)');
}

function radius(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+(px|%)$/.test(value) ? value : undefined;
}

interface PanelHeader {
  title?: Text;
  background_color?: string;
  width?: string;
  vertical_align?: string;
  padding?: string;
  icon?: Icon;
  icon_position?: string;
  icon_expanded_angle?: number;
}

/** The `collapsible_panel` component. */
export function CollapsibleElement({ element }: { element: Element }) {
  const card = useCard();
  const [expanded, setExpanded] = useState(element.expanded === true);
  const header = (element.header ?? {}) as PanelHeader;
  const border = element.border as { color?: string; corner_radius?: string } | undefined;
  const angle = typeof header.icon_expanded_angle === 'number' ? header.icon_expanded_angle : 180;
  const position = header.icon_position ?? 'right';
  const fits = header.width === 'auto' || (header.width === 'auto_when_fold' && !expanded);
  const icon = (
    <span class="panel-arrow" style={{ transform: expanded ? `rotate(${angle}deg)` : 'none' }}>
      <CardIcon icon={header.icon ?? { token: 'down-small-ccm_outlined' }} size="16px" />
    </span>
  );
  return (
    <div
      class={`panel${expanded ? ' expanded' : ''}`}
      style={{
        background: colour(element.background_color, card),
        border: border ? `1px solid ${borderColour(border.color, card)}` : undefined,
        borderRadius: radius(border?.corner_radius) ?? '5px',
      }}
    >
      <button
        type="button"
        class={`panel-header ${position}`}
        style={{
          background: colour(header.background_color, card),
          padding: edges(header.padding) ?? '4px 8px',
          width: fits ? 'fit-content' : '100%',
          alignItems: header.vertical_align === 'top' ? 'flex-start' : 'center',
        }}
        aria-expanded={expanded}
        data-testid="card-panel"
        onClick={() => setExpanded(!expanded)}
      >
        {position === 'left' && icon}
        <span class="panel-title">
          {header.title?.tag === 'markdown' || header.title?.tag === 'lark_md' ? (
            <MarkdownElement element={header.title as unknown as Element} />
          ) : (
            <CardText text={header.title} />
          )}
        </span>
        {position !== 'left' && icon}
      </button>
      {expanded && (
        <div
          class="panel-body"
          style={layoutStyle(element as Layout, '4px 8px 8px 8px')}
          data-direction={element.direction as string | undefined}
        >
          <Elements elements={element.elements} />
        </div>
      )}
    </div>
  );
}
