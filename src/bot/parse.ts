import { distance } from 'fastest-levenshtein';
import { say, type Text } from '#domain/text';
import type { Command } from './command.ts';
import { type FieldEnv, Problem } from './fields.ts';
import type { Argument, Registry } from './registry.ts';
import { type Token, tokenize, UnclosedQuote } from './tokens.ts';

/** What a line was found to say. `problems` empty and `missing` empty: it can run. */
export interface Parsed {
  command: Command;
  /** Values that were understood, by argument. */
  args: Record<string, unknown>;
  /** The words that they were read from, to fill a form with. */
  raw: Record<string, string>;
  problems: Text[];
  missing: Argument[];
}

export interface Unknown {
  unknown: string;
  suggestions: string[];
}

/** A command begins with a slash of either width; the slash may be left out where the bot was spoken to. */
export const stripSlash = (line: string): string => line.replace(/^\s*[/／]\s*/u, '');
export const hasSlash = (line: string): boolean => /^\s*[/／]/u.test(line);

/**
 * The command lines of a message: each line that begins with a slash starts one; other lines belong to the one above,
 * so that a quoted note may run over several lines.
 */
export function commandLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (lines.length === 0 || hasSlash(line)) {
      if (line.trim() || lines.length > 0) lines.push(line);
    } else lines[lines.length - 1] += `\n${line}`;
  }
  return lines.filter((line) => line.trim());
}

/** Reads one line; total: it returns something for every input and never throws. */
export function parseLine(line: string, registry: Registry, env: FieldEnv): Parsed | Unknown {
  const text = stripSlash(line);
  // the name first, by the plain words at the start; then the rest with this command's keys
  const start = text
    .trimStart()
    .split(/\s+/u, 2)
    .map((word) => word.normalize('NFKC'));
  const matched = registry.match(start);
  if (!matched) return { unknown: start[0] ?? '', suggestions: registry.suggest(start) };
  const rest = text.trimStart().replace(matched.taken === 2 ? /^\S+\s+\S+/u : /^\S+/u, '');
  const declared = registry.argumentsOf(matched.command);
  const tokens = tokenize(rest, (word) => argumentOfKey(declared, word) !== undefined);
  if (tokens instanceof UnclosedQuote) {
    const where = [...rest].slice(tokens.at, tokens.at + 12).join('');
    return {
      command: matched.command,
      args: {},
      raw: {},
      missing: [],
      problems: [say(`引号没有收尾：${where}…`, `A quote is not closed: ${where}…`)],
    };
  }
  return readArguments(matched.command, declared, tokens, env);
}

/** Reads arguments that come named (from a button or a form). Empty ones count as not given. */
export function parseNamed(
  command: Command,
  registry: Registry,
  values: Record<string, string>,
  env: FieldEnv,
): Parsed {
  const tokens = Object.entries(values)
    .filter(([, text]) => text.trim() !== '')
    .map(([key, text]): Token => ({ key, text, quoted: true, at: 0 }));
  return readArguments(command, registry.argumentsOf(command), tokens, env);
}

const argumentOfKey = (declared: readonly Argument[], key: string) =>
  declared.find(({ keys }) => keys.includes(key.normalize('NFKC').toLowerCase()));

function readArguments(command: Command, declared: readonly Argument[], tokens: Token[], env: FieldEnv): Parsed {
  const parsed: Parsed = { command, args: {}, raw: {}, problems: [], missing: [] };
  const give = (argument: Argument, raw: string) => {
    if (argument.name in parsed.raw) {
      parsed.problems.push(
        say(
          `${argument.label.zh}写了两次：${parsed.raw[argument.name]} 和 ${raw}`,
          `${argument.label.en} is given twice: ${parsed.raw[argument.name]} and ${raw}`,
        ),
      );
      return;
    }
    parsed.raw[argument.name] = raw;
    const value = argument.field.read(raw, env);
    if (value instanceof Problem) parsed.problems.push(value.text);
    else if (argument.schema.safeParse(value).success) parsed.args[argument.name] = value;
    else parsed.problems.push(say(`${argument.label.zh}不能是「${raw}」`, `${argument.label.en} cannot be “${raw}”`));
  };

  const bare: Token[] = [];
  for (const token of tokens) {
    if (token.key === undefined) bare.push(token);
    else {
      const argument = argumentOfKey(declared, token.key);
      if (argument) give(argument, token.text);
      else parsed.problems.push(unknownKey(token, declared));
    }
  }
  const positions = declared
    .filter(({ word }) => typeof word === 'number')
    .sort((a, b) => Number(a.word) - Number(b.word));
  const rest = declared.find(({ word }) => word === 'rest');
  const leftOver: Token[] = [];
  for (const token of bare) {
    const byPosition = positions.find(({ name }) => !(name in parsed.raw));
    const byShape = token.quoted
      ? undefined
      : declared.find(({ name, bare, field }) => bare && !(name in parsed.raw) && field.looksLike?.(token.text, env));
    // a word that can only be one thing is that thing, unless it is the next one expected anyway
    const next =
      byPosition && (!byShape || byPosition.field.looksLike?.(token.text, env)) ? byPosition : (byShape ?? byPosition);
    if (next) give(next, token.text);
    else leftOver.push(token);
  }
  if (rest && leftOver.length > 0) give(rest, leftOver.map(({ text }) => text).join(' '));
  else
    for (const { text } of leftOver)
      parsed.problems.push(
        say(
          `「${short(text)}」没看懂，要写明是什么，例如 ${exampleKey(declared, 'zh')}=${short(text)}`,
          `“${short(text)}” was not understood; say what it is, like ${exampleKey(declared, 'en')}=${short(text)}`,
        ),
      );
  const { atLeastOne = [] } = command;
  const none = atLeastOne.length > 0 && !atLeastOne.some((name) => name in parsed.raw);
  parsed.missing = declared.filter(
    ({ name, required }) => !(name in parsed.raw) && (required || (none && atLeastOne.includes(name))),
  );
  return parsed;
}

const short = (text: string) => ([...text].length > 30 ? `${[...text].slice(0, 30).join('')}…` : text);

/** A key of the command to show how it is done: the free text, if it has one. */
function exampleKey(declared: readonly Argument[], locale: 'zh' | 'en'): string {
  const argument = declared.find(({ field, word }) => field.kind === 'text' && word === undefined) ?? declared[0];
  return argument ? (locale === 'zh' ? argument.label.zh : argument.name) : '';
}

function unknownKey(token: Token, declared: readonly Argument[]): Text {
  const visible = declared.filter(({ hidden }) => !hidden);
  const near = visible.find(({ keys }) =>
    keys.some((key) => distance(key, token.key!.toLowerCase()) <= Math.max(1, Math.floor(key.length / 3))),
  );
  const zh = near ? `你是想写「${near.label.zh}=」吗？` : `可以写：${visible.map(({ label }) => label.zh).join('、')}`;
  const en = near ? `Did you mean “${near.name}=”?` : `Known: ${visible.map(({ name }) => name).join(', ')}`;
  return say(`没有「${short(token.key!)}」这一项。${zh}`, `There is no “${short(token.key!)}”. ${en}`);
}
