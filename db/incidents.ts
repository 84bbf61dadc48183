import { and, asc, desc, eq, gte, inArray, lte } from 'drizzle-orm';
import type { IsoDate, Month } from '#domain/calendar/dates';
import type { Incident } from '#domain/incident/incident';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { incidentFiles, incidentSteps, incidents } from './tables/appraisal.ts';

export type NewIncident = Omit<typeof incidents.$inferInsert, 'id'>;
export type NewIncidentStep = Omit<typeof incidentSteps.$inferInsert, 'id' | 'phase'>;

export async function insertIncident(db: Db, incident: NewIncident): Promise<number> {
  const [row] = await db.insert(incidents).values(incident).returning({ id: incidents.id });
  return row!.id;
}

/** @returns false when this phase (dispute or decision) was over already */
export async function appendIncidentStep(db: Db, step: NewIncidentStep): Promise<boolean> {
  const added = await db
    .insert(incidentSteps)
    .values({ ...step, phase: step.kind === 'disputed' ? 'dispute' : 'decision' })
    .onConflictDoNothing({ target: [incidentSteps.incidentId, incidentSteps.phase] })
    .returning({ id: incidentSteps.id });
  return added.length > 0;
}

export type NewIncidentFile = Omit<typeof incidentFiles.$inferInsert, 'id'>;

/** @returns how many were not there before */
export async function addIncidentFiles(db: Db, files: NewIncidentFile[]): Promise<number> {
  const added = await db.insert(incidentFiles).values(files).onConflictDoNothing().returning({ id: incidentFiles.id });
  return added.length;
}

export interface IncidentFilter {
  personIds?: number[];
  month?: Month;
  from?: IsoDate;
  to?: IsoDate;
}

export async function findIncident(db: Db, id: number): Promise<Incident | undefined> {
  return (await read(db, eq(incidents.id, id), 1))[0];
}

/** Newest first. */
export function listIncidents(
  db: Db,
  { personIds, month, from, to }: IncidentFilter,
  limit = 500,
): Promise<Incident[]> {
  if (personIds?.length === 0) return Promise.resolve([]);
  return read(
    db,
    and(
      personIds && inArray(incidents.personId, personIds),
      month ? eq(incidents.month, month) : undefined,
      from ? gte(incidents.date, from) : undefined,
      to ? lte(incidents.date, to) : undefined,
    ),
    limit,
  );
}

async function read(db: Db, which: ReturnType<typeof and>, limit: number): Promise<Incident[]> {
  const rows = await db
    .select({ incident: incidents, orderNo: orders.no })
    .from(incidents)
    .leftJoin(orders, eq(orders.id, incidents.orderId))
    .where(which)
    .orderBy(desc(incidents.date), desc(incidents.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const ids = rows.map(({ incident }) => incident.id);
  const steps = await db
    .select()
    .from(incidentSteps)
    .where(inArray(incidentSteps.incidentId, ids))
    .orderBy(asc(incidentSteps.id));
  const files = await db
    .select()
    .from(incidentFiles)
    .where(inArray(incidentFiles.incidentId, ids))
    .orderBy(asc(incidentFiles.id));
  return rows.map(({ incident, orderNo }) => {
    const own = steps.filter(({ incidentId }) => incidentId === incident.id);
    const dispute = own.find(({ kind }) => kind === 'disputed');
    const decision = own.find(({ kind }) => kind !== 'disputed');
    const { id, personId, clause, scheme, month, date, declaration, lossFen, amountFen, note, by, saidAt, messageId } =
      incident;
    return {
      id,
      personId,
      clause,
      scheme,
      month,
      date,
      orderNo,
      declaration,
      lossFen,
      amountFen,
      note,
      evidence: [
        ...(incident.evidence as Incident['evidence']),
        ...files
          .filter(({ incidentId }) => incidentId === id)
          .map(({ key, type, name, messageId }) => ({ key, type, name, messageId: messageId! })),
      ],
      by,
      saidAt,
      messageId,
      ...(dispute && { dispute }),
      ...(decision && { decision: { ...decision, kind: decision.kind as 'upheld' | 'withdrawn' } }),
    };
  });
}
