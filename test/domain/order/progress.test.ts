import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '#domain/order/order';
import { type PlannedStage, stageStates, standingOf } from '#domain/order/progress';
import { findTemplate } from '#domain/order/stages';

const plan: PlannedStage[] = findTemplate('garment')!.steps.map(({ stage, counted, before }) => ({
  stage,
  counted,
  before,
  ownerId: null,
  planned: '2026-12-01',
  fixed: false,
}));
let ids = 0;
const entry = (over: Partial<Progress>): Progress => {
  const id = over.id ?? ++ids;
  const countsAt = over.countsAt ?? new Date(Date.UTC(2026, 10, 1) + id * 3_600_000);
  return {
    stage: 'sewing',
    qty: null,
    added: null,
    colour: '',
    size: '',
    machines: null,
    pieces: null,
    finished: false,
    note: '',
    by: 1,
    saidAt: countsAt,
    recordedAt: countsAt,
    forDay: countsAt.toISOString().slice(0, 10),
    late: false,
    replaces: null,
    ...over,
    id,
    countsAt,
  };
};
const at = (log: Progress[], stage = 'sewing') => stageStates({ qty: 1200 }, plan, log).find((s) => s.stage === stage)!;

describe('where a stage stands (O3)', () => {
  it('a total replaces, an increment adds', () => {
    expect(at([entry({ qty: 800 }), entry({ added: 200 })]).done).toBe(1000);
    expect(at([entry({ qty: 800 }), entry({ added: 200 }), entry({ qty: 900 })]).done).toBe(900);
  });

  it('colours and sizes add up, and the larger of them and the total of the whole holds', () => {
    const lines = [entry({ colour: '红', size: 'S', qty: 100 }), entry({ colour: '蓝', size: 'S', added: 50 })];
    expect(at(lines).done).toBe(150);
    expect(at([...lines, entry({ qty: 140 })]).done).toBe(150);
    expect(at([...lines, entry({ qty: 400 })]).done).toBe(400);
  });

  it('is finished when all pieces are done, on the day that said so', () => {
    expect(at([entry({ qty: 1199 })]).actual).toBeUndefined();
    expect(at([entry({ qty: 1199 }), entry({ added: 1, forDay: '2026-11-20' })]).actual).toBe('2026-11-20');
    expect(at([entry({ qty: 1190, finished: true })]).actual).toBeDefined();
    expect(at([entry({ qty: 1200 }), entry({ qty: 1100 })]).actual).toBeUndefined();
  });

  it('a stage without pieces is finished by its name alone, with a note it is only news of it', () => {
    expect(at([entry({ stage: 'materials' })], 'materials').actual).toBeDefined();
    expect(at([entry({ stage: 'materials', note: '主面料到了' })], 'materials').actual).toBeUndefined();
    expect(at([entry({ stage: 'shipped', qty: 800 })], 'shipped').actual).toBeUndefined();
  });

  it('what came later tells about what came before', () => {
    const packed = [entry({ stage: 'packing', qty: 1200 })];
    expect(at(packed, 'cutting').actual).toBeDefined();
    const begun = [entry({ stage: 'cutting', qty: 1000 }), entry({ stage: 'sewing', qty: 300 })];
    expect(at(begun, 'cutting').actual).toBeUndefined();
    expect(at(begun, 'sealing').actual).toBeDefined();
  });

  it('the same entries give the same state in whatever order they arrive (property)', () => {
    const some = fc.array(
      fc.record({
        stage: fc.constantFrom('cutting', 'sewing', 'packing', 'materials'),
        qty: fc.option(fc.integer({ min: 0, max: 1200 })),
        finished: fc.boolean(),
        note: fc.constantFrom('', 'x'),
      }),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (entries, random) => {
        const log = entries.map((over, i) => entry({ ...over, id: 1000 + i }));
        const keys = log.map(() => random.next().value!);
        const shuffled = log.map((one, i) => [keys[i]!, one] as const).sort((a, b) => a[0] - b[0]);
        const states = (some: Progress[]) => stageStates({ qty: 1200 }, plan, some);
        expect(states(shuffled.map(([, one]) => one))).toEqual(states(log));
      }),
    );
  });

  it('remembers what is due next and at what pace it goes', () => {
    const log = [entry({ stage: 'cutting', qty: 1200 }), entry({ qty: 400, forDay: '2026-11-18' })];
    expect(standingOf(stageStates({ qty: 1200 }, plan, log), log, 'shipped')).toMatchObject({
      stage: 'sewing',
      nextStage: 'sewing',
      paceStage: 'sewing',
      paceDone: 400,
      paceFrom: '2026-11-18',
      delivered: null,
    });
  });
});
