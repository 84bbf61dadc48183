import { type FactPart, type FactSource, sourceOf } from './source.ts';

/** What finance entered or imported for the month. It overrules what the other sources say; a total replaces the orders that it sums. */
export const manualFacts: FactSource = {
  name: 'manual',
  async collect(_, { entered }) {
    const parts = new Map<number, FactPart>();
    for (const { personId, name, value, reason, origin, author, at, messageId, chatId } of await entered()) {
      const note = origin && reason ? `${origin} ${reason}` : origin || reason;
      const part = parts.get(personId) ?? { facts: {} };
      parts.set(personId, part);
      put(part.facts as Loose, name, value, sourceOf({ author, at, messageId, chatId, note }));
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
      inner(facts, 'measures')[kind] = { source, value };
      break;
    case 'contractWage':
    case 'contributions':
      inner(facts, 'profile')[kind] = { source, value };
      break;
    case 'companyLoss':
    case 'carriedIn':
    case 'damagesBalance':
      facts[kind] = { source, value };
      break;
    case 'hours':
      if (name === 'nights') facts.nights = { source, value: Number(value) };
      else inner(facts, 'hours')[name] = { source, value };
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
