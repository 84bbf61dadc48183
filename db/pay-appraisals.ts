import { and, asc, eq } from 'drizzle-orm';
import type { SheetCriterion } from '#domain/appraisal/criteria';
import type { Month } from '#domain/calendar/dates';
import { among } from './among.ts';
import type { Db } from './client.ts';
import { people } from './schema.ts';
import { appraisalSheets, appraisalSteps } from './tables/appraisal.ts';

/** What happened to the appraisals of these people's month, in order, with the criteria that they were scored by. */
export async function scoreSteps(db: Db, personIds: readonly number[], month: Month) {
  if (personIds.length === 0) return [];
  const rows = await db
    .select({
      personId: appraisalSheets.personId,
      criteria: appraisalSheets.criteria,
      seq: appraisalSteps.seq,
      kind: appraisalSteps.kind,
      data: appraisalSteps.data,
      at: appraisalSteps.at,
      messageId: appraisalSteps.messageId,
      author: people.openId,
    })
    .from(appraisalSheets)
    .innerJoin(appraisalSteps, eq(appraisalSteps.sheetId, appraisalSheets.id))
    .leftJoin(people, eq(people.id, appraisalSteps.by))
    .where(and(eq(appraisalSheets.month, month), among(appraisalSheets.personId, personIds)))
    .orderBy(asc(appraisalSheets.personId), asc(appraisalSteps.seq));
  return rows.map((row) => ({ ...row, criteria: row.criteria as SheetCriterion[] }));
}
