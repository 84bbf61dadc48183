import { expect, it } from 'vitest';
import { appraisalSheets, appraisalSteps } from '#db/tables/appraisal';
import { payRoom } from '#test/support/pay-room';
import { under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { collectFacts, peopleToPay } from '#usecases/facts/collect';
import { compute } from '#usecases/pay/compute';

const room = await payRoom();
const MONTH = '2026-10';

/** A sheet of 陈静 with what happened to it, as the appraisal writes it. */
async function sheet(scheme: string, scores: unknown, steps: string[], criteria: unknown[] = []): Promise<void> {
  await under(room.db, room.people.chen, scheme);
  const [row] = await room.db
    .insert(appraisalSheets)
    .values({
      month: MONTH,
      personId: room.people.chen.id,
      managerId: room.people.wang.id,
      scheme,
      criteria,
      openedAt: now,
    })
    .returning({ id: appraisalSheets.id });
  await room.db.insert(appraisalSteps).values(
    steps.map((kind, seq) => ({
      sheetId: row!.id,
      seq,
      kind: kind as 'scored',
      data: kind === 'scored' || kind === 'changed' ? scores : null,
      by: room.people.wang.id,
      day: '2026-11-03',
      at: now,
      eventId: `e-${seq}`,
      messageId: 'om_score',
    })),
  );
}

async function computed() {
  const collected = await collectFacts(room.db, MONTH, await peopleToPay(room.db, MONTH), {
    zone: 'Asia/Shanghai',
  });
  return compute(collected[0]!);
}

const lb = { results: [], total: 865, leftOut: [] };

it('a score counts as it was given, with who gave it and in which message', async () => {
  await sheet('lb', lb, ['scored', 'confirmed', 'approved']);
  const { settlement, blocks } = await computed();
  const line = settlement!.lines.find(({ clause }) => clause === 'LB-P1')!;
  expect(line.facts).toContainEqual(
    expect.objectContaining({
      path: 'appraisal.score',
      value: '86.5',
      sources: [expect.objectContaining({ author: 'ou_wang', messageId: 'om_score' })],
    }),
  );
  expect(blocks).toEqual([]);
});

it.each([
  ['scored only', ['scored'], 'APPRAISAL-DRAFT'],
  ['not approved (LB-A7)', ['scored', 'confirmed'], 'APPRAISAL-DRAFT'],
  ['objected', ['scored', 'objected'], 'APPRAISAL-DISPUTED'],
])('%s: the month can be computed and not approved', async (_, steps, code) => {
  await sheet('lb', lb, steps);
  const { settlement, blocks } = await computed();
  expect(settlement).toBeDefined();
  expect(blocks.map((block) => block.code)).toEqual([code]);
});

it('an objection that was decided, and silence, no longer block', async () => {
  await sheet('lb', lb, ['scored', 'objected', 'upheld', 'approved']);
  expect((await computed()).blocks).toEqual([]);
});

it('nobody has scored: no score is invented', async () => {
  await sheet('lb', lb, ['assigned']);
  expect((await computed()).problems.map(({ at }) => at)).toEqual(['appraisal.score']);
});

it('KPI results count criterion by criterion, an overruled one with its reason; an unfinished sheet blocks as well', async () => {
  const results = [
    { clause: 'KPI-1', done: 17, due: 18 },
    { clause: 'KPI-2', done: 15, due: 17 },
    { clause: 'KPI-3', score: 920 },
    { clause: 'KPI-4', done: 5, due: 6, score: 885 },
    { clause: 'KPI-5', score: 900 },
    { clause: 'KPI-6', done: 0, due: 0, score: 950 },
    { clause: 'KPI-7', done: 16, due: 18, score: 950, overruled: true, reason: '一单为客户改期' },
  ];
  await sheet('kpi', { results, total: 0, leftOut: [] }, ['scored', 'confirmed']);
  const { settlement, blocks } = await computed();
  // the worked month of docs/settlement-facts.md on a base of 2,000
  expect(settlement!.lines.find(({ clause }) => clause === 'KPI-P1.performance')!.amountFen).toBe(1824_47n);
  expect(blocks.map(({ code }) => code)).toEqual(['APPRAISAL-DRAFT']);
});

it('a company’s own criteria, unknown to the scheme, weigh as the sheet says', async () => {
  const own = (clause: string, weight: string, from = 'score') => ({
    clause,
    label: { zh: clause, en: clause },
    text: clause,
    weight,
    from,
    ratioShare: '50%',
  });
  const criteria = [own('KPI-1', '50', 'ratio'), own('KPI-OWN-2', '30'), own('KPI-OWN-3', '20', 'both')];
  const results = [
    { clause: 'KPI-1', done: 3, due: 4 },
    { clause: 'KPI-OWN-2', score: 900 },
    { clause: 'KPI-OWN-3', score: 800 },
  ];
  await sheet('kpi', { results, total: 805, leftOut: [] }, ['scored', 'confirmed', 'approved'], criteria);
  const { settlement, problems } = await computed();
  expect(problems).toEqual([]);
  const line = settlement!.lines.find(({ clause }) => clause === 'KPI-P1.performance')!;
  // 75 × 50 % + 90 × 30 % + 80 × 20 % = 80.5 points of the base
  const base = settlement!.lines.length && line.facts.find(({ path }) => path === 'profile.performanceBase');
  expect(line.formula.zh).toContain('3/4×100×50 + 90×30 + 80×20');
  expect(base).toBeDefined();
});
