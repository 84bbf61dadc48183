import type { Text } from '#domain/pay/text';

/** Something that keeps a settlement from being computed: a fact that nobody recorded, or one that cannot be right. */
export interface PayProblem {
  /** `missing` names a fact to record; `invalid` a fact to correct; `scheme` a rule to correct; `setting` a setting to set. */
  readonly code: 'missing' | 'invalid' | 'scheme' | 'setting';
  /** Where: a path of the facts format such as `hours.required`, or a clause. */
  readonly at: string;
  readonly text: Text;
}

/** Problems, thrown where they are found. `settle` collects them, so that a person sees all at once. */
export class PayProblemFound extends Error {
  override name = 'PayProblemFound';
  readonly problems: readonly PayProblem[];
  constructor(...problems: PayProblem[]) {
    super(problems.map(({ at, text }) => `${at}: ${text.zh}`).join('\n'));
    this.problems = problems;
  }
}

/** Runs every piece of work and gives their results; throws the problems of all of them together. */
export function gather<T>(works: readonly (() => T)[]): T[] {
  const problems: PayProblem[] = [];
  const results = works.flatMap((work) => {
    try {
      return [work()];
    } catch (error) {
      if (!(error instanceof PayProblemFound)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new PayProblemFound(...problems);
  return results;
}

/** Every problem of one person's month; each line of the message can be read on its own. */
export class SettlementError extends Error {
  override name = 'SettlementError';
  readonly problems: readonly PayProblem[];
  constructor(who: string, problems: readonly PayProblem[]) {
    super(problems.map(({ at, text }) => `${who} ${text.zh}（${at}）`).join('\n'));
    this.problems = problems;
  }
}

export function missing(at: string, zh: string, en: string): PayProblemFound {
  return new PayProblemFound({ code: 'missing', at, text: { zh: `缺少${zh}`, en: `${en} is missing` } });
}

export function invalid(at: string, zh: string, en: string): PayProblemFound {
  return new PayProblemFound({ code: 'invalid', at, text: { zh, en } });
}
