import type { CommandContext } from '#bot/command';
import { onePerson } from '#commands/people/lookup';
import { notePayAsk } from '#db/payslips';
import { managersAbove, peopleNamed } from '#db/people';
import { setting } from '#db/settings';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { mayPay, type PayAct, payAccess, type Relation } from '#domain/people/access';
import { type Person, type Role, roleLabel } from '#domain/people/person';
import { join, say } from '#domain/text';

/** Setting: whether those above a person may see that person's pay (G3). Off until the company says so. */
export const LINE_SEES_PAY = 'pay.lineSeesPay';
/** How often one person may ask about pay. */
const ASKS_A_MINUTE = 20;

/** @throws UserError naming the roles that may */
export function demandAct(ctx: CommandContext, act: PayAct): void {
  if (mayPay(act, ctx.actor)) return;
  const who = (payAccess[act] as readonly Relation[]).filter(
    (each): each is Role => each !== 'self' && each !== 'line',
  );
  throw new UserError(
    'denied.pay',
    say('这一步你还不能做。', 'You may not do this.'),
    join([
      say('可以做的人：', 'Who may: '),
      join(
        who.map((role) => roleLabel[role]),
        say('、', ', '),
      ),
    ]),
  );
}

/** Nobody, unknown and forbidden sound alike. */
const nothingToSee = (): UserError =>
  new UserError(
    'pay.nothing',
    say('没有你能看的这份工资。', 'There is no such pay that you may see.'),
    say('自己的工资：/工资', 'Your own pay: /pay'),
  );

/** Whose pay is asked for: one's own without a name. Unknown and forbidden are answered alike. */
export async function demandPayee(ctx: CommandContext, act: PayAct, word?: string): Promise<Person> {
  if (word === undefined) {
    if (mayPay(act, ctx.actor, { id: ctx.actor.id, above: [], lineSeesPay: false })) return ctx.actor;
    throw nothingToSee();
  }
  // whoever may see everybody is told what is wrong with a name
  if (mayPay(act, ctx.actor)) return onePerson(ctx.tx, word);
  const [person, namesake] = await peopleNamed(ctx.tx, word);
  const above = await managersAbove(ctx.tx, person?.id ?? ctx.actor.id);
  const lineSeesPay = (await setting<boolean>(ctx.tx, LINE_SEES_PAY)) === true;
  if (person && !namesake && mayPay(act, ctx.actor, { id: person.id, above, lineSeesPay })) return person;
  throw nothingToSee();
}

/** Whether the viewer is told what the law says, which is for finance and HR. */
export const seesLegal = ({ actor }: CommandContext, person: Person): boolean =>
  actor.id !== person.id && actor.roles.some((role) => role === 'finance' || role === 'hr');

/** Notes who asked for whose pay (never how much), and slows down whoever asks too often. */
export async function noteAsk(ctx: CommandContext, what: string, about: Person, month: Month): Promise<void> {
  // shown again with what was found out since: nobody has asked
  if (ctx.via === 'schedule') return;
  const since = new Date(ctx.now.getTime() - 60_000);
  const asked = await notePayAsk(
    ctx.tx,
    { by: ctx.actor.id, about: `person:${about.id}:${month}`, what, at: ctx.now },
    since,
  );
  if (asked <= ASKS_A_MINUTE) return;
  throw new UserError(
    'pay.too-often',
    say(`一分钟最多问 ${ASKS_A_MINUTE} 次工资。`, `Pay can be asked for at most ${ASKS_A_MINUTE} times a minute.`),
    say('请稍等一会儿再问。', 'Please wait a moment and ask again.'),
  );
}

/** @throws UserError for a month that has not begun */
export function demandBegun(ctx: CommandContext, month: Month): Month {
  if (month <= ctx.today.slice(0, 7)) return month;
  throw new UserError(
    'pay.future',
    say(`${month} 还没有开始。`, `${month} has not begun.`),
    say('可以问这个月或以前的月份，例如 /工资 上月。', 'Ask for this month or an earlier one, like /pay last-month.'),
  );
}
