import { useRef, useState } from 'preact/hooks';
import { Listbox, type ListboxItem } from '../shell/listbox.tsx';
import { Popup } from '../shell/popup.tsx';
import { useWords } from '../state/locale.ts';
import { useCardLocale, useClient } from './context.ts';
import { controlWidth, Spinner, useField, useTips } from './control.tsx';
import type { FieldValue } from './form-state.ts';
import { CardIcon, Glyph } from './icons.tsx';
import { PersonChip } from './person.tsx';
import { useText } from './text.tsx';
import { type Control, type Element, type Option, pick } from './types.ts';

/** `select_static`, `multi_select_static`, `select_person` and `multi_select_person`. */
export function SelectElement({ element }: { element: Element }) {
  const select = element as unknown as Control & { type?: string };
  const several = element.tag.startsWith('multi_');
  const persons = element.tag.endsWith('_person');
  const words = useWords();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const field = useField(element, (value) => ({ option: String(value) }));
  const placeholder = useText(select.placeholder) || words.select;
  const items = useItems(element, persons);
  const chosen = chosenValues(field.value);

  const choose = (value: string) => {
    if (several) {
      field.change(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
      return;
    }
    setOpen(false);
    anchor.current?.focus();
    field.change(value);
  };
  return (
    <span class="tip-host select-host" style={controlWidth(select.width)}>
      <button
        ref={anchor}
        type="button"
        class={`field-box select${select.type === 'text' ? ' as-text' : ''}${field.missing ? ' missing' : ''}`}
        style={controlWidth(select.width)}
        data-name={select.name}
        data-testid="card-select"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={placeholder}
        aria-invalid={field.missing}
        aria-busy={field.busy}
        aria-disabled={select.disabled === true}
        title={useTips(select)}
        onClick={() => !select.disabled && !field.busy && setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open || select.disabled) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Chosen values={chosen} items={items} placeholder={placeholder} persons={persons} />
        {field.busy ? <Spinner /> : <Glyph name="down-small-ccm" size="16px" />}
      </button>
      {open && (
        <Popup anchor={anchor} close={() => setOpen(false)} wide class="options">
          <Listbox
            items={items}
            chosen={chosen}
            several={several}
            searchable={items.length > 8}
            label={placeholder}
            choose={choose}
            clear={field.inForm && chosen.length > 0 && !several ? () => field.type(undefined) : undefined}
          />
        </Popup>
      )}
      {field.dialog}
    </span>
  );
}

function chosenValues(value: FieldValue): string[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' && value ? [value] : [];
}

function useItems(element: Element, persons: boolean): ListboxItem[] {
  const client = useClient();
  const locale = useCardLocale();
  const options = (Array.isArray(element.options) ? element.options : []) as Option[];
  if (!persons) {
    return options.map((option) => ({
      value: String(option.value ?? ''),
      text: pick(option.text, locale),
      icon: option.icon && <CardIcon icon={option.icon} size="16px" />,
    }));
  }
  const named = options.flatMap(({ value }) => (value && client.person(value) ? [value] : []));
  const candidates = named.length > 0 ? named : client.members;
  return candidates.map((id) => {
    const person = client.person(id);
    return {
      value: id,
      text: person?.name ?? id,
      hint: person?.title,
      icon: <PersonChip id={id} name={false} avatar size="small" />,
    };
  });
}

function Chosen(props: { values: string[]; items: ListboxItem[]; placeholder: string; persons: boolean }) {
  if (props.values.length === 0) return <span class="chosen placeholder">{props.placeholder}</span>;
  const textOf = (value: string) => props.items.find((item) => item.value === value)?.text ?? value;
  if (props.persons) {
    return (
      <span class="chosen">
        {props.values.map((id) => (
          <PersonChip key={id} id={id} name avatar capsule />
        ))}
      </span>
    );
  }
  if (props.values.length === 1) return <span class="chosen">{textOf(props.values[0]!)}</span>;
  return (
    <span class="chosen">
      {props.values.map((value) => (
        <span key={value} class="picked">
          {textOf(value)}
        </span>
      ))}
    </span>
  );
}
