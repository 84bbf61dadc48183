import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../state/locale.ts';
import { controlWidth, Spinner, useField, useTips } from './control.tsx';
import { Glyph } from './icons.tsx';
import { CardText, useText } from './text.tsx';
import type { Control, Element, Text } from './types.ts';

interface InputJson extends Control {
  input_type?: string;
  label?: Text;
  label_position?: string;
  max_length?: number;
  rows?: number;
  auto_resize?: boolean;
  max_rows?: number;
}

/** The `input` component: one line, several lines or a password. Outside a form, Enter or the tick reports what was typed. */
export function InputElement({ element }: { element: Element }) {
  const input = element as unknown as InputJson;
  const words = useWords();
  const field = useField(element, (value) => ({ input_value: String(value ?? '') }));
  const [reported, setReported] = useState(field.value);
  const [shown, setShown] = useState(false);
  const placeholder = useText(input.placeholder);
  const label = useText(input.label);
  const text = String(field.value ?? '');
  const several = input.input_type === 'multiline_text';
  const password = input.input_type === 'password';

  const report = () => {
    setReported(text);
    field.change(text);
  };
  const common = {
    class: 'field',
    value: text,
    placeholder,
    disabled: input.disabled === true,
    maxLength: input.max_length ?? 1000,
    'aria-label': label || placeholder || input.name || words.typeHere,
    'aria-invalid': field.missing,
    'data-name': input.name,
    onInput: (event: Event) => field.type((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value),
  };
  const pending = !field.inForm && text !== reported;
  return (
    <div class={`labelled ${input.label_position === 'left' ? 'left' : 'top'}`} style={controlWidth(input.width)}>
      {label && (
        <span class={`label${input.required ? ' required' : ''}`}>
          <CardText text={input.label} />
        </span>
      )}
      <div
        class={`field-box${field.missing ? ' missing' : ''}${several ? ' several' : ''}`}
        title={useTips(input)}
        aria-busy={field.busy}
      >
        {several ? (
          <Multiline input={input} text={text} common={common} />
        ) : (
          <input
            {...common}
            {...(password && !shown ? { type: 'password' as const } : { type: 'text' as const })}
            autocomplete={password ? 'new-password' : 'off'}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing && !field.inForm) report();
            }}
          />
        )}
        {password && (
          <button
            type="button"
            class="field-icon"
            aria-label={shown ? words.hidePassword : words.showPassword}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Glyph name="eye" size="16px" />
          </button>
        )}
        {pending && !field.busy && (
          <button
            type="button"
            class="field-icon go"
            aria-label={words.confirm}
            data-testid="input-report"
            onClick={report}
          >
            <Glyph name="check" size="16px" />
          </button>
        )}
        {field.busy && <Spinner />}
      </div>
      {field.dialog}
    </div>
  );
}

function Multiline(props: { input: InputJson; text: string; common: Record<string, unknown> }) {
  const { input, text, common } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  // The height follows the text.
  useLayoutEffect(() => {
    const area = box.current;
    if (!area || !input.auto_resize) return;
    area.style.height = 'auto';
    const most = input.max_rows ? input.max_rows * 22 + 12 : 400;
    area.style.height = `${Math.min(area.scrollHeight + 2, most)}px`;
  }, [text, input]);
  const limit = Number(common.maxLength);
  return (
    <>
      <textarea {...common} ref={box} rows={input.rows ?? 5} />
      {text.length > limit * 0.8 && <span class="count">{`${text.length}/${limit}`}</span>}
    </>
  );
}
