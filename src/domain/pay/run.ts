import type { Person } from '#domain/people/person';

/** The way of a month's run. A step belongs to the attempt that it was made in; starting again makes a new attempt. */
export const runSteps = ['started', 'drafted', 'checked', 'approved', 'locked', 'payslips', 'paid'] as const;
export type RunStepKind = (typeof runSteps)[number];

export interface RunStep {
  attempt: number;
  kind: RunStepKind;
  by: number;
  at: Date;
  digest: string | null;
}

export interface Run {
  id: number;
  month: string;
  steps: readonly RunStep[];
}

export interface RunState {
  attempt: number;
  state: RunStepKind | 'none';
  has(kind: RunStepKind): boolean;
  step(kind: RunStepKind): RunStep | undefined;
}

/** Where a run stands: by the steps of its newest attempt. */
export function stateOf({ steps }: Pick<Run, 'steps'>): RunState {
  const attempt = steps.reduce((newest, step) => Math.max(newest, step.attempt), 0);
  const own = steps.filter((step) => step.attempt === attempt);
  const step = (kind: RunStepKind) => own.find((each) => each.kind === kind);
  return {
    attempt,
    state: runSteps.findLast((kind) => step(kind)) ?? 'none',
    has: (kind) => step(kind) !== undefined,
    step,
  };
}

/**
 * The second pair of eyes: somebody who neither ran the month nor is paid by a figure that was entered or corrected by hand.
 *
 * @returns what stands against it, or undefined
 */
export function againstApproval(
  actor: Pick<Person, 'id'>,
  state: RunState,
  touchedPayees: readonly number[],
): 'ran-it' | 'payee' | undefined {
  if (state.step('started')?.by === actor.id) return 'ran-it';
  return touchedPayees.includes(actor.id) ? 'payee' : undefined;
}

/** More than 30 % and more than 300 yuan away from last month: somebody should look. */
export function isBigChange(beforeFen: bigint, afterFen: bigint): boolean {
  const change = afterFen > beforeFen ? afterFen - beforeFen : beforeFen - afterFen;
  return change > 300_00n && change * 100n > 30n * (beforeFen > 0n ? beforeFen : 1n);
}
