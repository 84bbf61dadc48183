import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
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
  /** The browser closes it on Esc by itself, and it closes when it goes: only the first answer counts. */
  const answered = useRef(false);
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      answered.current = true;
      dialog?.close();
    };
  }, []);
  const answer = (say: () => void) => () => {
    if (answered.current) return;
    answered.current = true;
    say();
  };
  return (
    <dialog ref={box} class="dialog" data-testid="confirm-dialog" onClose={answer(props.no)}>
      <h2>{props.title}</h2>
      <div class="dialog-text">{props.text}</div>
      <div class="dialog-buttons">
        <button type="button" class="btn" data-testid="confirm-no" onClick={answer(props.no)}>
          {words.cancel}
        </button>
        <button
          type="button"
          class={`btn ${props.danger ? 'danger-filled' : 'primary-filled'}`}
          data-testid="confirm-yes"
          onClick={answer(props.yes)}
        >
          {words.confirm}
        </button>
      </div>
    </dialog>
  );
}
