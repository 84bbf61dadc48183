import { Problem } from '#bot/fields';
import { parseNamed } from '#bot/parse';
import { createRegistry } from '#bot/registry';
import { actionsOf, stampCard } from '#bot/stamp';
import type { Action, Card } from '#cards/kit';
import { commands } from '#commands/index';
import { checkCard } from '#playground/platform/card-rules';

/** What every card has to stand up to, whoever built it and whatever was typed into it. */

export const registry = createRegistry(commands);
const env = { today: '2026-11-23' };

/** As it goes out: with the key and revision on each button. */
export const sent = (card: Card): Card => stampCard(card, { card: 'f'.repeat(20), rev: 999_999_999 });

/** Every markdown source of a card, with its translations. */
function markdownIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(markdownIn);
  if (!node || typeof node !== 'object') return [];
  const { tag, content, i18n_content } = node as {
    tag?: string;
    content?: string;
    i18n_content?: Record<string, string>;
  };
  const own = tag === 'markdown' || tag === 'lark_md' ? [content ?? '', ...Object.values(i18n_content ?? {})] : [];
  return [...own, ...Object.values(node).flatMap(markdownIn)];
}

/** What may stand in our markdown with a meaning; everything else must have been made literal. */
const ours =
  /<font color='[a-z]+'>|<\/font>|<br>|<person id='[\w-]+' show_name=true show_avatar=true style='normal'><\/person>|<local_datetime millisecond='\d+' format_type='\w+'><\/local_datetime>/g;

/** What is wrong with an action; empty when the command exists and takes these arguments. */
export function wrongWith({ command: name, args }: Action, asked: Set<string>): string[] {
  if (name === 'card close') return [];
  const { of, choose, _, ...given } = args;
  const command = registry.find(name === 'card form' ? of! : name);
  if (!command) return [`there is no command ${name} ${of ?? ''}`];
  const declared = registry.argumentsOf(command);
  if (choose && !declared.some((argument) => argument.name === choose)) return [`${name} does not take ${choose}`];
  if (name === 'card form')
    return Object.entries(given).flatMap(([key, raw]) => {
      const argument = declared.find((one) => one.name === key);
      const value = argument?.field.read(raw, env);
      return argument && !(value instanceof Problem) ? [] : [`the form of ${of} does not take ${key}=${raw}`];
    });
  const { problems, missing } = parseNamed(command, registry, given, env);
  // of several of which one is needed, it is enough that the form asks for one
  const oneAsked = command.atLeastOne?.some((each) => asked.has(each));
  const lacking = missing.filter((one) => !asked.has(one.name) && one.name !== choose && (one.required || !oneAsked));
  const unknown = [...asked].filter((field) => !declared.some((argument) => argument.name === field));
  return [
    ...problems.map((problem) => `${name}: ${JSON.stringify(problem)}`),
    ...lacking.map((argument) => `${name} lacks ${argument.name}`),
    ...unknown.map((field) => `${name} does not take the field ${field}`),
  ];
}

/**
 * Everything that is wrong with a card: the platform would refuse it, something typed could mention, link or hide, a button is dead.
 * `asked`: the fields that its form asks for, as far as they matter.
 */
export function problemsOf(card: Card, asked: Set<string> = new Set()): string[] {
  // what a person typed comes back in a form's field and in the arguments of a button as it was
  const carried = ['default_value', 'behaviors', 'name'];
  const shown = JSON.stringify(card, (key, value) => (carried.includes(key) ? undefined : value));
  return [
    ...checkCard(sent(card)).map(({ message }) => message),
    ...markdownIn(card)
      .filter((source) => /<|>|\]\(|`/.test(source.replace(ours, '')))
      .map((source) => `not literal: ${source.slice(0, 300)}`),
    ...(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/.test(shown) ? ['hidden characters'] : []),
    ...actionsOf(card).flatMap((action) => wrongWith(action, asked)),
  ];
}
