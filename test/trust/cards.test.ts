import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '#bot/fields';
import { openForm } from '#bot/form';
import { parseNamed } from '#bot/parse';
import { createRegistry } from '#bot/registry';
import { actionsOf, fieldsOf, stampCard } from '#bot/stamp';
import { shortened } from '#cards/fit';
import type { Action, Card } from '#cards/kit';
import { literal } from '#cards/markup';
import { orderCard } from '#cards/order-card';
import { commands } from '#commands/index';
import { checkCard } from '#playground/platform/card-rules';
import { cardSamples, orderCards } from '#test/trust/card-samples';

const registry = createRegistry(commands);
const env = { today: '2026-11-23' };
const runs = { numRuns: process.env.GENDAN_LONG ? 2_000 : 60 };
const samples = Object.entries(cardSamples);
const cutTexts = [
  ['emoji', '👍'.repeat(40)],
  ['a family', '👩‍👩‍👧‍👦'.repeat(9)],
  ['Chinese', '袖口返工'.repeat(20)],
] as const;

/** As it goes out: with the key and revision on each button. */
const sent = (card: Card): Card => stampCard(card, { card: 'f'.repeat(20), rev: 999_999_999 });

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
function wrongWith({ command: name, args }: Action, asked: Set<string>): string[] {
  if (name === 'card close') return [];
  const { of, choose, ...given } = args;
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
  const lacking = missing.filter((one) => !asked.has(one.name) && one.name !== choose);
  const unknown = [...asked].filter((field) => !declared.some((argument) => argument.name === field));
  return [
    ...problems.map((problem) => `${name}: ${JSON.stringify(problem)}`),
    ...lacking.map((argument) => `${name} lacks ${argument.name}`),
    ...unknown.map((field) => `${name} does not take the field ${field}`),
  ];
}

describe('every card, with whatever people may have typed into it', () => {
  it('is among the samples here, or is checked in a test of its own', () => {
    const folder = fileURLToPath(new URL('../../cards/', import.meta.url));
    const builders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(`${folder}${file}`, 'utf8').matchAll(/^export (?:const|function) (\w+Card)\b/gm),
      ])
      .map(([, name]) => name!);
    const tests = fileURLToPath(new URL('..', import.meta.url));
    const elsewhere = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(`${tests}${file}`, 'utf8'))
      .filter((source) => source.includes('checkCard'));
    expect(builders.length).toBeGreaterThan(10);
    expect(
      builders.filter((name) => !(name in cardSamples) && !elsewhere.some((source) => source.includes(name))),
    ).toEqual([]);
  });

  it.each(samples)(
    '%s is taken by the platform, mentions nobody, has no dead button and no leak',
    (_, sample) => {
      fc.assert(
        fc.property(sample.cards, (card) => {
          expect(checkCard(sent(card))).toEqual([]);
          for (const source of markdownIn(card)) expect(source.replace(ours, '')).not.toMatch(/<|>|\]\(|`/);
          // what a person typed comes back in a form's field and in the arguments of a button as it was
          const carried = ['default_value', 'behaviors'];
          const shown = JSON.stringify(card, (key, value) => (carried.includes(key) ? undefined : value));
          expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/);
          for (const action of actionsOf(card)) expect(wrongWith(action, new Set())).toEqual([]);
          expect(card.config).toMatchObject({ update_multi: true, enable_forward_interaction: false });
          if (sample.personal) expect(card.config.enable_forward).toBe(false);
          expect(JSON.parse(JSON.stringify(card))).toEqual(card);
        }),
        runs,
      );
    },
    600_000,
  );

  it('the money of an order is nowhere in the card that a group sees, and never in a title, a summary or the first line', () => {
    const amounts = { unitPriceFen: 7_654_321n, amountFen: 8_765_432_100n, processingFeeFen: 9_876_543n };
    const traces = /76,?543|87,?654,?321|98,?765/;
    fc.assert(
      fc.property(orderCards, ({ order, ...view }) => {
        const group = orderCard({ ...view, order: { ...order, ...amounts }, withMoney: false });
        expect(JSON.stringify(group)).not.toMatch(traces);
        const { config, header, body } = orderCard({ ...view, order: { ...order, ...amounts }, withMoney: true });
        expect(JSON.stringify(body)).toMatch(traces);
        expect(JSON.stringify([config, header, body.elements[0]])).not.toMatch(traces);
      }),
      { numRuns: 50 },
    );
  });

  it.each([' ', '\n', '1', '_', ':a', '- '])('a text of 200,000 times %j is made literal in no time', (char) => {
    const started = performance.now();
    literal(char.repeat(200_000 / char.length));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each(cutTexts)('%s is cut between characters, never within one or within a tag', (_, text) => {
    for (let longest = 1; longest < 60; longest++) expect(shortened(text, longest)).not.toMatch(/\p{Cs}/u);
  });
});

describe('the form of every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s asks for all that the command needs',
    (_, command) => {
      const card = openForm(registry, { command, known: {}, coversCard: true });
      expect(checkCard(sent(card))).toEqual([]);
      for (const action of actionsOf(card)) expect(wrongWith(action, fieldsOf(card))).toEqual([]);
      if (command.answers === 'private') expect(card.config.enable_forward).toBe(false);
    },
  );
});
