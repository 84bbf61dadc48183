import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { schemeShowCard } from '#cards/scheme-cards';
import { UserError } from '#domain/errors';
import { describeRules, settingsFor, versionFor } from '#domain/pay/scheme';
import { describeSettings } from '#domain/pay/settings';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandScheme } from './find.ts';

/** `/scheme show <scheme> [month]`: each rule in words, beside the document's own. */
export const showScheme = defineCommand({
  name: 'scheme show',
  aliases: ['方案 查看'],
  summary: { zh: '看一个方案的规则和原文', en: 'the rules of a scheme with the document’s words' },
  example: { zh: '/方案 查看 lb', en: '/scheme show lb' },
  roles: rolesFor('readScheme') as Role[],
  answers: 'private',
  reads: true,
  input: z.object({
    scheme: freeText(60).meta({
      word: 1,
      label: { zh: '方案', en: 'scheme' },
      placeholder: say('jw、lb、ft、kpi', 'jw, lb, ft, kpi'),
    }),
    month: monthField.optional().meta({ keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { scheme: word, month = ctx.today.slice(0, 7) }) {
    const { scheme } = await demandScheme(ctx, word, month);
    const version = versionFor(scheme, month);
    if (!version)
      throw new UserError(
        'scheme.no-version',
        say(`方案 ${scheme.scheme} 在 ${month} 还没有版本。`, `Scheme ${scheme.scheme} has no version in ${month}.`),
        say('换一个月份，或看有哪些方案：/方案 列表', 'Try another month, or see the schemes: /scheme list'),
      );
    const settings = settingsFor(version);
    return {
      card: schemeShowCard({
        scheme: scheme.scheme,
        name: scheme.name,
        version: version.from,
        source: scheme.source,
        rules: describeRules(version, settings).map(({ rule, sentence }) => ({
          clause: rule.clause,
          label: rule.label,
          sentence,
          quote: rule.text,
        })),
        settings: describeSettings(settings),
      }),
    };
  },
});
