import type { CommandContext } from '#bot/command';
import { type Element, text } from '#cards/kit';
import { Markup, md } from '#cards/markup';
import { both } from '#cards/words';
import { peopleByIds } from '#db/people';
import { countByPerson } from '#db/records';
import { say } from '#domain/text';

/** FT-R2: how many declarations a month has, by person. For those who count them, in private; everybody else sees their own number. */
export async function declarationCount(
  ctx: CommandContext,
  { month }: { month: string | undefined },
): Promise<Element[]> {
  if (month === undefined || ctx.place === 'group') return [];
  const counts = await countByPerson(ctx.tx, 'declare', month);
  const countsAll = ctx.actor.roles.some((role) => role === 'finance' || role === 'general_manager' || role === 'hr');
  const shown = countsAll ? counts : counts.filter(({ personId }) => personId === ctx.actor.id);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const people = await peopleByIds(
    ctx.tx,
    shown.map(({ personId }) => personId),
  );
  return [
    text(
      both(
        (t) =>
          new Markup(
            [
              md`**${t(say(`${month} 共 ${total} 张`, `${total} in ${month}`))}**`.source,
              ...shown
                .slice(0, 40)
                .map(({ personId, count }) => md`- ${people.get(personId)?.name ?? '—'}：${count}`.source),
            ].join('\n'),
          ),
      ),
    ),
  ];
}
