import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../state/locale.ts';
import { Glyph } from './icons.tsx';

/** Frame of a table. A wide one scrolls sideways, with a shade at the edge behind which there is more. */
export function TableBox({ children, foot }: { children: ComponentChildren; foot?: ComponentChildren }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => setMore(box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
    const observer = new ResizeObserver(look);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div class={`table-box${more ? ' more' : ''}`} data-testid="card-table">
      <div class="table-frame">
        <div ref={scroller} class="table-scroll">
          {children}
        </div>
      </div>
      {foot}
    </div>
  );
}

/** Page turner under a table. Pages count from 0. */
export function Pager({ page, pages, turn }: { page: number; pages: number; turn(page: number): void }) {
  const words = useWords();
  return (
    <div class="pager" data-testid="pager">
      <button type="button" aria-label={words.previous} disabled={page === 0} onClick={() => turn(page - 1)}>
        <Glyph name="left" />
      </button>
      <span title={words.page(page + 1, pages)}>{`${page + 1} / ${pages}`}</span>
      <button type="button" aria-label={words.next} disabled={page === pages - 1} onClick={() => turn(page + 1)}>
        <Glyph name="right" />
      </button>
    </div>
  );
}
