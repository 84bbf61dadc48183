import type { CommandContext, Told } from '#bot/command';
import { incidentCard } from '#cards/incident-card';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import { findIncident } from '#db/incidents';
import { isLocked } from '#db/locked-months';
import { managersAbove, peopleByIds, personById } from '#db/people';
import { peopleWithRole } from '#db/reporting-line';
import { UserError } from '#domain/errors';
import { deciders, type Incident, mayDecide, maySee, stateOf } from '#domain/incident/incident';
import { type IncidentKind, incidentKinds } from '#domain/incident/kinds';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';

import { ladderOn } from '#usecases/ladder';
import { incidentKindsOf, schemeOf } from '#usecases/scheme-of';

/** The kinds that can be recorded about a person in a month. */
export async function kindsFor(
  tx: Db,
  personId: number,
  month: string,
): Promise<{ scheme: string | null; kinds: IncidentKind[] }> {
  const { terms, version } = await schemeOf(tx, personId, month);
  return { scheme: version ? (terms?.scheme ?? null) : null, kinds: incidentKinds(version?.lines ?? []) };
}

/** Unknown and forbidden are answered alike, so that the answer tells nothing. */
export const unknownIncident = (id: number): UserError =>
  new UserError(
    'incident.not-found',
    say(`没有找到你能看的考核事件 #${id}。`, `There is no incident #${id} that you may see.`),
    say('你的考核事件：/考核事件 列表', 'Yours: /incident list'),
  );

export interface Access {
  incident: Incident;
  person: Person;
  /** The employee's reporting line, nearest first. */
  above: number[];
}

/** @throws UserError alike for an incident that does not exist and one that is not for this person */
export async function demandIncident(ctx: CommandContext, id: number): Promise<Access> {
  const incident = await findIncident(ctx.tx, id);
  if (!incident) throw unknownIncident(id);
  const above = await managersAbove(ctx.tx, incident.personId);
  if (!maySee(ctx.actor, incident.personId, above)) throw unknownIncident(id);
  return { incident, person: (await personById(ctx.tx, incident.personId))!, above };
}

type Here = Pick<CommandContext, 'tx' | 'today'>;

/** The incident's card as one person may see and use it. */
export async function cardOfIncident(
  { tx, today }: Here,
  { incident, person, above }: Access,
  viewer: Person,
  news?: Text,
): Promise<Card> {
  const ids = [incident.personId, incident.by, incident.dispute?.by, incident.decision?.by].filter(
    (id) => id !== undefined,
  );
  const names = new Map([...(await peopleByIds(tx, ids))].map(([id, { name }]) => [id, name]));
  const open = !(await isLocked(tx, incident.month));
  const kind = (await incidentKindsOf(tx, [incident])).get(incident);
  const state = stateOf(incident);
  return incidentCard({
    incident,
    kind,
    names,
    ladder: await ladderOn(tx, incident.personId, kind, { on: incident.date, today }),
    personWord: person.openId,
    may: {
      dispute: open && viewer.id === incident.personId && state === 'recorded',
      decide: open && !incident.decision && mayDecide(viewer, incident, above),
    },
    ...(news !== undefined && { news }),
  });
}

/** Tells a person privately, with the card as he or she may use it. */
export async function toldAbout(here: Here, access: Access, reader: Person, news: Text, key: string): Promise<Told> {
  return {
    to: { person: reader.openId },
    content: {
      type: 'card',
      card: await cardOfIncident(here, access, reader, news),
      subject: `incident:${access.incident.id}`,
    },
    key,
  };
}

/** Whom an objection is brought to: the nearest one who may decide, else HR. */
export async function whoDecides(tx: Db, { incident, above }: Access): Promise<Person[]> {
  for (const id of deciders(incident.by, above)) {
    const person = await personById(tx, id);
    if (person && person.leftOn === null) return [person];
  }
  return (await peopleWithRole(tx, 'hr')).filter(({ id }) => id !== incident.by && id !== incident.personId);
}
