import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { recordNo } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { saidBy } from '#bot/said';
import { appendIncidentStep } from '#db/incidents';
import { demandOpenMonth } from '#db/locked-months';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/incident/incident';
import { join, say } from '#domain/text';
import { cardOfIncident, demandIncident, toldAbout, unknownIncident, whoDecides } from './access.ts';

/** `/incident dispute <no> <reason>` (section 3): the employee objects; one level up decides. */
export const disputeIncident = defineCommand({
  name: 'incident dispute',
  aliases: ['考核事件 异议', '考核事件 申诉'],
  summary: { zh: '对考核事件提出异议', en: 'object to an incident' },
  example: {
    zh: '/考核事件 异议 12 原因=“工厂停电造成”',
    en: '/incident dispute 12 reason="power cut at the factory"',
  },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    incident: recordNo.meta({ word: 1, keys: ['no'], label: { zh: '编号', en: 'incident' } }),
    reason: freeText(1000)
      .refine((words) => words.length > 0)
      .meta({ word: 'rest', keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { incident: id, reason }) {
    const access = await demandIncident(ctx, id);
    if (access.incident.personId !== ctx.actor.id) throw unknownIncident(id);
    await demandOpenMonth(ctx.tx, access.incident.month);
    const added =
      stateOf(access.incident) === 'recorded' &&
      (await appendIncidentStep(ctx.tx, {
        incidentId: id,
        kind: 'disputed',
        reason,
        ...saidBy(ctx),
      }));
    if (!added)
      throw new UserError(
        'incident.not-open',
        access.incident.decision
          ? say('这条已经有决定了，不能再提异议。', 'This one has been decided; it cannot be objected to any more.')
          : say('你已经提过异议了，等上一级决定。', 'You have objected already; it is being decided.'),
        say('谁来决定：登记人的上一级或人事。', 'Who decides: one level above the recorder, or HR.'),
      );
    await ctx.record({
      subject: `incident:${id}`,
      before: { state: 'recorded' },
      after: { state: 'disputed', reason },
    });
    const now = await demandIncident(ctx, id);
    const readers = await whoDecides(ctx.tx, now);
    const names = readers.map(({ name }) => name);
    const news = say('收到你的异议。', 'Your objection was received.');
    return {
      card: await cardOfIncident(
        ctx,
        now,
        ctx.actor,
        join([news, say(`由 ${names.join('、')} 决定。`, ` ${names.join(', ')} will decide.`)]),
      ),
      toast: { tone: 'success', text: news },
      subject: `incident:${id}`,
      also: await Promise.all(
        readers.map((reader) =>
          toldAbout(
            ctx,
            now,
            reader,
            say('有一条考核事件被提出异议，请你决定。', 'An incident is disputed; please decide.'),
            `incident:${id}:disputed:${reader.id}`,
          ),
        ),
      ),
    };
  },
});
