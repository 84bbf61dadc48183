import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';

/** A panel of tools at the right; over everything on a phone. Esc closes it. */
export function SidePanel(props: {
  title: string;
  hint: string;
  close(): void;
  testId: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const words = useWords();
  const { close } = props;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) close();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [close]);
  return (
    <aside class="side-panel" aria-label={props.title} data-testid={props.testId}>
      <header class="panel-head">
        <div>
          <h3>{props.title}</h3>
          <small>{props.hint}</small>
        </div>
        <button type="button" class="icon-button" data-testid="close-panel" aria-label={words.close} onClick={close}>
          <Glyph name="close" size="18px" />
        </button>
      </header>
      {props.actions && <div class="panel-actions">{props.actions}</div>}
      <div class="panel-scroll">{props.children}</div>
    </aside>
  );
}
