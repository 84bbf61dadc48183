import { UserError } from '../errors.ts';
import { inLocale, type Locale, say, type Text } from '../text.ts';
import type { AnyKind, Change } from './kind.ts';

/** `样品 #12`: how people name a record, and how commands read it. */
export const recordName = (kind: AnyKind, id: number): Text => say(`${kind.noun.zh} #${id}`, `${kind.noun.en} #${id}`);

export const stateLabel = (kind: AnyKind, state: string): Text => kind.states[state]?.label ?? state;

const list = (texts: Text[], locale: Locale): string =>
  texts.map((text) => inLocale(text, locale)).join(locale === 'zh' ? '、' : ', ');

/** What is missing for a record to come into a state. */
export const missingFor = (kind: AnyKind, state: string, values: Record<string, unknown>): string[] =>
  (kind.states[state]?.needs ?? []).filter((name) => values[name] === undefined);

/**
 * Whether a change may be recorded: the way from state to state, what the new state needs, a photo, then the kind's own rules.
 *
 * @throws UserError saying what is in the way and what to do
 */
export function checkChange(kind: AnyKind, name: Text, change: Change): void {
  const { before, state, values, files } = change;
  const from = before?.state ?? startOf(kind, values);
  const mayBegin = before === undefined && kind.mayBegin?.includes(state);
  if (state !== from && !mayBegin && !kind.states[from]?.to.includes(state)) throw noWay(kind, name, from, state);
  const moved = before === undefined || state !== before.state;
  const missing = moved ? missingFor(kind, state, values) : [];
  if (missing.length > 0) {
    const labels = missing.map((field): Text => kind.fields[field]!.label);
    throw new UserError(
      'record.needs',
      say(
        `${zh(name)}要改成「${zh(stateLabel(kind, state))}」，还要写明${list(labels, 'zh')}。`,
        `For ${en(name)} to be “${en(stateLabel(kind, state))}”, ${list(labels, 'en')} must be given.`,
      ),
      say(
        `例如加上 ${missing.map((field) => `${kind.fields[field]!.label.zh}=…`).join(' ')}`,
        `Add for example ${missing.map((field) => `${field}=…`).join(' ')}`,
      ),
    );
  }
  if (moved && kind.states[state]!.photo && files === 0)
    throw new UserError(
      'record.no-photo',
      say(
        `${zh(name)}还没有照片或文件，不能改成「${zh(stateLabel(kind, state))}」。`,
        `${en(name)} has no photo or file yet, so it cannot be “${en(stateLabel(kind, state))}”.`,
      ),
      say(
        `把照片和这条指令放在同一条消息里发，例如：/${kind.noun.zh} 更新 … ${zh(stateLabel(kind, state))}，再附上图片。`,
        `Send the picture in the same message as the command: /${kind.code} update … ${state}, with the picture.`,
      ),
    );
  for (const rule of kind.rules ?? []) rule(change);
}

export const startOf = (kind: AnyKind, values: Record<string, unknown>): string =>
  typeof kind.begins === 'function' ? kind.begins(values) : kind.begins;

function noWay(kind: AnyKind, name: Text, from: string, to: string): UserError {
  const ways = (kind.states[from]?.to ?? []).map((state) => stateLabel(kind, state));
  return new UserError(
    'record.state',
    say(
      `${zh(name)}现在是「${zh(stateLabel(kind, from))}」，不能直接改成「${zh(stateLabel(kind, to))}」。`,
      `${en(name)} is “${en(stateLabel(kind, from))}” now and cannot become “${en(stateLabel(kind, to))}” from there.`,
    ),
    ways.length > 0
      ? say(
          `现在可以改成：${list(ways, 'zh')}。登记错了用 /撤销。`,
          `It can become: ${list(ways, 'en')}. Take back a mistake with /undo.`,
        )
      : say(
          '它已经办完了。登记错了用 /撤销，或者另建一条。',
          'It is finished. Take back a mistake with /undo, or add another.',
        ),
  );
}

const zh = (text: Text): string => inLocale(text, 'zh');
const en = (text: Text): string => inLocale(text, 'en');
