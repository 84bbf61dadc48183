import { expect, it } from 'vitest';
import { openForm } from '#bot/form';
import { createRegistry } from '#bot/registry';
import { commands } from '#commands/index';
import { checkCard } from '#playground/platform/card-rules';

const registry = createRegistry(commands);

it.each(commands.filter(({ name }) => /^(pay|scheme)\b/.test(name)).map((command) => [command.name, command] as const))(
  'the form of /%s is a card as the platform takes it, and personal',
  (_, command) => {
    const form = openForm(registry, { command, known: {}, coversCard: true });
    expect(checkCard(form)).toEqual([]);
    expect(form.config).toMatchObject({ enable_forward: false });
  },
);
