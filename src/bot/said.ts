import type { CommandContext } from './command.ts';

type Speaking = Pick<CommandContext, 'actor' | 'saidAt' | 'now' | 'source'>;

/** Who said it, when, through which event: the columns `said()` of what a command records. */
export const saidBy = ({ actor, saidAt, now, source }: Speaking) => ({
  by: actor.id,
  saidAt,
  recordedAt: now,
  eventId: source.eventId,
  messageId: source.messageId ?? null,
  commandIndex: source.commandIndex,
});

/** And in which chat: for what is later explained by a link to the message. */
export const saidIn = (ctx: Speaking) => ({ ...saidBy(ctx), chatId: ctx.source.chatId ?? null });
