import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Click } from '#playground/page-api';
import { ConfirmDialog } from '../shell/dialog.tsx';
import { useWords } from '../state/locale.ts';
import { offsetSuffix, zoneName } from '../state/time.ts';
import { useCardLocale, useClient } from './context.ts';
import { type FieldValue, initialValue, isPicker, useForm, useFormField } from './form-state.ts';
import { isPixels, safeUrl } from './style.ts';
import { CardText, useText } from './text.tsx';
import type { Behavior, Confirm, Control, Element } from './types.ts';

type Action = Click['action'];

export interface Acting {
  /** Asks the card's own question first, if there is one, then reports the action and opens what is to be opened. */
  act(action: Omit<Action, 'tag'>, done?: (ok: boolean) => void): void;
  busy: boolean;
  /** The question, while it is open. */
  dialog: ComponentChildren;
}

/** `value` of the first callback behaviour; `undefined` when the control reports none. */
export function callbackValue(behaviors: Behavior[] | undefined): unknown {
  return behaviors?.find(({ type }) => type === 'callback')?.value;
}

/**
 * What a press on a control does. `silent` controls (checker, interactive container) report only when a behaviour asks for it;
 * the others report by default, unless all that their behaviours do is open a page.
 */
export function useActing(control: Control, silent = false): Acting {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<{ run(): void; cancel(): void }>();
  const behaviors = control.behaviors ?? [];
  const reports = behaviors.some(({ type }) => type === 'callback') || (!silent && behaviors.length === 0);
  const url = safeUrl(firstUrl(behaviors));

  const run = async (action: Omit<Action, 'tag'>, done?: (ok: boolean) => void) => {
    if (url) open(url, '_blank', 'noopener');
    if (!reports) {
      done?.(true);
      return;
    }
    setBusy(true);
    try {
      const value = callbackValue(behaviors) ?? control.value;
      const outcome = await client.click({
        tag: control.tag,
        ...(control.name ? { name: control.name } : {}),
        ...(value === undefined ? {} : { value }),
        ...action,
      });
      done?.(outcome !== undefined && !outcome.failure);
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    act(action, done) {
      if (busy) return;
      if (!control.confirm) {
        void run(action, done);
        return;
      }
      setAsked({
        run: () => {
          setAsked(undefined);
          void run(action, done);
        },
        cancel: () => {
          setAsked(undefined);
          done?.(false);
        },
      });
    },
    dialog: asked && control.confirm && <CardConfirm confirm={control.confirm} yes={asked.run} no={asked.cancel} />,
  };
}

function firstUrl(behaviors: Behavior[]): string | undefined {
  const link = behaviors.find(({ type }) => type === 'open_url');
  return link && (link.pc_url || link.default_url);
}

export function CardConfirm(props: { confirm: Confirm; yes(): void; no(): void }) {
  return (
    <ConfirmDialog
      title={<CardText text={props.confirm.title} />}
      text={<CardText text={props.confirm.text} />}
      yes={props.yes}
      no={props.no}
    />
  );
}

export interface FieldHandle {
  value: FieldValue;
  /** A required field that was found empty. */
  missing: boolean;
  busy: boolean;
  dialog: ComponentChildren;
  inForm: boolean;
  /** Takes the value; outside a form it is also reported, and taken back if that fails. */
  change(value: FieldValue): void;
  /** Takes the value without reporting it. */
  type(value: FieldValue): void;
}

/** A control with a value: in a form it fills in its field, outside it reports each choice. */
export function useField(
  element: Element,
  reported: (value: FieldValue) => Omit<Action, 'tag'>,
  silent = false,
): FieldHandle {
  const control = element as unknown as Control;
  const form = useForm();
  const locale = useCardLocale();
  const client = useClient();
  const name = control.name ?? '';
  const inForm = useFormField(form, name);
  const [own, setOwn] = useState<FieldValue>(() => initialValue(element, locale));
  const acting = useActing(control, silent);
  const withZone = isPicker(element.tag);
  const type = (value: FieldValue) => (form ? form.set(name, value) : setOwn(value));
  return {
    value: form ? inForm.value : own,
    missing: inForm.missing,
    busy: acting.busy,
    dialog: acting.dialog,
    inForm: form !== undefined,
    type,
    change(value) {
      const before = form ? inForm.value : own;
      type(value);
      if (form) return;
      const zone = withZone ? { timezone: zoneName(client.offset) } : {};
      acting.act({ ...reported(value), ...zone }, (ok) => {
        if (!ok) setOwn(before);
      });
    },
  };
}

/** Offset of the client as the pickers append it: `+0800`. */
export function useOffsetSuffix(): string {
  return offsetSuffix(useClient().offset);
}

/** Words that appear over a control; a disabled control says why it is. */
export function useTips(control: Control): string | undefined {
  const tips = useText(control.hover_tips);
  const disabledTips = useText(control.disabled_tips);
  return (control.disabled && disabledTips) || tips || undefined;
}

/** Width of a control: as wide as it needs, as the container, or so many pixels (at least 100). */
export function controlWidth(width: string | undefined): Record<string, string> {
  if (width === 'fill') return { width: '100%' };
  return isPixels(width) ? { width: `max(100px, ${width})`, maxWidth: '100%' } : {};
}

/** The small wheel on a control whose action has not been answered yet. */
export function Spinner() {
  return <span class="spinner" role="progressbar" aria-label={useWords().cardWaiting} />;
}
