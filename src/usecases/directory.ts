import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { changePerson, findPerson, putPerson } from '#db/people';
import type { Role } from '#domain/people/person';

/** A person as the company directory knows them. A field that is absent could not be read (its scope is missing) and erases nothing. */
export interface DirectoryEntry {
  openId: string;
  unionId?: string | undefined;
  userId?: string | undefined;
  name?: string | undefined;
  employeeNo?: string | undefined;
  department?: string | undefined;
  leaderOpenId?: string | undefined;
  joinedOn?: string | undefined;
  resigned?: boolean | undefined;
}

/**
 * Brings the roster in line with the company directory: newcomers are added without roles, names, departments and reporting lines follow,
 * leavers get their last day. Roles and pay terms stay ours. Repeating it changes nothing.
 */
export async function storeDirectory(
  db: Db,
  entries: DirectoryEntry[],
  { now, today }: { now: Date; today: string },
): Promise<{ added: number; changed: number }> {
  const done = { added: 0, changed: 0 };
  for (const entry of entries) {
    await db.transaction(async (tx) => {
      const known = await findPerson(tx, entry.openId);
      const wanted = {
        name: entry.name ?? known?.name ?? entry.openId,
        ...(entry.unionId && { unionId: entry.unionId }),
        ...(entry.userId && { userId: entry.userId }),
        ...(entry.employeeNo && { employeeNo: entry.employeeNo }),
        ...(entry.department && { department: entry.department }),
        ...(entry.joinedOn && !known?.hiredOn && { hiredOn: entry.joinedOn }),
        ...(entry.resigned !== undefined && { leftOn: entry.resigned ? (known?.leftOn ?? today) : null }),
      };
      const { before, after } = await putPerson(tx, entry.openId, wanted, now);
      if (before && JSON.stringify(before) === JSON.stringify(after)) return;
      done[before ? 'changed' : 'added'] += 1;
      await recordAudit(tx, {
        at: now,
        actor: 'directory',
        via: 'schedule',
        command: 'people sync',
        subject: `person:${after.id}`,
        outcome: 'done',
        before,
        after,
      });
    });
  }
  for (const { openId, leaderOpenId } of entries) {
    if (!leaderOpenId || leaderOpenId === openId) continue;
    const [person, leader] = [await findPerson(db, openId), await findPerson(db, leaderOpenId)];
    if (person && leader && person.managerId !== leader.id)
      await changePerson(db, person.id, { managerId: leader.id }, now);
  }
  return done;
}

/** The first administrators, named by the operator: they are on the roster before anybody can put them there. */
export async function ensureAdmins(db: Db, openIds: string[], now: Date): Promise<void> {
  for (const openId of openIds) {
    await db.transaction(async (tx) => {
      const known = await findPerson(tx, openId);
      if (known?.roles.includes('admin')) return;
      const roles: Role[] = [...(known?.roles ?? []), 'admin'];
      const { before, after } = await putPerson(tx, openId, { name: known?.name ?? '管理员', roles }, now);
      await recordAudit(tx, {
        at: now,
        actor: 'console',
        via: 'console',
        command: 'ADMIN_OPEN_IDS',
        subject: `person:${after.id}`,
        outcome: 'done',
        before,
        after,
      });
    });
  }
}

/** One event of the directory. What the event does not tell (manager, department) comes with the nightly sync. */
export async function applyPersonEvent(
  tx: Db,
  { openId, name, change }: { openId: string; name?: string | undefined; change: 'joined' | 'changed' | 'left' },
  { now, today }: { now: Date; today: string },
): Promise<void> {
  const known = await findPerson(tx, openId);
  if (!known && (change === 'left' || !name)) return;
  const leaving = change === 'left' ? { leftOn: known?.leftOn ?? today } : change === 'joined' ? { leftOn: null } : {};
  const { before, after } = await putPerson(tx, openId, { name: name ?? known!.name, ...leaving }, now);
  if (before && JSON.stringify(before) === JSON.stringify(after)) return;
  await recordAudit(tx, {
    at: now,
    actor: 'directory',
    via: 'event',
    command: `people ${change}`,
    subject: `person:${after.id}`,
    outcome: 'done',
    before,
    after,
  });
}
