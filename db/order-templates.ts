import { asc, eq } from 'drizzle-orm';
import { UserError } from '#domain/errors';
import { type StageTemplate, type TemplateStep, templates } from '#domain/order/stages';
import { say } from '#domain/text';
import type { Db } from './client.ts';
import { stageTemplates } from './tables/orders.ts';

/** The four that come along and the company's own; an own one of the same code takes the other's place. */
export async function allTemplates(db: Db): Promise<(StageTemplate & { own: boolean })[]> {
  const rows = await db.select().from(stageTemplates).orderBy(asc(stageTemplates.code));
  const own = rows.map(({ code, label, steps }) => ({
    code,
    label: templates.find((template) => template.code === code)?.label ?? { zh: label, en: label },
    steps: steps as TemplateStep[],
    own: true,
  }));
  return [
    ...templates.flatMap((template) =>
      own.some(({ code }) => code === template.code) ? [] : [{ ...template, own: false }],
    ),
    ...own,
  ];
}

/** The template that a word names: its code or its label. */
export async function findTemplateNamed(db: Db, word: string): Promise<StageTemplate | undefined> {
  const wanted = word.normalize('NFKC').trim().toLowerCase();
  return (await allTemplates(db)).find(
    ({ code, label }) =>
      code.toLowerCase() === wanted || label.zh.toLowerCase() === wanted || label.en.toLowerCase() === wanted,
  );
}

/** @throws UserError naming those that there are */
export async function demandTemplate(db: Db, word: string): Promise<StageTemplate> {
  const found = await findTemplateNamed(db, word);
  if (found) return found;
  const all = await allTemplates(db);
  throw new UserError(
    'template.not-found',
    say(`没有「${word}」这个类别（工序模板）。`, `There is no class (stage template) “${word}”.`),
    say(
      `可以写：${all.map(({ label }) => label.zh).join('、')}；新模板请管理员 /模板 设置。`,
      `Known: ${all.map(({ code }) => code).join(', ')}; an administrator adds one with /template set.`,
    ),
  );
}

export async function putTemplate(
  db: Db,
  { code, label, steps }: { code: string; label: string; steps: TemplateStep[] },
  by: number,
  now: Date,
): Promise<void> {
  const row = { label, steps, updatedBy: by, updatedAt: now };
  await db
    .insert(stageTemplates)
    .values({ code, ...row })
    .onConflictDoUpdate({ target: stageTemplates.code, set: row });
}

export async function dropTemplate(db: Db, code: string): Promise<void> {
  await db.delete(stageTemplates).where(eq(stageTemplates.code, code));
}
