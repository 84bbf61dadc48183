import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const gap = 4;
const edge = 8;

interface PopupProps {
  anchor: RefObject<HTMLElement | null>;
  close(): void;
  children: ComponentChildren;
  /** At least as wide as the anchor. */
  wide?: boolean;
  /** Preferred side; the other one is taken when there is no room. */
  side?: 'below' | 'above';
  align?: 'start' | 'end';
  class?: string;
  label?: string;
  testId?: string;
  role?: 'listbox' | 'menu' | 'dialog';
}

/**
 * A panel beside its anchor, above everything else. It stands in the browser's top layer, so that no scrolling or rounded box
 * clips it. Esc and a press elsewhere close it. What is marked `data-focus` has the focus from the moment it opens.
 */
export function Popup(props: PopupProps) {
  const box = useRef<HTMLDivElement>(null);
  const { anchor, close } = props;

  // Placed anew whenever it is drawn.
  useLayoutEffect(() => {
    if (box.current && anchor.current) place(box.current, anchor.current, props);
  });

  useEffect(() => {
    const again = () => box.current && anchor.current && place(box.current, anchor.current, props);
    const press = (event: Event) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) close();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      close();
    };
    addEventListener('pointerdown', press, true);
    addEventListener('keydown', key, true);
    addEventListener('resize', again);
    addEventListener('scroll', again, true);
    return () => {
      removeEventListener('pointerdown', press, true);
      removeEventListener('keydown', key, true);
      removeEventListener('resize', again);
      removeEventListener('scroll', again, true);
    };
  });

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: each of the roles may have a label
    <div
      ref={box}
      popover="manual"
      class={`popup${props.class ? ` ${props.class}` : ''}`}
      role={props.role ?? 'dialog'}
      aria-label={props.label}
      data-testid={props.testId}
    >
      {props.children}
    </div>
  );
}

function place(box: HTMLElement, anchor: HTMLElement, { wide, side = 'below', align = 'start' }: PopupProps): void {
  const opening = !box.matches(':popover-open');
  if (opening) box.showPopover();
  const at = anchor.getBoundingClientRect();
  if (wide) box.style.minWidth = `${at.width}px`;
  box.style.maxWidth = `${innerWidth - 2 * edge}px`;
  box.style.maxHeight = '';
  const { height, width } = box.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  const up = side === 'above' ? above >= height || above > below : below < height && above > below;
  box.style.maxHeight = `${Math.max(up ? above : below, 120)}px`;
  const shown = Math.min(height, Math.max(up ? above : below, 120));
  box.style.top = `${up ? at.top - gap - shown : at.bottom + gap}px`;
  const left = align === 'end' ? at.right - width : at.left;
  if (opening) box.querySelector<HTMLElement>('[data-focus=true]')?.focus({ preventScroll: true });
  box.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
}
