import { type Asked, formCard } from '#cards/form-card';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import { say, type Text } from '#domain/text';
import type { Command, PreparedForm } from './command.ts';
import type { Argument, Registry } from './registry.ts';

export interface OpenForm {
  command: Command;
  /** What is already known. The words that name the record (`word: 1`) are fixed and travel with the submit button, the others fill the fields. */
  known: Record<string, string>;
  problems?: Text[];
  coversCard: boolean;
}

/** The form of a command. Date fields take only `YYYY-MM-DD` as a start value; anything else stays empty rather than breaking the card. */
export async function openForm(
  tx: Db,
  registry: Registry,
  { command, known, problems = [], coversCard }: OpenForm,
): Promise<Card> {
  const declared = registry.argumentsOf(command);
  const isFixed = ({ name, word, hidden }: Argument) => name in known && (typeof word === 'number' || hidden);
  const fixed = Object.fromEntries(declared.filter(isFixed).map(({ name }) => [name, known[name]!]));
  const { options = {}, values = {}, intro }: PreparedForm = (await command.prepareForm?.(tx, known)) ?? {};
  const fields = declared
    .filter((argument) => !argument.hidden && !isFixed(argument))
    .map(({ name, label, field, required, placeholder }): Asked => {
      const value = known[name] ?? values[name];
      const usable = value !== undefined && (field.asks !== 'date' || /^\d{4}-\d{2}-\d{2}$/.test(value));
      const choices = options[name] ?? field.options;
      return {
        name,
        label,
        asks: field.asks,
        required,
        ...(field.asks === 'person'
          ? choices && { candidates: choices.map((choice) => choice.value) }
          : choices && { options: choices }),
        ...(field.maxLength && { maxLength: field.maxLength }),
        ...(placeholder !== undefined && { placeholder }),
        ...(usable && { value }),
      };
    });
  const what = Object.values(fixed).join(' ');
  return formCard({
    title: say(`${command.summary.zh}${what && ` · ${what}`}`, `${command.summary.en}${what && ` · ${what}`}`),
    ...(intro !== undefined && { intro }),
    ...(problems.length > 0 && { problems }),
    fields,
    submit: { command: command.name, args: fixed },
    coversCard,
    personal: command.answers === 'private',
  });
}
