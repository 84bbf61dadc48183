import { z } from 'zod';
import { type CommandContext, defineCommand, type Reply, type Told } from '#bot/command';
import { month as monthField, recordNo } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { saidIn } from '#bot/said';
import { noticeCard } from '#cards/notice-card';
import { demandAct } from '#commands/pay/access';
import { demandOpenMonth } from '#db/locked-months';
import { lockedAfter } from '#db/pay-runs';
import { addAdoption, addProposal, findProposal } from '#db/pay-schemes';
import { peopleWithRole } from '#db/reporting-line';
import { UserError } from '#domain/errors';
import { lintScheme } from '#domain/pay/lint';
import { versionFor } from '#domain/pay/scheme';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandText, noProposal } from './find.ts';
import { cardOfSchemes } from './list.ts';

/** `/scheme adopt`: the first person proposes a text from a month on, a second one signs. Months that are locked keep their rules. */
export const adoptScheme = defineCommand({
  name: 'scheme adopt',
  aliases: ['方案 采用', '方案 批准'],
  summary: { zh: '采用一份新方案：一人提议，另一人批准', en: 'adopt a scheme: one proposes, another signs' },
  example: { zh: '/方案 采用 #3', en: '/scheme adopt #3' },
  roles: rolesFor('adoptScheme') as Role[],
  answers: 'private',
  atLeastOne: ['proposal', 'text'],
  input: z.object({
    proposal: recordNo.optional().meta({ word: 1, keys: ['提议'], label: { zh: '提议编号', en: 'proposal' } }),
    from: monthOfStart(),
    text: freeText(64)
      .optional()
      .meta({ label: { zh: '方案文件', en: 'text' }, hidden: true }),
  }),

  intro: (known) =>
    known.text === undefined
      ? undefined
      : say(
          '写明从哪个月起采用；提议后要另一个人批准才生效。提议编号留空。',
          'Say from which month on; it counts once a second person has signed. Leave the proposal empty.',
        ),

  async run(ctx, { proposal, from, text }) {
    demandAct(ctx, 'adoptScheme');
    if (proposal !== undefined) return sign(ctx, proposal);
    return propose(ctx, text!, from ?? ctx.today.slice(0, 7));
  },
});

function monthOfStart() {
  return monthField
    .optional()
    .meta({ keys: ['起', '月份'], label: { zh: '从哪个月起', en: 'from' }, placeholder: say('2026-12', '2026-12') });
}

async function demandUsable(ctx: CommandContext, hash: string, from: string) {
  const { scheme } = await demandText(ctx, hash);
  if (lintScheme(scheme).some(({ level }) => level === 'error'))
    throw new UserError(
      'scheme.errors',
      say('这份方案有错误，不能采用。', 'The scheme has errors and cannot be adopted.'),
      say(
        '看看错在哪里：/方案 检查；改好文件后重新发给机器人。',
        'See which: /scheme check; correct the file and send it again.',
      ),
    );
  if (!versionFor(scheme, from))
    throw new UserError(
      'scheme.no-version',
      say(`方案文件里没有 ${from} 起有效的版本。`, `The file has no version that is in force in ${from}.`),
      say(
        '在文件里改版本的起始月份，或换一个月份采用。',
        'Change the month in the file, or adopt it from another one.',
      ),
    );
  await demandOpenMonth(ctx.tx, from);
  const later = await lockedAfter(ctx.tx, from);
  if (later)
    throw new UserError(
      'month.locked',
      say(
        `${later} 已经锁定，不能从更早的 ${from} 起换方案。`,
        `${later} is locked; a scheme cannot begin with the earlier ${from}.`,
      ),
      say('请从下一个未锁定的月份起。', 'Let it begin with the next open month.'),
    );
  return scheme;
}

async function propose(ctx: CommandContext, hash: string, from: string): Promise<Reply> {
  const scheme = await demandUsable(ctx, hash, from);
  const id = await addProposal(ctx.tx, {
    scheme: scheme.scheme,
    hash,
    fromMonth: from,
    ...saidIn(ctx),
  });
  await ctx.record({ subject: `scheme:${scheme.scheme}`, after: { proposal: id, hash, from } });
  const others = [
    ...(await peopleWithRole(ctx.tx, 'general_manager')),
    ...(await peopleWithRole(ctx.tx, 'finance')),
  ].filter(
    (person, at, all) => person.id !== ctx.actor.id && all.findIndex(({ id: other }) => other === person.id) === at,
  );
  const also = others.map(
    (person): Told => ({
      to: { person: person.openId },
      content: {
        type: 'card',
        card: noticeCard(
          say(
            `${ctx.actor.name} 提议从 ${from} 起采用工资方案 ${scheme.scheme}（#${id}），等第二个人批准。`,
            `${ctx.actor.name} proposes scheme ${scheme.scheme} from ${from} on (#${id}); a second person has to sign.`,
          ),
          'info',
          [
            { label: say('批准', 'Sign'), action: { command: 'scheme adopt', args: { proposal: `${id}` } } },
            { label: say('看方案', 'See'), action: { command: 'scheme list', args: {} } },
          ],
        ),
      },
      key: `scheme-proposal:${id}:${person.id}`,
    }),
  );
  const news = say(`已提议 #${id}，等另一个人批准`, `Proposed as #${id}; another person has to sign`);
  return { card: await cardOfSchemes(ctx, from, news), toast: { tone: 'success', text: news }, also };
}

async function sign(ctx: CommandContext, id: number): Promise<Reply> {
  const proposal = await findProposal(ctx.tx, id);
  if (!proposal) throw noProposal(id);
  if (proposal.adoptedBy !== null)
    throw new UserError(
      'scheme.adopted',
      say(`#${id} 已经批准过了。`, `#${id} was signed already.`),
      say('在用的方案：/方案 列表', 'What is in force: /scheme list'),
    );
  if (proposal.by === ctx.actor.id)
    throw new UserError(
      'scheme.second-person',
      say('自己提议的方案不能自己批准。', 'Whoever proposed it cannot sign it.'),
      say(
        '请另一位有权的同事批准：财务、人事或总经理。',
        'Ask a second person who may: finance, HR or the general manager.',
      ),
    );
  await demandUsable(ctx, proposal.hash, proposal.fromMonth);
  await addAdoption(ctx.tx, { proposalId: id, by: ctx.actor.id, at: ctx.now, eventId: ctx.source.eventId });
  await ctx.record({
    subject: `scheme:${proposal.scheme}`,
    after: { adopted: id, hash: proposal.hash, from: proposal.fromMonth },
  });
  const news = say(
    `${proposal.scheme} 从 ${proposal.fromMonth} 起采用新方案`,
    `${proposal.scheme} follows the new text from ${proposal.fromMonth} on`,
  );
  return { card: await cardOfSchemes(ctx, proposal.fromMonth, news), toast: { tone: 'success', text: news } };
}
