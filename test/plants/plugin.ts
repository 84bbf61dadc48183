import { relative } from 'node:path';
import { type Edit, planted, plants } from './plants.ts';

/** Puts edits into files while vitest loads them: the planted fault that `GENDAN_PLANT` names. */
export function planting(root: string, env: Record<string, string | undefined>) {
  const edits = editsOf(env);
  return {
    name: 'planting',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      const file = relative(root, id.split('?')[0]!).replaceAll('\\', '/');
      const own = edits.filter((edit) => edit.file === file);
      return own.length === 0 ? undefined : { code: planted(code, own), map: null };
    },
  };
}

function editsOf({ GENDAN_PLANT: name }: Record<string, string | undefined>): Edit[] {
  if (!name) return [];
  const plant = plants.find((one) => one.name === name);
  if (!plant) throw new Error(`there is no planted fault ${name}; known: ${plants.map((one) => one.name).join(', ')}`);
  return plant.edits;
}
