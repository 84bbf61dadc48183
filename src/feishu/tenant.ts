import type { Db } from '#db/client';
import { learnTenant } from '#db/tenant';

/** Whether an event belongs to the one company that this installation serves. */
export type TenantCheck = (tenantKey: string) => Promise<boolean>;

/**
 * The tenant is `configured`, or that of the first genuine event, and fixed from then on.
 * Give it only keys of events whose signature, token and app have been checked.
 *
 * @throws whatever the database throws while the tenant has yet to be learned.
 */
export function tenantCheck(db: Db, { configured, now }: { configured?: string; now(): Date }): TenantCheck {
  let known = configured;
  return async (tenantKey) => {
    if (!tenantKey) return false;
    known ??= await learnTenant(db, tenantKey, now());
    return tenantKey === known;
  };
}
