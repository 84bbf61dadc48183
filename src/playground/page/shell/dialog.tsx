import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../state/locale.ts';

/** A question that must be answered first. Esc says no; the keyboard stays inside. */
export function ConfirmDialog(props: {
  title: ComponentChildren;
  text: ComponentChildren;
  yes(): void;
  no(): void;
  danger?: boolean;
}) {
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      class="dialog"
      data-testid="confirm-dialog"
      onCancel={(event) => {
        event.preventDefault();
        props.no();
      }}
    >
      <h2>{props.title}</h2>
      <div class="dialog-text">{props.text}</div>
      <div class="dialog-buttons">
        <button type="button" class="btn" data-testid="confirm-no" onClick={props.no}>
          {words.cancel}
        </button>
        <button
          type="button"
          class={`btn ${props.danger ? 'danger-filled' : 'primary-filled'}`}
          data-testid="confirm-yes"
          onClick={props.yes}
        >
          {words.confirm}
        </button>
      </div>
    </dialog>
  );
}
