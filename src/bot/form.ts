import { type Asked, formCard } from '#cards/form-card';
import type { Card } from '#cards/kit';
import { say, type Text } from '#domain/text';
import type { Command } from './command.ts';
import type { Registry } from './registry.ts';

export interface OpenForm {
  command: Command;
  /** What is already known. The words that name the record (`word: 1`) are fixed and travel with the submit button, the others fill the fields. */
  known: Record<string, string>;
  problems?: Text[];
  coversCard: boolean;
  candidates?: string[];
  /** Choices by argument, from the command's `offers`. */
  offers?: Record<string, { value: string; label: Text }[]> | undefined;
}

/** The form of a command. Date fields take only `YYYY-MM-DD` as a start value; anything else stays empty rather than breaking the card. */
export function openForm(
  registry: Registry,
  { command, known, problems, coversCard, candidates, offers = {} }: OpenForm,
): Card {
  const declared = registry.argumentsOf(command);
  const isFixed = (name: string) =>
    declared.some((argument) => argument.name === name && (typeof argument.word === 'number' || argument.hidden));
  const fixed = Object.fromEntries(Object.entries(known).filter(([name]) => isFixed(name)));
  const fields = declared
    .filter(({ name, hidden }) => !hidden && !(name in fixed))
    .map(({ name, label, field, required, placeholder }): Asked => {
      const value = known[name];
      const usable = value !== undefined && (field.asks !== 'date' || /^\d{4}-\d{2}-\d{2}$/.test(value));
      return {
        name,
        label,
        asks: offers[name] ? 'choice' : field.asks,
        required,
        ...((offers[name] ?? field.options) && { options: offers[name] ?? field.options! }),
        ...(field.maxLength && { maxLength: field.maxLength }),
        ...(placeholder !== undefined && { placeholder }),
        ...(field.asks === 'person' && candidates && candidates.length > 0 && { candidates }),
        ...(usable && { value }),
      };
    });
  const intro = command.intro?.(known);
  const what = Object.values(fixed).join(' ');
  return formCard({
    title: say(`${command.summary.zh}${what && ` · ${what}`}`, `${command.summary.en}${what && ` · ${what}`}`),
    ...(intro !== undefined && { intro }),
    ...(problems && problems.length > 0 && { problems }),
    fields,
    submit: { command: command.name, args: fixed },
    coversCard,
    personal: command.answers === 'private',
  });
}
