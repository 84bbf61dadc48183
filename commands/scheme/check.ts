import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { checkCard } from '#usecases/scheme-check';
import { demandScheme } from './find.ts';

/** `/scheme check <scheme>`: gaps, overlaps, jumps, impossible deadlines, an example at both sides of each boundary. */
export const checkScheme = defineCommand({
  name: 'scheme check',
  aliases: ['方案 检查'],
  summary: { zh: '检查方案：空档、重叠、跳档、做不到的期限', en: 'what is odd about a scheme: gaps, overlaps, jumps' },
  example: { zh: '/方案 检查 jw', en: '/scheme check jw' },
  roles: rolesFor('readScheme') as Role[],
  answers: 'private',
  reads: true,
  input: z.object({ scheme: freeText(60).meta({ word: 1, label: { zh: '方案', en: 'scheme' } }) }),

  async run(ctx, { scheme: word }) {
    const month = ctx.today.slice(0, 7);
    return { card: await checkCard(ctx.tx, await demandScheme(ctx, word, month), month, false) };
  },
});
