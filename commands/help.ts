import { z } from 'zod';
import { type Command, defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { mayRun } from '#bot/rights';
import { helpCard } from '#cards/help-card';

/** `/help [words]`: what this person can ask for, made from the declarations. */
export const help = defineCommand({
  name: 'help',
  aliases: ['帮助', '?', '？', '菜单'],
  summary: { zh: '我能做什么', en: 'what I can do' },
  example: { zh: '/帮助 订单', en: '/help order' },
  roles: 'anybody',
  answers: 'anywhere',
  reads: true,
  input: z.object({
    about: freeText(60)
      .optional()
      .meta({ word: 'rest', keys: ['关于'], label: { zh: '关于', en: 'about' } }),
  }),

  async run(ctx, { about }) {
    const may = ctx.commands.filter((command) => mayRun(command, ctx.actor));
    const wanted = about?.toLowerCase();
    const matching = wanted
      ? may.filter((command) => names(command).some((name) => name.includes(wanted) || wanted.startsWith(name)))
      : may;
    const shown = matching.length > 0 ? matching : may;
    return {
      card: helpCard(
        shown.map(({ name, aliases, summary, example }) => ({ name, alias: aliases[0] ?? name, summary, example })),
        { detailed: shown.length < may.length },
      ),
    };
  },
});

const names = ({ name, aliases }: Command): string[] =>
  [name, ...aliases].flatMap((full) => [full, ...full.split(' ')]).map((word) => word.toLowerCase());
