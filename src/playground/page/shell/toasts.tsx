import { useEffect, useRef } from 'preact/hooks';
import { Glyph } from '../card/icons.tsx';
import { Store, useStore } from '../state/store.ts';

export interface Toast {
  id: number;
  type: 'info' | 'success' | 'warning' | 'error';
  text: string;
}

const shownMs = 4500;
const toasts = new Store<Toast[]>([]);
let made = 0;

/** Shows a line at the top of the page for some seconds. */
export function showToast(type: Toast['type'], text: string): void {
  made += 1;
  const id = made;
  toasts.update((now) => [...now.slice(-2), { id, type, text }]);
  setTimeout(() => toasts.update((now) => now.filter((toast) => toast.id !== id)), shownMs);
}

const glyphs = { info: 'info', success: 'yes', warning: 'warning', error: 'no' };

/** The toasts in the top layer, so that no dialog hides them. */
export function Toasts() {
  const now = useStore(toasts);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Shown anew each time: whatever entered the top layer last lies on top.
    if (element.matches(':popover-open')) element.hidePopover();
    if (now.length > 0) element.showPopover();
  }, [now]);
  return (
    <div ref={box} class="toasts" popover="manual" role="status" aria-live="polite">
      {now.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.type}`} data-testid="toast" data-type={toast.type}>
          <Glyph name={glyphs[toast.type]} size="18px" />
          <span>{toast.text}</span>
        </div>
      ))}
    </div>
  );
}
