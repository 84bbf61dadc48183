import { peopleByIds } from '#db/people';
import { type FactPart, type FactSource, sourceOf } from './source.ts';

/** What finance entered or imported for the month. It overrules what the other sources say; a total replaces the orders that it sums. */
export const manualFacts: FactSource = {
  name: 'manual',
  async collect(db, { entered }) {
    const rows = await entered();
    const speakers = await peopleByIds(
      db,
      rows.map(({ by }) => by),
    );
    const parts = new Map<number, FactPart>();
    for (const row of rows) {
      const source = sourceOf({
        author: speakers.get(row.by)!.openId,
        at: row.saidAt,
        messageId: row.messageId,
        chatId: row.chatId,
        ...((row.origin || row.reason) && { note: [row.origin, row.reason].filter(Boolean).join(' ') }),
      });
      const part = parts.get(row.personId) ?? { facts: {} };
      parts.set(row.personId, part);
      put(part.facts as Record<string, unknown>, row.key, row.value, source);
    }
    return parts;
  },
};

type Loose = Record<string, unknown>;
const inner = (facts: Loose, name: string): Loose => {
  facts[name] ??= {};
  return facts[name] as Loose;
};
const list = (facts: Loose, name: string): unknown[] => {
  facts[name] ??= [];
  return facts[name] as unknown[];
};

function put(facts: Loose, key: string, value: string, source: object): void {
  const [kind, ...rest] = key.split('.');
  const name = rest.join('.');
  switch (kind) {
    case 'sales':
    case 'processingFee':
      inner(facts, 'measures')[kind] = { value, source };
      break;
    case 'contractWage':
    case 'contributions':
      inner(facts, 'profile')[kind] = { value, source };
      break;
    case 'companyLoss':
    case 'carriedIn':
    case 'damagesBalance':
      facts[kind] = { value, source };
      break;
    case 'hours':
      if (name === 'nights') facts.nights = { value: Number(value), source };
      else inner(facts, 'hours')[name] = { value, source };
      break;
    case 'score':
      facts.appraisal = { score: value, state: 'confirmed', source };
      break;
    case 'kpi': {
      const [ratio, score] = value.includes('/') ? value.split(' ') : [undefined, value];
      const [done, due] = ratio?.split('/') ?? [];
      list(facts, 'kpi').push({ criterion: name, ...(ratio && { done, due }), ...(score && { score }), source });
      break;
    }
    case 'samples':
      list(facts, 'samples');
      break;
    case 'sample':
      list(facts, 'samples').push({ kind: name, pieces: value, source });
      break;
  }
}
