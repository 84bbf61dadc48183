import { sendCard } from '#bot/deliver';
import type { Card } from '#cards/kit';
import { payProgressCard, payRunCard } from '#cards/pay-run-card';
import { payslipCard } from '#cards/payslip-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { addRunStep, findRun, lockRun, settlementsOfMonth } from '#db/pay-runs';
import { notePayslip, payslipStates } from '#db/payslips';
import { peopleByIds } from '#db/people';
import { setting } from '#db/settings';
import { businessDay } from '#domain/calendar/business-day';
import { addDays } from '#domain/calendar/dates';
import { stateOf } from '#domain/pay/run';
import { readResult } from '#domain/pay/stored';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { DEFAULT_OBJECTION_DAYS, OBJECTION_DAYS, payslipView } from './open.ts';
import type { RunArgs } from './run.ts';
import { runView } from './run-view.ts';

const BATCH = 50;

/** Sends each payslip privately to its owner, once: a card that was noted is never sent again, wherever the job was stopped. */
export async function sendPayslips(
  {
    db,
    by,
    now,
    show,
    complete,
  }: {
    db: Db;
    by: Person;
    now(): Date;
    show(card: Card): Promise<void>;
    complete(tx: Db, card: Card): Promise<void>;
  },
  { month, runId, attempt }: RunArgs,
  zone: string,
): Promise<void> {
  const rows = await settlementsOfMonth(db, month);
  const sent = new Set(
    (await payslipStates(db, { month })).flatMap(({ settlementId, sentAt }) => (sentAt ? [settlementId] : [])),
  );
  const open = rows.filter(({ id }) => !sent.has(id));
  const days = (await setting<number>(db, OBJECTION_DAYS)) ?? DEFAULT_OBJECTION_DAYS;
  for (let at = 0; at < open.length; at += BATCH) {
    await db.transaction(async (tx) => {
      const part = open.slice(at, at + BATCH);
      const owners = await peopleByIds(
        tx,
        part.map(({ personId }) => personId),
      );
      for (const row of part) {
        const person = owners.get(row.personId)!;
        const today = businessDay(now(), zone);
        const view = await payslipView(tx, { row, settlement: readResult(row.result) }, person, {
          viewer: person,
          legal: false,
          today,
          zone,
        });
        const card = payslipCard({ ...view, answerBy: addDays(today, days) });
        const key = await sendCard(tx, { to: { person: person.openId } }, card, {
          now: now(),
          subject: `payslip:${row.id}`,
          logicalKey: `payslip:${row.id}`,
        });
        await notePayslip(tx, row.id, key, now());
      }
    });
    if (open.length > BATCH)
      await show(
        payProgressCard(month, say('正在发工资条', 'Sending payslips'), Math.min(at + BATCH, open.length), open.length),
      );
  }
  await db.transaction(async (tx) => {
    const state = stateOf(await lockRun(tx, runId));
    if (
      await addRunStep(tx, {
        runId,
        attempt: state.attempt,
        kind: 'payslips',
        by: by.id,
        at: now(),
        eventId: `payslips:${runId}:${attempt}`,
      })
    )
      await recordAudit(tx, {
        at: now(),
        actor: by.openId,
        via: 'job',
        command: 'pay payslips',
        subject: `pay-run:${month}`,
        outcome: 'done',
        after: { payslips: rows.length },
      });
    const fresh = (await findRun(tx, month))!;
    await complete(
      tx,
      payRunCard(
        await runView(tx, fresh, { zone, news: say(`已发出 ${open.length} 份工资条`, `${open.length} payslips sent`) }),
      ),
    );
  });
}
