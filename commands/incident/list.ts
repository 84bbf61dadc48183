import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField, recordNo } from '#bot/fact-fields';
import { pageNumber, personRef } from '#bot/fields';
import { INCIDENTS_A_PAGE, incidentListCard } from '#cards/incident-list-card';
import { onePerson } from '#commands/people/lookup';
import { listIncidents } from '#db/incidents';
import { managersAbove, peopleByIds } from '#db/people';
import { everybodyBelow } from '#db/reporting-line';
import { monthOf } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { mayRecord, maySee } from '#domain/incident/incident';
import { say } from '#domain/text';
import { ladderOn } from '#usecases/ladder';
import { incidentKindsOf } from '#usecases/scheme-of';
import { cardOfIncident, demandIncident, kindsFor } from './access.ts';

/** `/incident list [person] [month]`: one's own, or those of the people below; `#12` shows one. */
export const listIncidentsCommand = defineCommand({
  name: 'incident list',
  aliases: ['考核事件 列表', '考核事件 查看'],
  summary: { zh: '查看考核事件', en: 'see incidents' },
  example: { zh: '/考核事件 列表 陈静 10月', en: '/incident list 陈静 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    person: personRef.optional().meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
    incident: recordNo.optional().meta({ keys: ['no'], label: { zh: '编号', en: 'incident' }, bare: true }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { person: word, month = monthOf(ctx.today), incident: id, page = 1 }) {
    if (id !== undefined)
      return {
        card: await cardOfIncident(ctx, await demandIncident(ctx, id), ctx.actor),
        subject: `incident:${id}`,
      };
    const person = word === undefined ? undefined : await onePerson(ctx.tx, word);
    const below = person ? [] : await everybodyBelow(ctx.tx, ctx.actor.id);
    const above = person ? await managersAbove(ctx.tx, person.id) : [];
    if (person && !maySee(ctx.actor, person.id, above))
      throw new UserError(
        'denied.incident-list',
        say('你不能看这个人的考核事件。', 'You may not see the incidents of this person.'),
        say('可以看的人：本人、上级、人事、财务。', 'Who may: the person, those above, HR and finance.'),
      );
    const personIds = person ? [person.id] : [ctx.actor.id, ...below.map(({ id: each }) => each)];
    const all = await listIncidents(ctx.tx, { personIds, month });
    const shown = all.slice((page - 1) * INCIDENTS_A_PAGE, page * INCIDENTS_A_PAGE);
    const names = await peopleByIds(ctx.tx, personIds);
    const kinds = await incidentKindsOf(ctx.tx, shown);
    const whose = person ?? (below.length === 0 ? ctx.actor : undefined);
    return {
      card: incidentListCard({
        ...(whose && { person: { name: whose.name } }),
        month,
        incidents: shown,
        kinds: new Map([...kinds].map(([incident, kind]) => [incident.id, kind])),
        names: new Map([...names].map(([each, { name }]) => [each, name])),
        page,
        total: all.length,
        query: { ...(person && { person: person.openId }), month },
        mayAdd: person ? mayRecord(ctx.actor, person.id, above) : below.length > 0,
        ladder: whose ? await ladder(whose.id, month) : [],
      }),
    };

    async function ladder(personId: number, of: string) {
      const { kinds } = await kindsFor(ctx.tx, personId, of);
      return ladderOn(
        ctx.tx,
        personId,
        kinds.find(({ charge }) => charge.by === 'fault'),
        { on: `${of}-01`, today: ctx.today },
      );
    }
  },
});
