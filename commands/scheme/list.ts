import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import type { Card } from '#cards/kit';
import { schemeListCard } from '#cards/scheme-cards';
import { adoptedTexts, headcounts, proposals } from '#db/pay-schemes';
import { peopleByIds } from '#db/people';
import { versionFor } from '#domain/pay/scheme';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import type { Text } from '#domain/text';
import { schemesIn } from '#usecases/schemes';

/** `/scheme list [month]`: the schemes in force and what is proposed. */
export const listSchemes = defineCommand({
  name: 'scheme list',
  aliases: ['方案 列表', '方案 清单'],
  summary: { zh: '现行的工资方案和待批准的提议', en: 'pay schemes in force, and proposals' },
  example: { zh: '/方案 列表', en: '/scheme list' },
  roles: rolesFor('readScheme') as Role[],
  answers: 'private',
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),
  run: async (ctx, { month = ctx.today.slice(0, 7) }) => ({ card: await cardOfSchemes(ctx, month) }),
});

export async function cardOfSchemes(ctx: CommandContext, month: string, news?: Text): Promise<Card> {
  const adopted = new Set((await adoptedTexts(ctx.tx, month)).map(({ scheme }) => scheme));
  const people = await headcounts(ctx.tx, month);
  const all = await proposals(ctx.tx);
  const names = await peopleByIds(
    ctx.tx,
    all.flatMap(({ by, adoptedBy }) => [by, ...(adoptedBy === null ? [] : [adoptedBy])]),
  );
  return schemeListCard({
    month,
    schemes: [...(await schemesIn(ctx.tx, month)).values()].map(({ scheme }) => ({
      scheme: scheme.scheme,
      name: scheme.name,
      version: versionFor(scheme, month)?.from ?? '—',
      adopted: adopted.has(scheme.scheme),
      people: people.get(scheme.scheme) ?? 0,
    })),
    proposals: all.map(({ id, scheme, fromMonth, by, adoptedBy }) => ({
      id,
      scheme,
      fromMonth,
      by: names.get(by)?.name ?? '',
      adoptedBy: adoptedBy === null ? undefined : (names.get(adoptedBy)?.name ?? ''),
    })),
    ...(news !== undefined && { news }),
  });
}
