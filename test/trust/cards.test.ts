import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openForm } from '#bot/form';
import { fieldsOf } from '#bot/stamp';
import { shortened } from '#cards/fit';
import { literal } from '#cards/markup';
import { orderCard } from '#cards/order-card';
import { commands } from '#commands/index';
import { cardSamples, orderCards } from '#test/trust/card-samples';
import { problemsOf, registry } from '#test/trust/judge-card';

const runs = { numRuns: process.env.GENDAN_LONG ? 2_000 : 60 };
const samples = Object.entries(cardSamples);
const cutTexts = [
  ['emoji', '👍'.repeat(40)],
  ['a family', '👩‍👩‍👧‍👦'.repeat(9)],
  ['Chinese', '袖口返工'.repeat(20)],
] as const;

/**
 * Cards that have no samples here. They are judged as commands and jobs really send them: by the tests of their own rooms, and by
 * `groups.db.test.ts`, which asks every command for everything with nasty words.
 */
const throughCommands = [
  'deskCard',
  'reminderCard',
  'resultCard',
  'scoreCard',
  'statisticsCard',
  'calendarCard',
  'customerCard',
  'customerListCard',
  'handoverCard',
  'hoursCard',
  'whomCard',
  'whatCard',
  'factsCard',
  'incidentCard',
  'incidentFlagCard',
  'incidentListCard',
  'jobCard',
  'orderBoardCard',
  'orderChangeCard',
  'orderLogCard',
  'orderPlanCard',
  'orderReportCard',
  'factoryCard',
  'orderWatchCard',
  'templateListCard',
  'payChartCard',
  'stockTakeCard',
  'payCorrectionCard',
  'payEstimateCard',
  'payFactsCard',
  'payIfCard',
  'payNetCard',
  'payRunCard',
  'payProgressCard',
  'paySettingsCard',
  'payWhyCard',
  'payYearCard',
  'payYearOverviewCard',
  'payslipCard',
  'schemeListCard',
  'schemeShowCard',
  'schemeCheckCard',
  'schemeReplayCard',
  // test/cards/record-cards.test.ts
  'approvalCard',
  'approvalListCard',
  'docChecklistCard',
  'recordCard',
  'recordListCard',
  'recordReminderCard',
  'ruleCard',
];

describe('every card, with whatever people may have typed into it', () => {
  it('is among the samples here, or is known to be judged as commands send it', () => {
    const folder = fileURLToPath(new URL('../../cards/', import.meta.url));
    const builders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(`${folder}${file}`, 'utf8').matchAll(/^export (?:const|function) (\w+Card)\b/gm),
      ])
      .map(([, name]) => name!);
    expect(builders.length).toBeGreaterThan(10);
    expect(builders.filter((name) => !(name in cardSamples) && !throughCommands.includes(name))).toEqual([]);
    expect(throughCommands.filter((name) => name in cardSamples || !builders.includes(name))).toEqual([]);
  });

  it.each(samples)(
    '%s is taken by the platform, mentions nobody, has no dead button and no leak',
    (_, sample) => {
      fc.assert(
        fc.property(sample.cards, (card) => {
          expect(problemsOf(card)).toEqual([]);
          expect(card.config).toMatchObject({ update_multi: true, enable_forward_interaction: false });
          if (sample.personal) expect(card.config.enable_forward).toBe(false);
          expect(JSON.parse(JSON.stringify(card))).toEqual(card);
        }),
        runs,
      );
    },
    1_800_000,
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

  it.each([' ', '\n', '1', '_', ':a', '- '])(
    'a text of 200,000 times %j is made literal, character by character',
    (char) => {
      const made = literal(char.repeat(200_000 / char.length));
      // whatever is written for one character, it is not more than a few
      expect(made.length).toBeLessThan(200_000 * 10);
    },
    20_000,
  );

  it.each(cutTexts)('%s is cut between characters, never within one or within a tag', (_, text) => {
    for (let longest = 1; longest < 60; longest++) expect(shortened(text, longest)).not.toMatch(/\p{Cs}/u);
  });
});

describe('the form of every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s asks for all that the command needs',
    (_, command) => {
      const card = openForm(registry, { command, known: {}, coversCard: true });
      expect(problemsOf(card, fieldsOf(card))).toEqual([]);
      if (command.answers === 'private') expect(card.config.enable_forward).toBe(false);
    },
  );
});
