import { ButtonElement } from './button.tsx';
import { Spinner, useField, useTips } from './control.tsx';
import { edges } from './style.ts';
import { CardText, useText } from './text.tsx';
import type { Control, Element, Text } from './types.ts';

interface CheckerJson extends Control {
  text?: Text;
  padding?: string;
  overall_checkable?: boolean;
  button_area?: { pc_display_rule?: string; buttons?: Element[] };
  checked_style?: { show_strikethrough?: boolean; opacity?: number };
}

/** The `checker` component. Outside a form it reports only when a behaviour asks for it. */
export function CheckerElement({ element }: { element: Element }) {
  const checker = element as unknown as CheckerJson;
  const field = useField(element, (value) => ({ checked: value === true }), true);
  const label = useText(checker.text);
  const checked = field.value === true;
  const style = checked
    ? {
        textDecoration: checker.checked_style?.show_strikethrough ? 'line-through' : undefined,
        opacity: checker.checked_style?.opacity === undefined ? undefined : String(checker.checked_style.opacity),
      }
    : {};
  const toggle = () => !checker.disabled && !field.busy && field.change(!checked);
  const onHover = checker.button_area?.pc_display_rule === 'on_hover';
  return (
    <div
      class={`checker${onHover ? ' on-hover' : ''}`}
      style={{ padding: edges(checker.padding) }}
      title={useTips(checker)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the tick shows only once the choice is taken */}
      <button
        type="button"
        role="checkbox"
        class="checker-main"
        data-name={checker.name}
        data-testid="card-checker"
        aria-checked={checked}
        aria-busy={field.busy}
        aria-disabled={checker.disabled === true}
        aria-label={label}
        onClick={toggle}
      >
        {field.busy ? <Spinner /> : <span class={`tick${checked ? ' on' : ''}`} aria-hidden="true" />}
        <span class="checker-text" style={style}>
          <CardText text={checker.text} />
        </span>
      </button>
      <span class="checker-buttons">
        {checker.button_area?.buttons?.map((button, index) => (
          <ButtonElement key={index} element={{ ...button, tag: 'button' }} />
        ))}
      </span>
      {field.dialog}
    </div>
  );
}
