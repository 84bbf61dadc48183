/**
 * JSON with one spelling: keys sorted, no blanks, absent values left out, bigints as whole-number literals.
 * Equal values give equal bytes, so a settlement can be compared, hashed and recomputed.
 *
 * Throws TypeError for a number that is not a safe whole number: such a value has no place in a pay record.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return write(value, '', '');
  let text = '';
  if (Array.isArray(value)) {
    for (const each of value) text += text === '' ? canonicalJson(each) : `,${canonicalJson(each)}`;
    return `[${text}]`;
  }
  // a settlement is a thousand of these: no lists in between, and keys that are in order already stay
  for (const key of sortedKeys(value)) {
    const each = (value as Record<string, unknown>)[key];
    if (each !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}${canonicalJson(each)}`;
  }
  return `{${text}}`;
}

/** Nothing in it that JSON writes otherwise. */
const bare = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;
const quoted = (text: string): string => (bare.test(text) ? `"${text}"` : JSON.stringify(text));

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return keys.sort();
  return keys;
}

const KEPT = 2_000;
const quotedKeys = new Map<string, string>();

function quotedKey(key: string): string {
  let quoted = quotedKeys.get(key);
  if (quoted === undefined) {
    quoted = `${JSON.stringify(key)}:`;
    if (quotedKeys.size < KEPT) quotedKeys.set(key, quoted);
  }
  return quoted;
}

/** The same, indented for people. */
export function prettyCanonicalJson(value: unknown): string {
  return write(value, '\n', '  ');
}

function write(value: unknown, line: string, indent: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`);
    return `${value === 0 ? 0 : value}`;
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') throw new TypeError(`${typeof value} cannot be written as JSON`);
  const deeper = line + indent;
  if (Array.isArray(value))
    return wrap(
      '[',
      ']',
      value.map((each) => write(each, deeper, indent)),
      line,
      deeper,
    );
  const colon = indent ? ': ' : ':';
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}${colon}${write(each, deeper, indent)}`);
  return wrap('{', '}', members, line, deeper);
}

function wrap(open: string, close: string, members: string[], line: string, deeper: string): string {
  return members.length === 0 ? open + close : `${open}${deeper}${members.join(`,${deeper}`)}${line}${close}`;
}
