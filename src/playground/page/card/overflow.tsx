import { useRef, useState } from 'preact/hooks';
import { Listbox } from '../shell/listbox.tsx';
import { Popup } from '../shell/popup.tsx';
import { useWords } from '../state/locale.ts';
import { useCardLocale } from './context.ts';
import { controlWidth, Spinner, useActing } from './control.tsx';
import { Glyph } from './icons.tsx';
import { safeUrl } from './style.ts';
import { type Control, type Element, type Option, pick } from './types.ts';

/** The `overflow` component: further actions behind three dots. An option either opens a page or is reported. */
export function OverflowElement({ element }: { element: Element }) {
  const control = element as unknown as Control & { options?: Option[] };
  const words = useWords();
  const locale = useCardLocale();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { act, busy, dialog } = useActing(control);
  const options = control.options ?? [];

  const choose = (index: string) => {
    setOpen(false);
    anchor.current?.focus();
    const option = options[Number(index)];
    const url = safeUrl(option?.multi_url?.pc_url || option?.multi_url?.url);
    if (url) window.open(url, '_blank', 'noopener');
    else if (option?.value !== undefined) act({ option: option.value });
  };
  return (
    <span class="tip-host" style={controlWidth(control.width)}>
      <button
        ref={anchor}
        type="button"
        class="btn default icon-only"
        style={controlWidth(control.width)}
        data-testid="card-overflow"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={words.more}
        aria-busy={busy}
        onClick={() => !busy && setOpen(!open)}
      >
        {busy ? <Spinner /> : <Glyph name="more" size="18px" />}
      </button>
      {open && (
        <Popup anchor={anchor} close={() => setOpen(false)} class="options">
          <Listbox
            items={options.map((option, index) => ({ value: String(index), text: pick(option.text, locale) }))}
            chosen={[]}
            label={words.more}
            choose={choose}
          />
        </Popup>
      )}
      {dialog}
    </span>
  );
}
