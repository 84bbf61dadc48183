import { z } from 'zod';
import type { CommandContext } from '#bot/command';
import { freeText, Problem } from '#bot/fields';
import { MOST_CRITERIA } from '#domain/appraisal/criteria';
import { readPoints, readScores, type Scores, type Typed } from '#domain/appraisal/score';
import { UserError } from '#domain/errors';
import { join, say } from '#domain/text';
import { evidenceOf } from '#usecases/appraisal-cards';
import { type LoadedSheet, monthEvidence } from '#usecases/appraisal-sheets';

/** Fields of the scoring form: `s1` … `s10` the scores, `r1` … `r10` the reasons. Forms and drafts use them; typed lines use `scores`. */
const numbers = Array.from({ length: MOST_CRITERIA }, (_, at) => at + 1);
const hidden = (max: number, name: string) =>
  freeText(max)
    .optional()
    .meta({ label: { zh: name, en: name }, hidden: true });
export const formFields = Object.fromEntries(
  numbers.flatMap((no) => [
    [`s${no}`, hidden(20, `s${no}`)],
    [`r${no}`, hidden(600, `r${no}`)],
  ]),
);

/** All scores in the template's order: `88/90.5/95`; `-` leaves one to the records. */
export const scoreList = z.array(z.string()).meta({
  field: {
    kind: 'scores',
    asks: 'line',
    maxLength: 80,
    read(raw) {
      const parts = raw
        .normalize('NFKC')
        .split(/[/,;、\s]+/)
        .filter(Boolean);
      const wrong = parts.find((part) => part !== '-' && readPoints(part) === undefined);
      return wrong === undefined && parts.length > 0
        ? parts.map((part) => (part === '-' ? '' : part))
        : new Problem(
            say(
              `「${(wrong ?? raw).slice(0, 20)}」不是分数。按考核项的顺序写，例如 88/90.5/95`,
              `“${(wrong ?? raw).slice(0, 20)}” is no score. Write them in the order of the criteria, like 88/90.5/95`,
            ),
          );
    },
    looksLike: (raw) => /^(-|\d{1,3}(\.\d)?)(\/(-|\d{1,3}(\.\d)?))+$/.test(raw),
  },
});

export type TypedFields = Record<string, unknown>;

/** What a form held, as texts; for a draft and to fill it again. */
export const valuesOf = (args: TypedFields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) =>
      /^[sr]\d{1,2}$|^words$/.test(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/**
 * The scores that were handed in, by form or by line.
 *
 * @throws UserError naming everything that is missing
 */
export async function demandScores(ctx: CommandContext, loaded: LoadedSheet, args: TypedFields): Promise<Scores> {
  const { criteria } = loaded.sheet;
  const list = args.scores as string[] | undefined;
  if (list && list.length !== criteria.length)
    throw new UserError(
      'appraisal.count',
      say(
        `有 ${criteria.length} 项（${criteria.map(({ label }) => label.zh).join('、')}），你写了 ${list.length} 个分数。`,
        `There are ${criteria.length} criteria (${criteria.map(({ label }) => label.en).join(', ')}); you gave ${list.length} scores.`,
      ),
      say(
        '按考核项的顺序写，用 / 分开，例如 88/90.5/95；由记录决定的写 -',
        'Write them in the order of the criteria, like 88/90.5/95; - leaves one to the records.',
      ),
    );
  const values = valuesOf(args);
  const typed = new Map(
    criteria.map(({ clause }, at): [string, Typed] => [
      clause,
      list
        ? { score: list[at], reason: args.reason as string | undefined }
        : { score: values[`s${at + 1}`], reason: values[`r${at + 1}`] },
    ]),
  );
  const evidence = await monthEvidence(ctx.tx, loaded.person.id, loaded.sheet.month, ctx.zone);
  const read = readScores(criteria, typed, evidenceOf(loaded, evidence));
  if ('scores' in read) return read.scores;
  throw new UserError(
    'appraisal.scores',
    join(read.problems, ' '),
    say('补上再提交；没写完可以先存草稿。', 'Add it and hand in again; a draft can be saved meanwhile.'),
  );
}
