/**
 * JSON with one spelling: keys sorted, no blanks, absent values left out, bigints as whole-number literals.
 * Equal values give equal bytes, so a settlement can be compared, hashed and recomputed.
 *
 * Throws TypeError for a number that is not a safe whole number: such a value has no place in a pay record.
 */
export function canonicalJson(value: unknown): string {
  const ready = inOrder(value);
  return ready === beyond ? write(value, '', '') : JSON.stringify(ready);
}

/** Stands for a value that the runtime's own JSON would spell otherwise. */
const beyond = Symbol('beyond');

/**
 * The value as the runtime's own JSON spells it right: what is in order already as it is, since a settlement is a thousand texts and most
 * are; the rest as a copy.
 */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'bigint') return safe(value) ? Number(value) : beyond;
  if (typeof value !== 'object') return Number.isSafeInteger(value) ? value : write(value, '', '');
  return Array.isArray(value) ? listInOrder(value) : membersInOrder(value as Record<string, unknown>);
}

const most = BigInt(Number.MAX_SAFE_INTEGER);
const safe = (value: bigint): boolean => value <= most && value >= -most;

function listInOrder(list: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const each = inOrder(list[at]);
    if (each === beyond) return beyond;
    if (each !== list[at]) copy ??= list.slice(0, at);
    copy?.push(each);
  }
  return copy ?? list;
}

function membersInOrder(value: Record<string, unknown>): unknown {
  if (value.toJSON !== undefined) return beyond;
  const keys = Object.keys(value);
  let isSorted = true;
  for (let at = 1; at < keys.length && isSorted; at++) isSorted = keys[at - 1]! < keys[at]!;
  // names that look like numbers come first in any object, whatever their order
  if (!isSorted && keys.some((key) => /^\d/.test(key))) return beyond;
  let copy: Record<string, unknown> | undefined = isSorted ? undefined : {};
  if (!isSorted) keys.sort();
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const own = value[key];
    if (own === undefined) continue;
    const each = inOrder(own);
    if (each === beyond || key === '__proto__') return beyond;
    if (each !== own && !copy) {
      copy = {};
      for (let before = 0; before < at; before++) copy[keys[before]!] = value[keys[before]!];
    }
    if (copy) copy[key] = each;
  }
  return copy ?? value;
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
