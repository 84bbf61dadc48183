import { decodeAction, encodeAction } from '#cards/action';
import type { Action, Card } from '#cards/kit';

/**
 * Ties every button of a card to the card itself and to its revision, at the moment of sending. With them a click can be checked: is this
 * the card we sent, is it the newest state of it, and does it really offer this action? Values travel through clients and are not believed.
 */

/** Key of the stamp within a submit button's name, where there is no `value` to carry it. */
const STAMP = '_';

export interface Stamp {
  card: string;
  rev: number;
}

type Json = Record<string, unknown>;

function eachAction(node: unknown, onValue: (value: Json) => void, onSubmit: (button: Json) => void): void {
  if (Array.isArray(node)) for (const inner of node) eachAction(inner, onValue, onSubmit);
  else if (node && typeof node === 'object') {
    const element = node as Json;
    if (element.tag === 'button' && element.form_action_type === 'submit') onSubmit(element);
    for (const behavior of Array.isArray(element.behaviors) ? (element.behaviors as Json[]) : [])
      if (behavior.type === 'callback') onValue(behavior.value as Json);
    for (const [key, inner] of Object.entries(element)) if (key !== 'behaviors') eachAction(inner, onValue, onSubmit);
  }
}

/** A card is plain JSON, of which a copy by hand takes a fifth of the time of a general one. */
function copyOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(copyOf);
  if (!node || typeof node !== 'object') return node;
  const copy: Json = {};
  for (const key of Object.keys(node)) copy[key] = copyOf((node as Json)[key]);
  return copy;
}

export function stampCard(card: Card, { card: key, rev }: Stamp): Card {
  const copy = copyOf(card) as Card;
  eachAction(
    copy,
    (value) => Object.assign(value, { card: key, rev }),
    (button) => {
      const { command, args } = decodeAction(button.name as string);
      button.name = encodeAction({ command, args: { ...args, [STAMP]: `${key}.${rev}` } });
    },
  );
  return copy;
}

/** Every action that a card offers, from its buttons and its forms. */
export function actionsOf(card: Card): Action[] {
  const actions: Action[] = [];
  eachAction(
    card,
    ({ command, args }) => actions.push({ command: command as string, args: (args ?? {}) as Record<string, string> }),
    (button) => actions.push(decodeAction(button.name as string)),
  );
  return actions;
}

/** Names of the fields that a card's forms really ask for. */
export function fieldsOf(card: Card): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === 'object') {
      const element = node as Json;
      const isField = typeof element.tag === 'string' && element.tag !== 'button' && element.tag !== 'form';
      if (typeof element.name === 'string' && isField) names.add(element.name);
      // what buttons carry and what tables call their columns is nothing that a form asks for
      for (const [key, inner] of Object.entries(element)) if (key !== 'behaviors' && key !== 'rows') walk(inner);
    }
  };
  walk(card.body);
  return names;
}

/** What a click says, before anything of it is believed; undefined when it is not of our making. */
export function readClick(action: {
  name?: string;
  value?: unknown;
  option?: string;
}): { action: Action; stamp: Stamp } | undefined {
  if (action.value && typeof action.value === 'object') {
    const { command, args, card, rev } = action.value as Json;
    if (typeof command === 'string' && typeof card === 'string' && Number.isInteger(rev))
      return { action: { command, args: stringsOf(args) }, stamp: { card, rev: rev as number } };
  }
  if (!action.name) return undefined;
  const { command, args } = decodeAction(action.name);
  const { [STAMP]: stamped, ...rest } = args;
  const match = /^([a-z0-9]{6,40})\.(\d{1,9})$/.exec(stamped ?? '');
  return match ? { action: { command, args: rest }, stamp: { card: match[1]!, rev: Number(match[2]) } } : undefined;
}

const stringsOf = (args: unknown): Record<string, string> =>
  args && typeof args === 'object'
    ? Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)]))
    : {};

export const sameAction = (a: Action, b: Action): boolean => encodeSorted(a) === encodeSorted(b);

const encodeSorted = ({ command, args }: Action): string =>
  encodeAction({ command, args: Object.fromEntries(Object.entries(args).sort()) });
