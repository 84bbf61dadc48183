import type { CommandContext } from '#bot/command';
import type { Card } from '#cards/kit';
import { onePerson } from '#commands/people/lookup';
import { appendStep, findSheet, lockSheet, type NewStep, type SheetWithSteps } from '#db/appraisals';
import { noticesOf } from '#db/calendar';
import { demandOpenMonth } from '#db/locked-months';
import { managersAbove } from '#db/people';
import { type Act, refusal } from '#domain/appraisal/sheet';
import { type Month, monthOf, previousMonth } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { type Day, resultCardFor } from '#usecases/appraisal-cards';
import { canScore, type LoadedSheet, loadSheets } from '#usecases/appraisal-sheets';

/** The appraised month when nobody says another: the last one that is over. */
export const usualMonth = (ctx: CommandContext): Month => previousMonth(monthOf(ctx.today));

export const dayOf = async (ctx: CommandContext): Promise<Day> => ({
  today: ctx.today,
  zone: ctx.zone,
  notices: await noticesOf(ctx.tx),
});

/** Unknown and forbidden are answered alike, so that the answer tells nothing. */
export const unknownSheet = (month: Month): UserError =>
  new UserError(
    'appraisal.not-found',
    say(`没有你能看的 ${month} 考核。`, `There is no appraisal of ${month} that you may see.`),
    say('你的考核：/考核 结果；你要打分的人：/考核', 'Yours: /appraise results; those you score: /appraise'),
  );

async function load(
  ctx: CommandContext,
  found: SheetWithSteps | undefined,
  day: Day,
  month: Month,
): Promise<LoadedSheet> {
  const [loaded] = found ? await loadSheets(ctx.tx, [found], ctx.today, day.notices) : [];
  if (!loaded) throw unknownSheet(month);
  return loaded;
}

/** One's own sheet, held for a change. */
export async function demandOwnSheet(
  ctx: CommandContext,
  month: Month,
  act: Act,
): Promise<{ loaded: LoadedSheet; day: Day }> {
  const day = await dayOf(ctx);
  const loaded = await load(ctx, await lockSheet(ctx.tx, ctx.actor.id, month), day, month);
  demandStep(loaded, act);
  await demandOpenMonth(ctx.tx, month);
  return { loaded, day };
}

/** The sheet of somebody whom one scores, held for a change. */
export async function demandSheetToScore(
  ctx: CommandContext,
  word: string,
  month: Month,
  act: Act,
): Promise<{ loaded: LoadedSheet; day: Day }> {
  const person = await onePerson(ctx.tx, word);
  if (person.id === ctx.actor.id)
    throw new UserError(
      'appraisal.own',
      say('不能给自己打分。', 'Nobody scores themselves.'),
      say('你的考核由你的上级打分。', 'Your manager scores you.'),
    );
  const day = await dayOf(ctx);
  const loaded = await load(ctx, await lockSheet(ctx.tx, person.id, month), day, month);
  if (!canScore(ctx.actor, loaded)) {
    if (!(await maySee(ctx, loaded))) throw unknownSheet(month);
    throw new UserError(
      'denied.score',
      say(
        `${person.name} ${month} 现在由 ${loaded.steward.name} 打分。`,
        `${person.name} is scored by ${loaded.steward.name} in ${month}.`,
      ),
      say('经理外出时可以登记代理人：/考核 外出', 'A manager who is away can name a deputy: /appraise away'),
    );
  }
  demandStep(loaded, act);
  await demandOpenMonth(ctx.tx, month);
  return { loaded, day };
}

function demandStep({ state }: LoadedSheet, act: Act): void {
  const why = refusal(state, act);
  if (why !== undefined)
    throw new UserError('appraisal.state', why, say('最新情况：/考核 结果', 'Where it stands: /appraise results'));
}

/** Results are seen by their owner, whoever scores, those above, HR and finance. */
export async function maySee(ctx: CommandContext, loaded: LoadedSheet): Promise<boolean> {
  const { actor } = ctx;
  if (actor.id === loaded.person.id || canScore(actor, loaded)) return true;
  if (actor.roles.some((role) => role === 'hr' || role === 'finance')) return true;
  return (await managersAbove(ctx.tx, loaded.person.id)).includes(actor.id);
}

/** The sheet of a person for reading. */
export async function demandSheetToSee(
  ctx: CommandContext,
  person: Person,
  month: Month,
): Promise<{ loaded: LoadedSheet; day: Day }> {
  const day = await dayOf(ctx);
  const loaded = await load(ctx, await findSheet(ctx.tx, person.id, month), day, month);
  if (!(await maySee(ctx, loaded))) throw unknownSheet(month);
  return { loaded, day };
}

/** Appends a step and writes the audit row; the scores themselves stay in the step. */
export async function step(
  ctx: CommandContext,
  { sheet, state }: LoadedSheet,
  { kind, data, words }: Pick<NewStep, 'kind' | 'data' | 'words'>,
): Promise<void> {
  const seq = await appendStep(ctx.tx, {
    sheetId: sheet.id,
    kind,
    data,
    ...(words !== undefined && { words }),
    by: ctx.actor.id,
    day: ctx.today,
    at: ctx.now,
    eventId: ctx.source.eventId,
    messageId: ctx.source.messageId ?? null,
  });
  await ctx.record({
    subject: `appraisal:${sheet.id}`,
    before: { phase: state.phase },
    after: { step: seq, kind, ...(data !== undefined && { data }), ...(words && { words }) },
  });
}

/** The sheet as it is after a step, and its card for a reader. */
export async function again(ctx: CommandContext, { sheet }: LoadedSheet, day: Day): Promise<LoadedSheet> {
  const [loaded] = await loadSheets(
    ctx.tx,
    [(await findSheet(ctx.tx, sheet.personId, sheet.month))!],
    ctx.today,
    day.notices,
  );
  return loaded!;
}

export const cardFor = (
  ctx: CommandContext,
  loaded: LoadedSheet,
  reader: Person,
  day: Day,
  news?: Text,
): Promise<Card> => resultCardFor(ctx.tx, loaded, reader, day, news);

export const subjectOf = ({ sheet }: LoadedSheet): string => `appraisal:${sheet.id}`;
