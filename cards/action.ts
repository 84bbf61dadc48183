import type { Action } from './kit.ts';

/** `order update?order=SO-1001`: short, readable, plain ASCII. */
export function encodeAction({ command, args }: Action): string {
  const query = new URLSearchParams(args).toString();
  return query ? `${command}?${query}` : command;
}

export function decodeAction(name: string): Action {
  const at = name.indexOf('?');
  if (at < 0) return { command: name, args: {} };
  return { command: name.slice(0, at), args: Object.fromEntries(new URLSearchParams(name.slice(at + 1))) };
}
