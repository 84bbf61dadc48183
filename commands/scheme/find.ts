import type { CommandContext } from '#bot/command';
import { schemeText } from '#db/pay-schemes';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { type SchemeInForce, schemeFromText, schemesIn } from '#usecases/schemes';

/** The scheme in force that a word names. */
export async function demandScheme(ctx: CommandContext, word: string, month: Month): Promise<SchemeInForce> {
  const schemes = await schemesIn(ctx.tx, month);
  const wanted = word.normalize('NFKC').trim().toLowerCase();
  const found = schemes.get(wanted) ?? [...schemes.values()].find(({ scheme }) => scheme.name.zh === word.trim());
  if (found) return found;
  const known = [...schemes.keys()].join('、');
  throw new UserError(
    'scheme.not-found',
    say(`没有方案「${word.slice(0, 40)}」。`, `There is no scheme “${word.slice(0, 40)}”.`),
    say(`有：${known}`, `Known: ${known}`),
  );
}

/** A text that was sent earlier, by its hash. */
export async function demandText(ctx: CommandContext, hash: string): Promise<SchemeInForce> {
  const text = await schemeText(ctx.tx, hash);
  if (text !== undefined) return schemeFromText(text);
  throw new UserError(
    'scheme.no-text',
    say('找不到这份方案文件。', 'This scheme file is not known.'),
    say('请把文件再发一次。', 'Please send the file again.'),
  );
}

export const noProposal = (id: number | undefined): UserError =>
  new UserError(
    'scheme.no-proposal',
    say(`没有提议 #${id}。`, `There is no proposal #${id}.`),
    say('有哪些提议：/方案 列表', 'The proposals: /scheme list'),
  );
