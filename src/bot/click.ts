import { isDeepStrictEqual } from 'node:util';
import type { Action, Card } from '#cards/kit';
import { closedCard } from '#cards/problem-card';
import { recordAudit } from '#db/audit';
import { mayBePrivateChat } from '#db/chats';
import type { Db } from '#db/client';
import type { Recipient } from '#db/outbox';
import { adoptMessage, lockCard, replaceCard, type SentCard } from '#db/sent-cards';
import { businessDay } from '#domain/calendar/business-day';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { sendCard, sendFile, tell } from './deliver.ts';
import { openForm } from './form.ts';
import type { Answer, IncomingClick } from './incoming.ts';
import { parseNamed } from './parse.ts';
import { demandRight } from './rights.ts';
import { runSteps, type Surroundings } from './run.ts';
import { seekLater } from './seek.ts';
import { actionsOf, fieldsOf, readClick, sameAction, stampCard } from './stamp.ts';

/**
 * A click equals typing: the same commands through the same gate, with the clicker's own rights. Before that it must be a click on a card
 * that we sent, in the chat we sent it to, by a person it is for, on its newest state, asking for something that it really offers.
 * Whatever fails here is answered alike, so that it tells nothing.
 */
export async function onClick(
  tx: Db,
  surroundings: Surroundings,
  click: IncomingClick,
  actor: Person,
): Promise<Answer> {
  const { registry, now, zone } = surroundings;
  const refuse = async (reason: string): Promise<Answer> => {
    await recordAudit(tx, {
      at: now(),
      actor: actor.openId,
      via: 'click',
      command: reason,
      subject: `message:${click.messageId}`,
      outcome: 'refused',
      eventId: click.eventId,
      messageId: click.messageId,
    });
    return {
      toast: {
        tone: 'warning',
        zh: '这张卡片不能这样操作，请重新打开。',
        en: 'This card cannot be used like this; please open it again.',
      },
    };
  };

  const read = readClick(click.action);
  if (!read) return refuse('card.unknown-action');
  const sent = await lockCard(tx, read.stamp.card);
  if (!sent) return refuse('card.unknown');
  if (sent.messageId !== null && sent.messageId !== click.messageId) return refuse('card.other-message');
  if (sent.chatId !== null && sent.chatId !== click.chatId) return refuse('card.other-chat');
  if (sent.audience !== null && sent.audience !== actor.openId) return refuse('card.other-person');
  // a copy that somebody forwarded may be pressed before we know which message is the card itself
  if (sent.chatId === null && sent.audience !== null && !(await mayBePrivateChat(tx, sent.audience, click.chatId)))
    return refuse('card.other-chat');
  if (sent.messageId === null) await adoptMessage(tx, sent.key, click.messageId, click.chatId);
  if (read.stamp.rev !== sent.rev) {
    await refuse('card.stale');
    return {
      toast: {
        tone: 'info',
        zh: '这张卡片已经更新过了，请看最新内容。',
        en: 'This card has changed meanwhile; here is the newest.',
      },
      card: stamped(sent),
    };
  }
  if (!actionsOf(sent.card).some((offered) => sameAction(offered, read.action))) return refuse('card.not-offered');
  const typed = formValues(click.action.formValue ?? {});
  const asked = fieldsOf(sent.card);
  if (Object.keys(typed).some((name) => !asked.has(name))) return refuse('card.other-fields');

  const place = { tx, sent, now };
  if (read.action.command === 'card close') return show(place, sent.covered ?? closedCard(say('已关闭', 'Closed')));
  if (read.action.command === 'card form') return openOver(place, surroundings, read.action, actor);

  const command = registry.find(read.action.command);
  if (!command) return refuse('card.unknown-command');
  demandRight(command, actor);
  const chosen =
    click.action.option !== undefined && read.action.args.choose
      ? { [read.action.args.choose]: click.action.option }
      : {};
  const { choose: _, ...args } = read.action.args;
  const parsed = parseNamed(
    command,
    registry,
    { ...typed, ...chosen, ...args },
    { today: businessDay(click.at, zone) },
  );
  const problem =
    parsed.problems[0] ??
    (parsed.missing[0] && say(`请填写${parsed.missing[0].label.zh}`, `Please fill in ${parsed.missing[0].label.en}`));
  // without a card in the answer the form stays as it is, with everything the person typed
  if (problem !== undefined)
    return { toast: { tone: 'error', ...(typeof problem === 'string' ? { zh: problem, en: problem } : problem) } };

  const source = { eventId: click.eventId, messageId: click.messageId, chatId: click.chatId };
  const intent = {
    actor,
    via: click.action.formValue ? ('form' as const) : ('click' as const),
    place: sent.audience === null ? ('group' as const) : ('private' as const),
    saidAt: click.at,
    source,
  };
  const under: Promise<unknown>[] = [];
  const step = { command, args: parsed.args };
  const [reply] = await runSteps(tx, surroundings, intent, [step], under);
  await Promise.all(under);
  const to: Recipient =
    sent.audience === null || command.answers === 'private'
      ? personOrChat(sent, click, actor, command.answers)
      : { person: actor.openId };
  if (reply!.file) await sendFile(tx, { to }, reply!.file, now());
  for (const told of reply!.also ?? []) await tell(tx, told, now());
  const toast = reply!.toast && { tone: reply!.toast.tone, ...inBoth(reply!.toast.text) };
  const answer: Answer = toast ? { toast } : {};
  if (!reply!.card) return answer;
  const elsewhere = reply!.anew || (command.answers === 'private' && sent.audience === null);
  if (elsewhere) {
    const key = await sendCard(tx, { to }, reply!.card, { now: now(), subject: reply!.subject });
    await seekLater(tx, reply!, step, intent, { key, rev: 0 }, now());
    if ('person' in to && sent.audience === null && !toast)
      return { toast: { tone: 'info', zh: '已私信你', en: 'Sent to you privately' } };
    return answer;
  }
  const shown = { key: sent.key, rev: await put(place, reply!.card, { subject: reply!.subject }) };
  await seekLater(tx, reply!, step, intent, shown, now());
  return { ...answer, card: stampCard(reply!.card, { card: shown.key, rev: shown.rev }) };
}

const personOrChat = (
  sent: SentCard,
  click: IncomingClick,
  actor: Person,
  answers: 'anywhere' | 'private',
): Recipient => (answers === 'private' || sent.audience !== null ? { person: actor.openId } : { chat: click.chatId });

interface Place {
  tx: Db;
  sent: SentCard;
  now(): Date;
}

/** @returns the revision that the card has now */
async function put(
  { tx, sent, now }: Place,
  card: Card,
  { covered = null, subject }: { covered?: Card | null; subject?: string | undefined } = {},
): Promise<number> {
  // asked for again and nothing has changed: the same revision stays, so that a second tap is not a stale one
  if (covered === null && sent.covered === null && isDeepStrictEqual(card, sent.card)) return sent.rev;
  return replaceCard(tx, sent.key, { card, covered, ...(subject !== undefined && { subject }) }, now());
}

async function show(place: Place, card: Card, { covered }: { covered?: Card } = {}): Promise<Answer> {
  const rev = await put(place, card, covered && { covered });
  return { card: stampCard(card, { card: place.sent.key, rev }) };
}

async function openOver(
  place: Place,
  { registry }: Surroundings,
  { args: { of = '', ...known } }: Action,
  actor: Person,
): Promise<Answer> {
  const command = registry.find(of);
  if (!command) return {};
  demandRight(command, actor);
  const form = openForm(registry, {
    command,
    known,
    coversCard: true,
    offers: await command.offers?.(place.tx, known),
  });
  return show(place, form, { covered: place.sent.covered ?? place.sent.card });
}

const stamped = (sent: SentCard): Card => stampCard(sent.card, { card: sent.key, rev: sent.rev });

/** What a form sent, as words: several choices joined, ticks as `true`, dates without their zone; what was left empty is left out. */
export function formValues(values: Record<string, unknown>): Record<string, string> {
  const word = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (Array.isArray(value)) return value.map(word).filter(Boolean).join(';');
    return String(value).replace(/^(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{2}:\d{2}) [+-]\d{4}$/, '$1');
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (word(value) === '' ? [] : [[name, word(value)]])),
  );
}

const inBoth = (text: string | { zh: string; en: string }) =>
  typeof text === 'string' ? { zh: text, en: text } : text;
