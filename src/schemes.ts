import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { parseScheme, type Scheme, SchemeError } from '#domain/pay/scheme';
import { root } from '#root';

/** Where the schemes of the source documents live. */
const folder = join(root, 'schemes');

/**
 * Reads a scheme from YAML text. Scalars stay text (`700.00` never becomes a binary number).
 *
 * Throws SchemeError with one line for each mistake of the YAML or of the scheme.
 */
export function readScheme(yaml: string): Scheme {
  const document = parseDocument(yaml, { schema: 'failsafe', prettyErrors: true });
  const [first] = document.errors;
  if (first) throw new SchemeError([`YAML：${first.message.split('\n')[0] ?? ''}`]);
  return parseScheme(document.toJS({ maxAliasCount: 50 }));
}

/** Reads a scheme file. Throws SchemeError for its content, and the system's error when it cannot be read. */
export function loadSchemeFile(path: string): Scheme {
  return readScheme(readFileSync(path, 'utf8'));
}

/** Names of the schemes that ship with the bot: ft, jw, kpi, lb. */
export function builtInSchemeNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** The text of a scheme that ships with the bot; undefined for another name. */
export const builtInSchemeText = (name: string): string | undefined =>
  builtInSchemeNames().includes(name) ? readFileSync(join(folder, `${name}.yaml`), 'utf8') : undefined;

/** A scheme that ships with the bot; undefined for another name. */
export function builtInScheme(name: string): Scheme | undefined {
  return builtInSchemeNames().includes(name) ? loadSchemeFile(join(folder, `${name}.yaml`)) : undefined;
}
