import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { recordNo } from '#bot/fact-fields';
import { choice, freeText } from '#bot/fields';
import { saidBy } from '#bot/said';
import { appendIncidentStep } from '#db/incidents';
import { demandOpenMonth } from '#db/locked-months';
import { personById } from '#db/people';
import { UserError } from '#domain/errors';
import { mayDecide, stateOf } from '#domain/incident/incident';
import { say } from '#domain/text';
import { cardOfIncident, demandIncident, toldAbout } from './access.ts';

const decision = choice([
  { value: 'uphold', label: { zh: '维持', en: 'uphold' } },
  { value: 'withdraw', label: { zh: '撤回', en: 'withdraw' }, aliases: ['撤销', '取消'] },
]);

/** `/incident decide <no> uphold|withdraw <reason>` (section 3, G5): one level up from whoever recorded it. Both versions stay. */
export const decideIncident = defineCommand({
  name: 'incident decide',
  aliases: ['考核事件 决定', '考核事件 裁定'],
  summary: { zh: '决定一条考核事件：维持或撤回', en: 'uphold or withdraw an incident' },
  example: {
    zh: '/考核事件 决定 12 撤回 原因=“有停电通知为证”',
    en: '/incident decide 12 withdraw reason="power cut notice seen"',
  },
  roles: ['manager', 'general_manager', 'hr'],
  answers: 'private',
  input: z.object({
    incident: recordNo.meta({ word: 1, keys: ['no'], label: { zh: '编号', en: 'incident' } }),
    decision: decision.meta({ word: 2, label: { zh: '决定', en: 'decision' }, bare: true }),
    reason: freeText(1000)
      .refine((words) => words.length > 0)
      .meta({ word: 'rest', keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { incident: id, decision: wanted, reason }) {
    const access = await demandIncident(ctx, id);
    if (!mayDecide(ctx.actor, access.incident, access.above))
      throw new UserError(
        'denied.incident-decide',
        say('这一条不由你决定。', 'This one is not yours to decide.'),
        say('由登记人的上一级或人事决定。', 'Whoever is one level above the recorder decides, or HR.'),
      );
    await demandOpenMonth(ctx.tx, access.incident.month);
    const kind = wanted === 'uphold' ? ('upheld' as const) : ('withdrawn' as const);
    const added = await appendIncidentStep(ctx.tx, {
      incidentId: id,
      kind,
      reason,
      ...saidBy(ctx),
    });
    if (!added)
      throw new UserError(
        'incident.decided',
        say('这条已经有决定了。', 'This one has been decided already.'),
        say(
          '决定只有一次；两边的话都留在记录里：/考核事件 列表',
          'It is decided once; both sides’ words stay on record: /incident list',
        ),
      );
    await ctx.record({
      subject: `incident:${id}`,
      before: { state: stateOf(access.incident) },
      after: { state: kind, reason },
    });
    const now = await demandIncident(ctx, id);
    const news =
      kind === 'upheld'
        ? say('考核事件维持。', 'The incident is upheld.')
        : say('考核事件已撤回，不扣款。', 'The incident is withdrawn and costs nothing.');
    const recorder = await personById(ctx.tx, now.incident.by);
    const readers = [now.person, ...(recorder && recorder.id !== ctx.actor.id ? [recorder] : [])];
    return {
      card: await cardOfIncident(ctx, now, ctx.actor, news),
      toast: { tone: 'success', text: news },
      subject: `incident:${id}`,
      also: await Promise.all(
        readers.map((reader) => toldAbout(ctx, now, reader, news, `incident:${id}:decided:${reader.id}`)),
      ),
    };
  },
});
