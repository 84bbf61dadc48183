import { expect } from 'vitest';
import { createRegistry } from '#bot/registry';
import { actionsOf } from '#bot/stamp';
import type { Card } from '#cards/kit';
import { commands } from '#commands/index';
import type { Db } from '#db/client';
import { addTerms } from '#db/people';
import type { Person } from '#domain/people/person';
import { checkCard } from '#playground/platform/card-rules';
import { cardIn, GROUP, type TestBot } from '#test/support/bot';
import { now } from './people.ts';

export async function putUnder(db: Db, person: Person, scheme: string, fromMonth = '2026-01'): Promise<void> {
  await addTerms(
    db,
    person.id,
    { fromMonth, scheme, positionWageFen: 3500_00n, performanceBaseFen: 2000_00n },
    'test',
    now,
  );
}

const registry = createRegistry(commands);

/** A card as the platform takes it, personal, with nothing behind its buttons that does not exist. */
export function expectSound(card: Card, { personal = true } = {}): void {
  expect(checkCard(card)).toEqual([]);
  if (personal) expect(card.config).toMatchObject({ enable_forward: false, enable_forward_interaction: false });
  for (const { command, args } of actionsOf(card)) {
    if (command === 'card close') continue;
    const name = command === 'card form' ? args.of! : command;
    const found = registry.find(name);
    expect(found, `no command ${name}`).toBeDefined();
    const known = registry.argumentsOf(found!).map((argument) => argument.name);
    const given = Object.keys(args).filter((key) => !['of', 'choose', '_'].includes(key));
    expect(known, `${name} takes ${known}`).toEqual(expect.arrayContaining(given));
  }
}

type Posted = Awaited<ReturnType<TestBot['posted']>>;

/** The cards that went to a person. */
export const cardsTo = (posted: Posted, openId: string): Card[] =>
  posted.filter(({ lane, job }) => lane === `person:${openId}` && job.do !== 'recall' && hasCard(job)).map(cardIn);

const hasCard = (job: Posted[number]['job']): boolean =>
  job.do === 'update-card' || ((job.do === 'send' || job.do === 'reply') && job.content.type === 'card');

/** Everything that groups got to see. */
export const toGroups = (posted: Posted): string =>
  JSON.stringify(posted.filter(({ lane }) => lane === `chat:${GROUP}`).map(({ job }) => job));
