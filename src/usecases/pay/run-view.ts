import { type RunFinding, type RunView, SHOWN } from '#cards/pay-run-card';
import type { Db } from '#db/client';
import { draftSummary, lastSettlements, lateFacts, warnedDrafts } from '#db/pay-runs';
import { payslipStates } from '#db/payslips';
import { peopleByIds } from '#db/people';
import { momentText } from '#domain/calendar/business-day';
import { previousMonth } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import type { Warning } from '#domain/pay/context';
import { isBigChange, type Run, type RunStepKind, stateOf } from '#domain/pay/run';
import { join, say, type Text } from '#domain/text';

/** More names of people whose facts were entered by hand than the card has room for. */
const NAMED = 150;

/** Everything that finance should see about a month's run. */
export async function runView(db: Db, run: Run, { zone, news }: { zone: string; news?: Text }): Promise<RunView> {
  const state = stateOf(run);
  const { amounts, found, touched } =
    state.attempt === 0 ? { amounts: [], found: [], touched: [] } : await draftSummary(db, run.id);
  const locked = state.has('locked');
  const last = await lastSettlements(
    db,
    amounts.map(([personId]) => personId),
    run.month,
  );
  const before = new Map(
    last.flatMap((row) => (row.month === previousMonth(run.month) ? [[row.personId, row.totalFen] as const] : [])),
  );
  const changes = amounts.flatMap(([personId, total]) => {
    const last = before.get(personId);
    return last === undefined || total === null || !isBigChange(last, BigInt(total))
      ? []
      : [{ personId, last, totalFen: BigInt(total) }];
  });
  const warned = state.attempt === 0 ? { count: 0, first: [] } : await warnedDrafts(db, run.id, SHOWN);
  const named = touched.slice(0, NAMED);
  // of a hundred thousand people a few are named
  const names = await peopleByIds(db, [
    ...found.map(([personId]) => personId),
    ...named,
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
  const listed = (which: 1 | 2): RunFinding[] =>
    locked ? [] : found.flatMap((each) => (each[which].length === 0 ? [] : [finding(each[0], each[which])]));
  return {
    month: run.month,
    state: state.state,
    attempt: state.attempt,
    count: amounts.length,
    totalFen: amounts.reduce((sum, [, total]) => sum + BigInt(total ?? 0), 0n),
    problems: listed(1),
    blocks: listed(2),
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
    touched: named.map(nameOf),
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
