import { type RunFinding, type RunView, SHOWN } from '#cards/pay-run-card';
import type { Db } from '#db/client';
import { draftHeads, lastSettlements, lateFacts, warnedDrafts } from '#db/pay-runs';
import { payslipStates } from '#db/payslips';
import { peopleByIds } from '#db/people';
import { momentText } from '#domain/calendar/business-day';
import { previousMonth } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import type { Warning } from '#domain/pay/context';
import type { PayProblem } from '#domain/pay/problem';
import { isBigChange, type Run, type RunStepKind, stateOf } from '#domain/pay/run';
import { join, say, type Text } from '#domain/text';

/** Everything that finance should see about a month's run. */
export async function runView(db: Db, run: Run, { zone, news }: { zone: string; news?: Text }): Promise<RunView> {
  const state = stateOf(run);
  const heads = state.attempt === 0 ? [] : await draftHeads(db, run.id);
  const locked = state.has('locked');
  const before = new Map(
    (
      await lastSettlements(
        db,
        heads.map(({ personId }) => personId),
        run.month,
      )
    ).flatMap((row) => (row.month === previousMonth(run.month) ? [[row.personId, row.totalFen] as const] : [])),
  );
  const changes = heads.flatMap(({ personId, totalFen }) => {
    const last = before.get(personId);
    return last === undefined || totalFen === null || !isBigChange(last, totalFen)
      ? []
      : [{ personId, last, totalFen }];
  });
  const warned = state.attempt === 0 ? { count: 0, first: [] } : await warnedDrafts(db, run.id, SHOWN);
  // of a hundred thousand people a few are named
  const names = await peopleByIds(db, [
    ...heads.flatMap(({ personId, problems, blocks, touched }) =>
      touched || (problems as unknown[]).length + (blocks as unknown[]).length > 0 ? [personId] : [],
    ),
    ...changes.map(({ personId }) => personId),
    ...warned.first.map(({ personId }) => personId),
    ...run.steps.map(({ by }) => by),
  ]);
  const nameOf = (id: number) => names.get(id)?.name ?? `#${id}`;
  const finding = (personId: number, found: readonly { text: Text }[]): RunFinding => ({
    name: nameOf(personId),
    words: join(
      found.slice(0, 6).map(({ text }) => text),
      say('；', '; '),
    ),
  });
  const listed = (of: (head: (typeof heads)[number]) => { text: Text }[]): RunFinding[] =>
    heads.flatMap((head) => (of(head).length === 0 ? [] : [finding(head.personId, of(head))]));
  return {
    month: run.month,
    state: state.state,
    attempt: state.attempt,
    count: heads.length,
    totalFen: heads.reduce((sum, { totalFen }) => sum + (totalFen ?? 0n), 0n),
    problems: locked ? [] : listed(({ problems }) => problems as PayProblem[]),
    blocks: locked ? [] : listed(({ blocks }) => blocks as Warning[]),
    legal: {
      count: warned.count,
      first: warned.first.map(({ personId, warnings }) =>
        finding(
          personId,
          (warnings as Warning[]).filter(({ audience }) => audience !== undefined),
        ),
      ),
    },
    changes: changes.map(({ personId, last, totalFen }) => ({
      name: nameOf(personId),
      words: `${formatYuan(last)} → ${formatYuan(totalFen)}`,
    })),
    touched: heads.filter(({ touched }) => touched).map(({ personId }) => nameOf(personId)),
    late: (await lateFacts(db)).map(({ month, count }) => `${month}（${count}）`),
    by: Object.fromEntries(
      run.steps
        .filter(({ attempt }) => attempt === state.attempt)
        .map(({ kind, by, at }): [RunStepKind, { name: string; at: string }] => [
          kind,
          { name: nameOf(by), at: momentText(at, zone) },
        ]),
    ),
    ...(state.has('payslips') && { payslips: await payslipsOf(db, run.month) }),
    ...(news !== undefined && { news }),
  };
}

async function payslipsOf(db: Db, month: string): Promise<NonNullable<RunView['payslips']>> {
  const states = await payslipStates(db, { month });
  const names = await peopleByIds(
    db,
    states.map(({ personId }) => personId),
  );
  const nameOf = (id: number) => names.get(id)?.name ?? `#${id}`;
  const sent = states.filter(({ sentAt }) => sentAt !== null);
  return {
    sent: sent.length,
    read: sent.filter(({ readAt, answer }) => readAt !== null || answer !== null).length,
    confirmed: sent.filter(({ answer }) => answer === 'confirmed').length,
    objected: sent
      .filter(({ answer }) => answer === 'objected')
      .map(({ personId, words }) => ({ name: nameOf(personId), words: words ?? '' })),
    silent: sent.filter(({ answer }) => answer === null).map(({ personId }) => nameOf(personId)),
  };
}
