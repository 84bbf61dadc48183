import { useWords } from '../state/locale.ts';
import { zoneName } from '../state/time.ts';
import { useClient } from './context.ts';
import { controlWidth, Spinner, useActing, useOffsetSuffix, useTips } from './control.tsx';
import { useForm } from './form-state.ts';
import { CardIcon } from './icons.tsx';
import { CardText, useText } from './text.tsx';
import type { Control, Element, Icon, Text } from './types.ts';

const types = new Set([
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
]);
const sizes = new Set(['tiny', 'small', 'medium', 'large']);

/** The `button` component; in a form it submits or resets. */
export function ButtonElement({ element }: { element: Element }) {
  const button = element as unknown as Control & { type?: string; size?: string; text?: Text; icon?: Icon };
  const role = element.form_action_type;
  const form = useForm();
  const client = useClient();
  const words = useWords();
  const suffix = useOffsetSuffix();
  const { act, busy, dialog } = useActing(
    form && role === 'submit' ? { ...button, behaviors: ownCallback(button) } : button,
  );
  const tips = useTips(button);
  const label = useText(button.text);
  const type = types.has(button.type ?? '') ? button.type! : 'default';
  const size = sizes.has(button.size ?? '') ? button.size! : 'medium';

  const press = () => {
    if (button.disabled || busy) return;
    if (form && role === 'reset') {
      form.reset();
      return;
    }
    if (form && role === 'submit') {
      if (!form.check()) {
        client.notice('error', words.requiredMissing);
        return;
      }
      act({ form_value: form.formValue(suffix), timezone: zoneName(client.offset) });
      return;
    }
    act({});
  };

  return (
    <span class="tip-host" style={controlWidth(button.width)}>
      <button
        type="button"
        class={`btn card-btn ${type.replaceAll('_', '-')} ${size}`}
        style={controlWidth(button.width)}
        data-testid="card-button"
        data-name={button.name}
        aria-disabled={button.disabled === true}
        aria-busy={busy}
        aria-label={label || undefined}
        title={tips}
        onClick={press}
      >
        {busy ? <Spinner /> : button.icon && <CardIcon icon={button.icon} size="16px" />}
        {label && <CardText text={button.text} />}
      </button>
      {dialog}
    </span>
  );
}

/** A submit button reports the form; of its behaviours only a value to report with it counts. */
function ownCallback(button: Control): Control['behaviors'] {
  return button.behaviors?.filter(({ type }) => type === 'callback');
}
