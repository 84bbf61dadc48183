import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { join, type Locale, say } from '#domain/text';
import type { Attachment, Command, CommandContext, Reply, Source, Via } from './command.ts';
import { type Destination, sendCard, sendFile, tell } from './deliver.ts';
import type { Registry } from './registry.ts';
import { demandRight } from './rights.ts';
import { seekLater } from './seek.ts';

/** One intent: who wants what, said where, how and when. */
export interface Intent {
  actor: Person;
  via: Via;
  place: 'group' | 'private' | 'console';
  saidAt: Date;
  source: Omit<Source, 'commandIndex'>;
  attachments?: Attachment[];
  file?: { name: string; bytes: Uint8Array };
  /** What the only command's `ahead` has read in this transaction. */
  ahead?: unknown;
}

export interface Surroundings {
  registry: Registry;
  now(): Date;
  zone: string;
  locale: Locale;
}

export interface Step {
  command: Command;
  args: Record<string, unknown>;
}

/** Asks what a message's only command would ask first, without waiting for it; undefined when it asks nothing. */
export function askAhead(tx: Db, read: { steps: Step[] } | { form: Step }): Promise<unknown> | undefined {
  const [step, more] = 'steps' in read ? read.steps : [];
  if (!step?.command.ahead || more) return undefined;
  return step.command.ahead(tx, step.command.input.parse(step.args));
}

/**
 * Runs commands one after the other in the open transaction, each through the gate. A refusal says which one it was.
 *
 * @param under takes audit rows and other writes under way: nothing waits for them but the commit, so they travel together with what
 *   follows. Hand them to `onTheirWay` before the transaction ends and await them all after it.
 */
export async function runSteps(
  tx: Db,
  { registry, now, zone, locale }: Surroundings,
  intent: Intent,
  steps: Step[],
  under: Promise<unknown>[] = [],
): Promise<Reply[]> {
  const replies: Reply[] = [];
  const later = (written: Promise<unknown>) => {
    // a refusal later on undoes it all, and then nobody else looks at this
    written.catch(() => undefined);
    under.push(written);
  };
  for (const [index, { command, args }] of steps.entries()) {
    try {
      demandRight(command, intent.actor);
      const source = { ...intent.source, commandIndex: index };
      const ctx: CommandContext = {
        tx,
        actor: intent.actor,
        via: intent.via,
        place: intent.place,
        saidAt: intent.saidAt,
        now: now(),
        today: businessDay(intent.saidAt, zone),
        zone,
        locale,
        source,
        attachments: intent.attachments ?? [],
        commands: registry.all,
        async record(entry) {
          later(
            recordAudit(tx, {
              at: now(),
              actor: intent.actor.openId,
              via: intent.via,
              command: command.name,
              outcome: 'done',
              eventId: source.eventId,
              messageId: source.messageId,
              ...entry,
            }),
          );
        },
        later,
        ...(intent.file && { file: intent.file }),
        ...(intent.ahead !== undefined && { ahead: intent.ahead }),
      };
      replies.push(await command.run(ctx, command.input.parse(args)));
    } catch (error) {
      if (!(error instanceof UserError) || steps.length === 1) throw error;
      throw new UserError(
        error.code,
        join([
          say(
            `第 ${index + 1} 条（/${command.aliases[0] ?? command.name}）：`,
            `Command ${index + 1} (/${command.name}): `,
          ),
          error.problem,
        ]),
        join([say(`${steps.length} 条都没有登记。`, `None of the ${steps.length} was recorded. `), error.hint ?? '']),
      );
    }
  }
  return replies;
}

/**
 * Sends the answers of typed commands. Answers that are private go to the person; a group then only hears that they did, alike for all.
 * Of several answers about one subject only the last is sent: it shows everything.
 *
 * @param under as of `runSteps`
 */
export async function sendReplies(
  tx: Db,
  steps: Step[],
  replies: Reply[],
  { here, privately, intent }: { here: Destination; privately: Destination; intent: Pick<Intent, 'actor' | 'saidAt'> },
  now: Date,
  under: Promise<unknown>[] = [],
): Promise<void> {
  const last = new Map(replies.flatMap(({ subject }, i) => (subject ? [[subject, i] as const] : [])));
  let toldPrivately = false;
  for (const [i, reply] of replies.entries()) {
    const isPrivate = steps[i]!.command.answers === 'private' && 'chat' in here.to;
    const destination = isPrivate ? privately : here;
    toldPrivately ||= isPrivate;
    const card: Card | undefined = reply.card ?? (reply.toast && noticeCard(reply.toast.text, reply.toast.tone));
    if (card && (!reply.subject || last.get(reply.subject) === i)) {
      const key = await sendCard(tx, destination, card, { now, subject: reply.subject, under });
      await seekLater(tx, reply, steps[i]!, intent, { key, rev: 0 }, now);
    }
    // what waits for an answer of its own must not hear of a fault before it instead
    if (reply.file || reply.also) await Promise.all(under);
    if (reply.file) await sendFile(tx, destination, reply.file, now);
    for (const told of reply.also ?? []) await tell(tx, told, now);
  }
  if (toldPrivately) await sendCard(tx, here, toldPrivatelyCard(), { now, under });
}

/** The same words for everybody and everything, so that a group learns nothing from them. */
export const toldPrivatelyCard = (): Card => noticeCard(say('已私信你', 'Sent to you privately'), 'info');
