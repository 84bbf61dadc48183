import type { Progress } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { join, say, type Text } from '#domain/text';
import { Markup } from './markup.ts';

/** A moment, shown in the reader's zone. */
export const when = (moment: Date, format: 'date_short' | 'date_num' | 'time' = 'date_short'): Markup =>
  new Markup(`<local_datetime millisecond='${moment.getTime()}' format_type='${format}'></local_datetime>`);

/** The first characters of what somebody wrote. */
export const shortened = (words: string, most: number): string =>
  [...words].length > most ? `${[...words].slice(0, most).join('')}…` : words;

/** What an entry of the progress log says. */
export function entryText(entry: Progress, mostOfNote = 500): Text {
  const { stage, qty, added, colour, size, machines, pieces, finished, note, late, forDay, replaces } = entry;
  const parts: (Text | false)[] = [
    stage !== null && stageLabel(stage),
    (colour !== '' || size !== '') && [colour, size].filter(Boolean).join(' '),
    qty !== null && String(qty),
    added !== null && `+${added}`,
    finished && say('完成', 'finished'),
    machines !== null && say(`开机 ${machines}`, `${machines} machines`),
    pieces !== null && say(`成品 ${pieces}`, `${pieces} finished pieces`),
    note !== '' && shortened(note, mostOfNote),
    late && say(`补登 ${forDay.slice(5)}`, `late entry for ${forDay.slice(5)}`),
    replaces !== null && say('更正', 'correction'),
  ];
  return join(
    parts.filter((part) => part !== false),
    ' · ',
  );
}
