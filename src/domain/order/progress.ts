import type { IsoDate } from '../calendar/dates.ts';
import type { Progress } from './order.ts';

/** O2. A stage of one order as it was planned. */
export interface PlannedStage {
  stage: string;
  ownerId: number | null;
  planned: IsoDate | null;
  /** Set by a person, so that it does not move with the delivery date. */
  fixed: boolean;
  counted: boolean;
  /** As in the template, when the order was planned. */
  before: number | null;
}

export interface StageState extends PlannedStage {
  /** How much is done altogether; undefined when nobody said. */
  done: number | undefined;
  began: boolean;
  /** The day on which it was finished; undefined while it is not. */
  actual: IsoDate | undefined;
  /** Done by colour and size, where it was said so. */
  byLine: { colour: string; size: string; done: number }[];
  /** The first day on which a quantity was said. */
  since: IsoDate | undefined;
}

/** Entries of one moment (of one message) stand in the order in which they were written, a correction where the corrected one stood. */
const oldestFirst = (a: Progress, b: Progress): number =>
  a.countsAt.getTime() - b.countsAt.getTime() || (a.replaces ?? a.id) - (b.replaces ?? b.id) || a.id - b.id;

/**
 * Where each stage stands by the entries that still stand, whatever the order in which they arrived: a total replaces what was said
 * before, an increment adds to it. What was said by colour and size counts together; the larger of that and the total of the whole holds.
 *
 * A stage is finished when all pieces are done; when pieces are not counted in it, with its name alone (面辅料到厂; with a note it is
 * news of it); when somebody says so; or when a later stage could not have been without it: all pieces went through that one, or it
 * began and nothing was ever counted in this one. The order was received when it was entered.
 */
export function stageStates(
  order: { qty: number },
  plan: readonly PlannedStage[],
  log: readonly Progress[],
): StageState[] {
  const said = byStage([...log].sort(oldestFirst));
  const states = plan.map((planned): StageState => {
    const lines = new Map<string, { colour: string; size: string; done: number }>();
    let whole: number | undefined;
    // written out: a spread that is overwritten makes each of these an object of its own shape, which every later step is slower for
    const state: StageState = {
      stage: planned.stage,
      ownerId: planned.ownerId,
      planned: planned.planned,
      fixed: planned.fixed,
      counted: planned.counted,
      before: planned.before,
      done: undefined,
      began: false,
      actual: planned.stage === 'received' ? (planned.planned ?? undefined) : undefined,
      byLine: [],
      since: undefined,
    };
    for (const entry of said.get(planned.stage) ?? []) {
      state.began = true;
      const { colour, size, qty, added, forDay, note } = entry;
      if (qty !== null || added !== null) {
        state.since ??= forDay;
        if (colour === '' && size === '') whole = qty ?? (whole ?? lineTotal(lines)) + added!;
        else {
          const key = `${colour}\0${size}`;
          lines.set(key, { colour, size, done: qty ?? (lines.get(key)?.done ?? 0) + added! });
        }
        state.done = Math.max(whole ?? 0, lineTotal(lines));
      }
      const isFinished =
        entry.finished || (state.done === undefined ? !planned.counted && note === '' : state.done >= order.qty);
      state.actual = isFinished ? (state.actual ?? forDay) : planned.stage === 'received' ? state.actual : undefined;
    }
    state.byLine = [...lines.values()];
    return state;
  });
  // backwards: what came later tells about what came before
  let throughAll: IsoDate | undefined;
  let begun: IsoDate | undefined;
  for (const state of states.toReversed()) {
    const own = state.actual;
    state.actual ??= throughAll ?? (state.done === undefined ? begun : undefined);
    if (own !== undefined && state.counted) throughAll = earlier(throughAll, own);
    const first = said.get(state.stage)?.[0]?.forDay;
    if (first !== undefined) begun = earlier(begun, first);
  }
  return states;
}

const lineTotal = (lines: Map<string, { done: number }>): number =>
  [...lines.values()].reduce((sum, { done }) => sum + done, 0);

const earlier = (a: IsoDate | undefined, b: IsoDate): IsoDate => (a === undefined || b < a ? b : a);

function byStage(entries: readonly Progress[]): Map<string | null, Progress[]> {
  const groups = new Map<string | null, Progress[]>();
  for (const entry of entries) {
    const group = groups.get(entry.stage);
    if (group) group.push(entry);
    else groups.set(entry.stage, [entry]);
  }
  return groups;
}

/** What an order's own row remembers of its stages, so that lists and digests need neither log nor plan. */
export interface Standing {
  stage: string | null;
  nextStage: string | null;
  nextDue: IsoDate | null;
  paceStage: string | null;
  paceDone: number | null;
  paceFrom: IsoDate | null;
  paceDue: IsoDate | null;
  delivered: IsoDate | null;
}

/** @param delivery the stage in which the goods leave */
export function standingOf(
  states: readonly StageState[],
  log: readonly Progress[],
  delivery: string | undefined,
): Standing {
  const newest = log.reduce<Progress | undefined>(
    (last, entry) => (entry.stage !== null && (!last || oldestFirst(last, entry) < 0) ? entry : last),
    undefined,
  );
  const next = states.find(({ actual }) => actual === undefined);
  const counting = states.filter(({ counted, done, actual }) => counted && (done ?? 0) > 0 && actual === undefined);
  const pace = counting.find(({ stage }) => stage === newest?.stage) ?? counting[0];
  return {
    stage: newest?.stage ?? null,
    nextStage: next?.stage ?? null,
    nextDue: next?.planned ?? null,
    paceStage: pace?.stage ?? null,
    paceDone: pace?.done ?? null,
    paceFrom: pace?.since ?? null,
    paceDue: pace?.planned ?? null,
    delivered: states.find(({ stage }) => stage === delivery)?.actual ?? null,
  };
}
