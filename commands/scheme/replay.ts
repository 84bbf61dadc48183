import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { recordNo } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { schemeReplayCard } from '#cards/scheme-cards';
import { demandAct } from '#commands/pay/access';
import { findProposal } from '#db/pay-schemes';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { replayDraft } from '#usecases/scheme-replay';
import { demandText, noProposal } from './find.ts';

const MONTHS = 3;

/** `/scheme replay <proposal>`: a draft over the newest locked months: who gains, who loses, the total. */
export const replayScheme = defineCommand({
  name: 'scheme replay',
  aliases: ['方案 试算', '方案 回放'],
  summary: { zh: '用过去的月份试算一份新方案：谁多谁少、合计', en: 'a draft over past months: who gains, who loses' },
  example: { zh: '/方案 试算 #3', en: '/scheme replay #3' },
  roles: rolesFor('replayScheme') as Role[],
  answers: 'private',
  atLeastOne: ['proposal', 'text'],
  reads: true,
  input: z.object({
    proposal: recordNo.optional().meta({ word: 1, keys: ['提议'], label: { zh: '提议编号', en: 'proposal' } }),
    text: freeText(64)
      .optional()
      .meta({ label: { zh: '方案文件', en: 'text' }, hidden: true }),
  }),

  async run(ctx, { proposal: id, text }) {
    demandAct(ctx, 'replayScheme');
    const proposal = id === undefined ? undefined : await findProposal(ctx.tx, id);
    const hash = proposal?.hash ?? text;
    if (hash === undefined) throw noProposal(id);
    const { scheme } = await demandText(ctx, hash);
    const found = await replayDraft(ctx.tx, scheme, ctx.today.slice(0, 7), MONTHS);
    return { card: schemeReplayCard({ scheme: scheme.scheme, ...found }) };
  },
});
