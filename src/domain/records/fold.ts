import type { RecordEntry } from './kind.ts';

export interface Folded {
  state: string;
  values: Record<string, unknown>;
  files: number;
  updatedAt: Date;
}

/**
 * Where a record stands: its entries one over the other in the order in which they were said, so that an older message
 * that arrives late does not overtake a newer one. Undefined when there is none.
 *
 * @param until only what had been said by then
 */
export function fold(entries: readonly RecordEntry[], until?: Date): Folded | undefined {
  const told = entries
    .filter(({ saidAt }) => until === undefined || saidAt <= until)
    .sort((a, b) => a.saidAt.getTime() - b.saidAt.getTime() || a.id - b.id);
  if (told.length === 0) return undefined;
  return {
    state: told.findLast(({ state }) => state !== null)?.state ?? '',
    values: Object.assign({}, ...told.map(({ values }) => values)),
    files: told.reduce((sum, { files }) => sum + files, 0),
    updatedAt: told.at(-1)!.saidAt,
  };
}
