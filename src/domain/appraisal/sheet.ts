import type { IsoDate } from '#domain/calendar/dates';
import { say, type Text } from '#domain/text';
import type { SheetCriterion } from './criteria.ts';
import type { Scores } from './score.ts';

export const stepKinds = [
  'assigned',
  'scored',
  'confirmed',
  'objected',
  'upheld',
  'changed',
  'unanswered',
  'approved',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** One thing that happened to a sheet. */
export interface Step {
  seq: number;
  kind: StepKind;
  data: unknown;
  words: string;
  /** Null: the clock. */
  by: number | null;
  day: IsoDate;
  at: Date;
  messageId: string | null;
}

/** One employee's appraisal of one month. */
export interface Sheet {
  id: number;
  month: string;
  personId: number;
  managerId: number;
  scheme: string;
  criteria: SheetCriterion[];
}

export type Phase = 'open' | 'scored' | 'confirmed' | 'objected' | 'reconfirmed' | 'unanswered';

/** Where a sheet stands, read from its steps. */
export interface SheetState {
  phase: Phase;
  /** The scores that count now, and which step gave them. */
  scores?: Scores;
  scoredSeq?: number;
  scoredBy?: number;
  scoredOn?: IsoDate;
  words?: string;
  /** The scores that an objection was against, when they were changed. */
  before?: Scores;
  objection?: { words: string; on: IsoDate };
  answer?: { kind: 'upheld' | 'changed'; words: string; by: number };
  /** The employee said nothing in time, whatever came later. */
  wasUnanswered: boolean;
  approved?: { by: number; on: IsoDate };
}

export function stateOfSheet(steps: readonly Step[]): SheetState {
  const state: SheetState = { phase: 'open', wasUnanswered: false };
  for (const { kind, data, words, by, day, seq } of [...steps].sort((a, b) => a.seq - b.seq)) {
    switch (kind) {
      case 'assigned':
        break;
      case 'scored':
        Object.assign(state, { phase: 'scored', scores: data, scoredSeq: seq, scoredBy: by, scoredOn: day, words });
        break;
      case 'confirmed':
        state.phase = 'confirmed';
        break;
      case 'objected':
        state.phase = 'objected';
        state.objection = { words, on: day };
        break;
      case 'changed':
        if (state.scores) state.before = state.scores;
        Object.assign(state, { phase: 'reconfirmed', scores: data, answer: { kind, words, by: by! } });
        break;
      case 'upheld':
        state.phase = 'reconfirmed';
        state.answer = { kind, words, by: by! };
        break;
      case 'unanswered':
        state.phase = 'unanswered';
        state.wasUnanswered = true;
        break;
      case 'approved':
        state.approved = { by: by!, on: day };
        break;
    }
  }
  return state;
}

/** Nothing is waited for from manager or employee any more. */
export const isFinal = ({ phase }: Pick<SheetState, 'phase'>): boolean =>
  phase === 'confirmed' || phase === 'reconfirmed' || phase === 'unanswered';

export const phaseLabel: Record<Phase, { zh: string; en: string }> = {
  open: { zh: '待打分', en: 'to be scored' },
  scored: { zh: '待本人确认', en: 'waiting for the employee' },
  confirmed: { zh: '本人已确认', en: 'confirmed' },
  objected: { zh: '有异议，待复核', en: 'objected, to be reviewed' },
  reconfirmed: { zh: '已复核', en: 'reviewed' },
  unanswered: { zh: '未答复', en: 'unanswered' },
};

export type Act = 'score' | 'confirm' | 'object' | 'decide' | 'approve';

/** Why something cannot be done now, in words; undefined when it can. The one place where the order of steps is decided. */
export function refusal(state: SheetState, act: Act): Text | undefined {
  if (state.approved)
    return say('这份考核已经审批生效，不能再改。', 'This appraisal is approved and can no longer change.');
  const { phase } = state;
  switch (act) {
    case 'score':
      if (phase === 'open' || phase === 'scored') return undefined;
      return phase === 'objected'
        ? say(
            '本人已提出异议，请复核，不能重新打分。',
            'The employee objected: please review it instead of scoring again.',
          )
        : say('本人已经答复过，不能重新打分。', 'The employee has answered already; it cannot be scored again.');
    case 'confirm':
    case 'object':
      if (phase === 'scored' || phase === 'unanswered') return undefined;
      if (phase === 'open') return say('主管还没有打分。', 'Your manager has not scored yet.');
      if (phase === 'confirmed') return say('你已经确认过了。', 'You have confirmed it already.');
      return phase === 'objected'
        ? say('你已经提出异议，等主管复核。', 'You have objected already; your manager is reviewing it.')
        : say('主管已经复核过，结果不再变。', 'Your manager has reviewed it; the result stands.');
    case 'decide':
      return phase === 'objected' ? undefined : say('现在没有要复核的异议。', 'There is no objection to review now.');
    case 'approve':
      return isFinal(state)
        ? undefined
        : say('还没有完成打分和确认，不能审批。', 'Scoring and confirmation are not finished.');
  }
}
