import { asks } from '#cards/kit';
import { problemCard } from '#cards/problem-card';
import { UserError } from '#domain/errors';
import { say, type Text } from '#domain/text';
import type { FieldEnv } from './fields.ts';
import type { IncomingMessage, Mention } from './incoming.ts';
import { commandLines, hasSlash, type Parsed, parseLine, stripSlash } from './parse.ts';
import type { Registry } from './registry.ts';
import { withCard } from './user-error.ts';

/** More would not be a message but an import. */
const MAX_CHARACTERS = 8_000;
const MAX_COMMANDS = 50;

/** The text without the mention of the bot; other people become `@{open_id}`, which `personRef` reads. Longest placeholder first: `@_user_1` begins `@_user_10`. */
export function withoutPlaceholders(text: string, mentions: Mention[], botOpenId: string): string {
  return [...mentions]
    .sort((a, b) => b.key.length - a.key.length)
    .reduce(
      (rest, { key, openId, name }) =>
        rest.replaceAll(key, openId === botOpenId ? ' ' : openId ? `@{${openId}}` : `@${name}`),
      text,
    )
    .replaceAll('@_all', '@所有人')
    .trim();
}

/** Whether a message is meant for the bot: said in private, to it by name, or beginning with one of its own slash commands. */
export function concernsBot(message: IncomingMessage, text: string, registry: Registry): boolean {
  if (message.chat.kind === 'private' || message.toBot) return true;
  return hasSlash(text) && registry.isSubject(stripSlash(text).split(/\s+/u)[0] ?? '');
}

/**
 * What a message asks for.
 *
 * @returns the commands to run, or the one command whose form should open
 * @throws UserError saying everything that was not understood; then nothing of the message is done
 */
export function readMessage(text: string, registry: Registry, env: FieldEnv): { steps: Parsed[] } | { form: Parsed } {
  const length = [...text].length;
  if (length > MAX_CHARACTERS)
    throw new UserError(
      'message.too-long',
      say(
        `这条消息太长了（${length} 个字，最多 ${MAX_CHARACTERS}）。`,
        `This message is too long (${length} characters, at most ${MAX_CHARACTERS}).`,
      ),
      say('请分几条发，或者发 Excel 文件导入。', 'Send it in parts, or import a spreadsheet.'),
    );
  const lines = commandLines(text);
  if (lines.length === 0) throw unknownCommand('', []);
  if (lines.length > MAX_COMMANDS)
    throw new UserError(
      'message.too-many',
      say(
        `一条消息最多 ${MAX_COMMANDS} 条指令，这里有 ${lines.length} 条。`,
        `At most ${MAX_COMMANDS} commands in one message, these are ${lines.length}.`,
      ),
      say('请分几条发，或者发 Excel 文件导入。', 'Send it in parts, or import a spreadsheet.'),
    );
  const parsed = lines.map((line) => parseLine(line, registry, env));
  const steps: Parsed[] = [];
  for (const [i, line] of parsed.entries()) {
    const where = lines.length > 1 ? say(`第 ${i + 1} 条：`, `Command ${i + 1}: `) : '';
    if ('unknown' in line) throw unknownCommand(line.unknown, line.suggestions, where);
    if (line.problems.length > 0 || (line.missing.length > 0 && lines.length > 1))
      throw notUnderstood(line, registry, where);
    steps.push(line);
  }
  return steps.length === 1 && steps[0]!.missing.length > 0 ? { form: steps[0]! } : { steps };
}

function unknownCommand(word: string, suggestions: string[], where: Text = ''): UserError {
  const typed = [...word].slice(0, 30).join('');
  const problem = typed
    ? say(`没有「/${typed}」这个指令。`, `There is no command “/${typed}”.`)
    : say('没有看到指令。', 'There is no command in this.');
  const hint =
    suggestions.length > 0
      ? say(
          `你是想用 ${suggestions.join('、')} 吗？全部指令：/帮助`,
          `Did you mean ${suggestions.join(', ')}? All commands: /help`,
        )
      : say('发 /帮助 看看我能做什么。', 'Send /help to see what I can do.');
  return withCard(new UserError('command.unknown', problem, hint), () =>
    problemCard({ title: joinTitle(where), problems: [problem], hint }),
  );
}

export function notUnderstood(parsed: Parsed, registry: Registry, where: Text = ''): UserError {
  const declared = registry.argumentsOf(parsed.command);
  const missing = parsed.missing.map(({ label }) => say(`缺少${label.zh}`, `${label.en} is missing`));
  const problems = [...parsed.problems, ...missing];
  const understood = declared
    .filter(({ name }) => name in parsed.args)
    .map(({ name, label }) => ({ label, value: [...parsed.raw[name]!].slice(0, 60).join('') }));
  const open = { label: say('用表格填写', 'Fill in a form'), action: asks(parsed.command.name, fillable(parsed)) };
  return withCard(new UserError('command.not-understood', problems[0]!, asInExample(parsed)), () =>
    problemCard({ title: joinTitle(where), problems, understood, example: parsed.command.example, actions: [open] }),
  );
}

const asInExample = ({ command: { example } }: Parsed): Text =>
  say(`例如：${example.zh}`, `For example: ${example.en}`);

/** What may be carried over into the form: everything understood, short enough for a button. */
const fillable = (parsed: Parsed): Record<string, string> =>
  Object.fromEntries(
    Object.keys(parsed.args).flatMap((name) => (parsed.raw[name]!.length <= 60 ? [[name, parsed.raw[name]!]] : [])),
  );

const joinTitle = (where: Text): Text =>
  typeof where === 'string'
    ? say('没看懂，什么都没有登记', 'Not understood; nothing was recorded')
    : say(`${where.zh}没看懂，什么都没有登记`, `${where.en}not understood; nothing was recorded`);
