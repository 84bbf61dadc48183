import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { Command } from './command.ts';
import type { Field } from './fields.ts';

/** One argument of a command, as declared. */
export interface Argument {
  name: string;
  schema: z.ZodType;
  field: Field;
  label: { zh: string; en: string };
  keys: string[];
  word: number | 'rest' | undefined;
  bare: boolean;
  required: boolean;
  hidden: boolean;
  placeholder: NonNullable<z.core.GlobalMeta['placeholder']> | undefined;
}

export interface Registry {
  all: readonly Command[];
  find(name: string): Command | undefined;
  argumentsOf(command: Command): readonly Argument[];
  /** The longest command name at the start of the words, and how many of them it takes. */
  match(words: string[]): { command: Command; taken: number } | undefined;
  /** Whether the first word names one of our subjects, so that a line without a mention is still meant for us. */
  isSubject(word: string): boolean;
  /** Whether all commands of the subject answer in private: then even a mistyped one is not discussed in a group. */
  isPrivateSubject(word: string): boolean;
  /** Names close to what was typed, best first, at most three, as people would type them. */
  suggest(words: string[]): string[];
}

/** Whoever types more did not mean a command. */
const LONGEST_NAME = 60;

const normal = (word: string) => word.normalize('NFKC').toLowerCase();

/** The metadata of a schema under `.optional()` and `.default()`, the outer one winning. */
function metadata(schema: z.ZodType): z.core.GlobalMeta {
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return { ...(inner && metadata(inner)), ...schema.meta() };
}

/**
 * Reads the declarations once. Two-word names give synonyms word by word (`订单 更新` makes `/订单 update` and `/订单更新` work too).
 *
 * @throws on a declaration that could never work: two commands of one name, two arguments of one key, an argument without a field.
 */
export function createRegistry(all: readonly Command[]): Registry {
  const names = new Map<string, Command>();
  const subjects = new Map<string, Set<string>>();
  const verbs = new Map<string, Set<string>>();
  const add = (name: string, command: Command) => {
    const key = normal(name);
    const other = names.get(key);
    if (other && other !== command) throw new Error(`two commands are called ${name}`);
    names.set(key, command);
  };
  const synonyms = (map: Map<string, Set<string>>, key: string, word: string) =>
    map.get(key) ?? map.set(key, new Set([word])).get(key)!;

  for (const command of all) {
    const [subject, verb] = command.name.split(' ') as [string, string?];
    synonyms(subjects, subject, subject);
    if (verb) synonyms(verbs, command.name, verb);
    for (const alias of command.aliases) {
      const [aliasSubject, aliasVerb, ...more] = alias.split(' ');
      if (more.length > 0 || Boolean(aliasVerb) !== Boolean(verb)) continue;
      subjects.get(subject)!.add(normal(aliasSubject!));
      if (verb) verbs.get(command.name)!.add(normal(aliasVerb!));
    }
  }
  for (const command of all) {
    const [subject, verb] = command.name.split(' ') as [string, string?];
    for (const s of subjects.get(subject)!) {
      if (!verb) add(s, command);
      else
        for (const v of verbs.get(command.name)!) {
          add(`${s} ${v}`, command);
          if (/\p{Script=Han}/u.test(s) && /\p{Script=Han}/u.test(v)) add(`${s}${v}`, command);
        }
    }
    for (const alias of command.aliases) add(alias, command);
  }

  const argumentsOf = new Map(all.map((command) => [command, declaredArguments(command)]));
  const firstWords = new Set([...names.keys()].map((name) => name.split(' ')[0]!));
  const namesOf = new Map(all.map((command) => [command, [] as string[]]));
  for (const [name, command] of names) namesOf.get(command)!.push(name);

  return {
    all,
    find: (name) => names.get(normal(name)),
    argumentsOf: (command) => argumentsOf.get(command)!,
    match(words) {
      const two = words[1] === undefined ? undefined : names.get(normal(`${words[0]} ${words[1]}`));
      if (two) return { command: two, taken: 2 };
      const one = words[0] === undefined ? undefined : names.get(normal(words[0]));
      return one && { command: one, taken: 1 };
    },
    isSubject: (word) => firstWords.has(normal(word)),
    isPrivateSubject(word) {
      const own = [...names].filter(([name]) => name.split(' ')[0] === normal(word)).map(([, command]) => command);
      return own.length > 0 && own.every(({ answers }) => answers === 'private');
    },
    suggest(words) {
      const typed = normal(words.slice(0, 2).join(' ')).slice(0, LONGEST_NAME);
      const first = normal(words[0] ?? '').slice(0, LONGEST_NAME);
      const scored = all.flatMap((command) => {
        const own = namesOf.get(command)!;
        const best = Math.min(
          ...own.map((name) => Math.min(distance(typed, name), name.includes(' ') ? 99 : distance(first, name))),
        );
        const sameSubject = own.some((name) => name.split(' ')[0] === first);
        return best <= Math.max(1, Math.floor(typed.length / 3)) || sameSubject ? [{ command, score: best }] : [];
      });
      const han = /\p{Script=Han}/u.test(typed);
      return scored
        .sort((a, b) => a.score - b.score)
        .slice(0, 3)
        .map(({ command }) => `/${(han && command.aliases[0]) || command.name}`);
    },
  };
}

function declaredArguments(command: Command): Argument[] {
  const taken = new Map<string, string>();
  return Object.entries(command.input.shape).map(([name, schema]) => {
    if (name === 'of' || name === 'choose')
      throw new Error(`${command.name}: ${name} is what buttons use for themselves`);
    const meta = metadata(schema);
    if (!meta.field) throw new Error(`${command.name}: ${name} is not made of a schema of bot/fields`);
    const label = typeof meta.label === 'object' ? meta.label : { zh: meta.label ?? name, en: name };
    const keys = [...new Set([name, ...(meta.keys ?? []), label.zh].map(normal))];
    for (const key of keys) {
      if (taken.has(key)) throw new Error(`${command.name}: ${name} and ${taken.get(key)} share the key ${key}`);
      taken.set(key, name);
    }
    return {
      name,
      schema,
      field: meta.field,
      label,
      keys,
      word: meta.word,
      bare: meta.bare ?? false,
      required: !schema.safeParse(undefined).success,
      hidden: meta.hidden ?? false,
      placeholder: meta.placeholder,
    };
  });
}
