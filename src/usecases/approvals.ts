import type { CommandContext, Told } from '#bot/command';
import { approvalCard } from '#cards/approval-card';
import { askFor, decide, findApproval, generalManagers, lockApproval, openApprovals } from '#db/approvals';
import type { Db } from '#db/client';
import { managersAbove, peopleByIds, personById } from '#db/people';
import { type Approval, type ApprovalCode, approvalKinds, approverOf, type Question } from '#domain/approval';
import type { IsoDate } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { whoIsAway } from './away.ts';

/** The one way up the line: ask, answer, hear. Used by new moulds, sample fees, overruled gates, and whatever comes later. */

export interface Asking {
  kind: ApprovalCode;
  subject: string;
  orderId: number | null;
  /** Whose manager is asked, where a manager decides. */
  responsibleId: number;
  question: Question;
}

/** Those who should answer, first choice first. */
async function lineOf(tx: Db, kind: ApprovalCode, responsibleId: number): Promise<Person[]> {
  if (approvalKinds[kind].by === 'general-manager') return generalManagers(tx);
  const [manager] = await managersAbove(tx, responsibleId);
  const found = manager === undefined ? undefined : await personById(tx, manager);
  return found ? [found] : [];
}

/** The people of a line with their deputies and everybody above, by id. */
async function around(tx: Db, line: readonly Person[]): Promise<Map<number, Person>> {
  const ids = line.flatMap(({ id, deputyId }) => (deputyId === null ? [id] : [id, deputyId]));
  const above = line[0] ? await managersAbove(tx, line[0].id) : [];
  return peopleByIds(tx, [...ids, ...above]);
}

/**
 * Asks, in private, whoever has to agree. Somebody who could agree to it themselves does so by asking; that is recorded as well.
 *
 * @throws UserError when there is nobody to ask
 */
export async function askApproval(ctx: CommandContext, asking: Asking): Promise<{ approval: Approval; told: Told[] }> {
  const { tx, actor } = ctx;
  const line = await lineOf(tx, asking.kind, asking.responsibleId);
  const isAway = await whoIsAway(tx, ctx.today);
  const isAbove =
    approvalKinds[asking.kind].by === 'manager' && (await managersAbove(tx, asking.responsibleId)).includes(actor.id);
  const isOwn = isAbove || line.some(({ id }) => id === actor.id) || actor.roles.includes('general_manager');
  const approver = isOwn
    ? actor
    : approverOf(line, await around(tx, line), (person) => person.id === actor.id || isAway(person));
  if (!approver) {
    const general = approvalKinds[asking.kind].by === 'general-manager';
    throw new UserError(
      'approval.nobody',
      general
        ? say('花名册里没有能审批的总经理。', 'There is no general manager on the roster who could approve this.')
        : say('没有找到能审批的上级。', 'There is no manager who could approve this.'),
      say(
        '请管理员用 /人员 设置 登记角色、上级和代理人。',
        'Ask an administrator to set roles, managers and deputies with /people set.',
      ),
    );
  }
  const id = await askFor(tx, {
    kind: asking.kind,
    subject: asking.subject,
    orderId: asking.orderId,
    question: asking.question,
    askedBy: actor.id,
    askedOf: approver.id,
    askedAt: ctx.now,
    eventId: ctx.source.eventId,
    messageId: ctx.source.messageId ?? null,
  });
  await ctx.record({ subject: `approval:${id}`, after: { ...asking, askedOf: approver.id } });
  if (isOwn)
    await decide(tx, {
      approvalId: id,
      approved: true,
      reason: '',
      by: actor.id,
      at: ctx.now,
      eventId: ctx.source.eventId,
    });
  const approval = (await findApproval(tx, id))!;
  if (isOwn) return { approval, told: [] };
  return { approval, told: [await toldTo(tx, approver, approval, `approval:${id}`)] };
}

/** The card of a question for somebody, in private. */
export async function toldTo(tx: Db, to: Person, approval: Approval, key: string): Promise<Told> {
  return {
    to: { person: to.openId },
    content: { type: 'card', card: await cardOfApproval(tx, approval), subject: `approval:${approval.id}` },
    key,
  };
}

export async function cardOfApproval(tx: Db, approval: Approval) {
  const people = await peopleByIds(tx, [
    approval.askedBy,
    approval.askedOf,
    ...(approval.decision ? [approval.decision.by] : []),
  ]);
  return approvalCard({ approval, names: new Map([...people].map(([id, { name }]) => [id, name])) });
}

/** After a working day without an answer the one who stands in is asked as well. */
export async function standInFor(tx: Db, approval: Approval, today: IsoDate): Promise<Person | undefined> {
  const asked = await personById(tx, approval.askedOf);
  if (!asked) return undefined;
  const isAway = await whoIsAway(tx, today);
  return approverOf(
    [asked],
    await around(tx, [asked]),
    (person) => person.id === asked.id || person.id === approval.askedBy || isAway(person),
  );
}

/** How long a question waits before the one who stands in may answer it. */
export const PASSED_ON_AFTER_MS = 24 * 3_600_000;

async function mayDecide(ctx: CommandContext, approval: Approval): Promise<boolean> {
  const { tx, actor, now } = ctx;
  if (actor.id === approval.askedOf) return true;
  if (actor.roles.includes('general_manager')) return true;
  const asked = await personById(tx, approval.askedOf);
  const isAway = await whoIsAway(tx, ctx.today);
  const isLate = now.getTime() - approval.askedAt.getTime() >= PASSED_ON_AFTER_MS;
  return (
    (isLate || (asked !== undefined && isAway(asked))) && (await standInFor(tx, approval, ctx.today))?.id === actor.id
  );
}

/**
 * Answers a question, once; who asked is told.
 *
 * @throws UserError to whoever is not asked, alike whether it exists; and when it was answered already
 */
export async function decideApproval(
  ctx: CommandContext,
  id: number,
  { approved, reason }: { approved: boolean; reason: string },
): Promise<{ approval: Approval; told: Told[] }> {
  const { tx, actor } = ctx;
  await lockApproval(tx, id);
  const before = await findApproval(tx, id);
  if (!before || !(await mayDecide(ctx, before))) throw notYours(id);
  if (before.decision) {
    const by = await personById(tx, before.decision.by);
    throw new UserError(
      'approval.decided',
      say(
        `这个审批 ${by?.name ?? ''} 已经${before.decision.approved ? '同意' : '拒绝'}了。`,
        `This was already ${before.decision.approved ? 'approved' : 'refused'} by ${by?.name ?? ''}.`,
      ),
      say('情况变了的话，请申请人重新提出。', 'If things have changed, whoever asked may ask again.'),
    );
  }
  if (!approved && reason === '')
    throw new UserError(
      'approval.no-reason',
      say('拒绝要写原因。', 'A refusal needs its reason.'),
      say('例如：原因=“先用现有模”', 'For example reason="use the existing mould"'),
    );
  await decide(tx, { approvalId: id, approved, reason, by: actor.id, at: ctx.now, eventId: ctx.source.eventId });
  await ctx.record({ subject: `approval:${id}`, before: { decided: false }, after: { approved, reason } });
  const approval = (await findApproval(tx, id))!;
  const asker = await personById(tx, approval.askedBy);
  return {
    approval,
    told: asker && asker.id !== actor.id ? [await toldTo(tx, asker, approval, `approval:${id}:answer`)] : [],
  };
}

/** @throws UserError to whoever neither asked nor is asked, alike whether it exists */
export async function demandApproval(ctx: CommandContext, id: number): Promise<Approval> {
  const approval = await findApproval(ctx.tx, id);
  if (approval && (approval.askedBy === ctx.actor.id || (await mayDecide(ctx, approval)))) return approval;
  throw notYours(id);
}

/** What waits for this person's answer, oldest first. */
export async function waitingFor(ctx: CommandContext): Promise<Approval[]> {
  const waiting: Approval[] = [];
  for (const approval of await openApprovals(ctx.tx)) if (await mayDecide(ctx, approval)) waiting.push(approval);
  return waiting.slice(0, 10);
}

const notYours = (id: number): UserError =>
  new UserError(
    'approval.not-yours',
    say(`没有等你答复的审批 ${id}。`, `No approval ${id} is waiting for you.`),
    say('等你答复的审批：/审批 列表', 'What waits for you: /approval list'),
  );
