import { expect } from 'vitest';
import { createRegistry } from '#bot/registry';
import { actionsOf } from '#bot/stamp';
import type { Card } from '#cards/kit';
import { commands } from '#commands/index';
import { checkCard } from '#playground/platform/card-rules';
import { cardIn } from './bot.ts';

const registry = createRegistry(commands);

/** Every card that was written: the platform takes it, and none of its buttons is dead. */
export function expectGoodCards(entries: { job: unknown }[]): Card[] {
  const cards = entries.flatMap((entry) => {
    const job = entry.job as { do: string; content?: { type: string } };
    return job.do === 'update-card' || job.content?.type === 'card' ? [cardIn(entry as never)] : [];
  });
  for (const card of cards) expectGoodCard(card);
  return cards;
}

export function expectGoodCard(card: unknown): void {
  expect(checkCard(card)).toEqual([]);
  for (const { command: name, args } of actionsOf(card as Card)) {
    if (name === 'card close') continue;
    const { _: __, of, ...rest } = args;
    const command = registry.find(name === 'card form' ? of! : name);
    expect(command, `${name} ${of ?? ''}`).toBeDefined();
    const known = registry.argumentsOf(command!);
    for (const key of Object.keys(rest))
      expect(
        known.map((argument) => argument.name),
        `${command!.name} takes ${key}`,
      ).toContain(key);
  }
}
