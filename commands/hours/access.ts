import type { CommandContext } from '#bot/command';
import { hoursCard } from '#cards/hours-card';
import type { Card } from '#cards/kit';
import { hoursOf } from '#db/hours';
import { managersAbove, peopleByIds } from '#db/people';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';

/** Hours are finance's and HR's to record, for everybody but themselves; yes or no about work and conduct is the manager line's and HR's. */
export async function rightsOn(
  ctx: CommandContext,
  person: Person,
): Promise<{ see: boolean; hours: boolean; flags: boolean }> {
  const above = await managersAbove(ctx.tx, person.id);
  const has = (...roles: string[]) => ctx.actor.roles.some((role) => roles.includes(role));
  const own = ctx.actor.id === person.id;
  return {
    see: own || above.includes(ctx.actor.id) || has('finance', 'hr'),
    hours: !own && has('finance', 'hr'),
    flags: !own && (above.includes(ctx.actor.id) || has('hr')),
  };
}

export async function demandSight(ctx: CommandContext, person: Person): Promise<void> {
  if ((await rightsOn(ctx, person)).see) return;
  throw new UserError(
    'denied.hours',
    say('你不能看这个人的工时。', 'You may not see the hours of this person.'),
    say('可以看的人：本人、上级、人事、财务。', 'Who may: the person, those above, HR and finance.'),
  );
}

export async function cardOfHours(ctx: CommandContext, person: Person, month: Month, news?: Text): Promise<Card> {
  const entries = await hoursOf(ctx.tx, person.id, month);
  const people = await peopleByIds(
    ctx.tx,
    [...entries.values()].map(({ by }) => by),
  );
  const { hours, flags } = await rightsOn(ctx, person);
  return hoursCard({
    person,
    month,
    values: new Map([...entries].map(([field, entry]) => [field, { ...entry, by: people.get(entry.by)?.name ?? '' }])),
    mayChange: hours || flags,
    ...(news !== undefined && { news }),
  });
}
