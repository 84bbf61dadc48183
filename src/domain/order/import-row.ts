import { addDays, type IsoDate } from '../calendar/dates.ts';
import type { Progress } from './order.ts';
import { plannedDates } from './plan.ts';
import { type PlannedStage, type StageState, type Standing, stageStates, standingOf } from './progress.ts';
import { deliveryStage, type TemplateStep } from './stages.ts';
import type { OrderRow } from './table.ts';

export interface ImportedState {
  states: StageState[];
  log: Progress[];
  standing: Standing;
}

/**
 * The plan and the log that a row of the progress table stands for: days that differ from the template's are kept as set by hand, and
 * what is done becomes one entry a stage.
 *
 * @param endOf the last moment of a business day
 */
export function stateOfRow(
  row: OrderRow,
  steps: readonly TemplateStep[],
  {
    today,
    now,
    by,
    endOf,
    dates = plannedDates,
  }: { today: IsoDate; now: Date; by: number; endOf(day: IsoDate): Date; dates?: typeof plannedDates },
): ImportedState {
  const given = new Map(row.stages.map((stage) => [stage.stage, stage]));
  const received = given.get('received')?.planned;
  // an order that is delivered or nearly so was entered long ago
  const from = received ?? (row.deliveryDate > today ? today : addDays(row.deliveryDate, -40));
  const plan = dates(steps, { from, delivery: row.deliveryDate }).map(({ stage, planned }, i): PlannedStage => {
    const own = given.get(stage)?.planned ?? planned;
    const { counted, before } = steps[i]!;
    return { stage, planned: own, fixed: own !== planned, ownerId: null, counted, before };
  });
  const log = plan.flatMap(({ stage }, i): Progress[] => {
    const { actual = null, done = null } = given.get(stage) ?? {};
    if ((actual === null && done === null) || stage === 'received') return [];
    const forDay = actual ?? today;
    return [
      {
        id: i + 1,
        stage,
        qty: done,
        added: null,
        colour: '',
        size: '',
        machines: null,
        pieces: null,
        finished: actual !== null,
        note: '',
        by,
        saidAt: now,
        recordedAt: now,
        forDay,
        late: forDay < today,
        countsAt: forDay < today ? endOf(forDay) : now,
        replaces: null,
      },
    ];
  });
  const states = stageStates(row, plan, log);
  return {
    states,
    log,
    standing: standingOf(states, log, deliveryStage(plan.map(({ stage }) => stage))),
  };
}
