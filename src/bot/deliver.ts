import { randomUUID } from 'node:crypto';
import { jsonOf } from '#cards/fit';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import { keepBlob, laneOf, type OutboxContent, post, postCard, type Recipient } from '#db/outbox';
import type { Told } from './command.ts';
import { stampCard } from './stamp.ts';

/** Where an answer goes. In groups it replies to the message that asked, so that it is clear whom it answers. */
export interface Destination {
  to: Recipient;
  replyTo?: { messageId: string; inThread: boolean } | undefined;
}

/** Twenty characters of a random id, which the runtime draws many of at a time. */
const newCardKey = (): string => randomUUID().replaceAll('-', '').slice(0, 20);

/**
 * Writes a card to the outbox and keeps it for its clicks; returns its key. A card to a person is for that person alone. It is kept in one
 * place: the sender stamps what is kept when it sends it.
 *
 * @param logicalKey names the message: repeating the step that writes it sends it once
 * @param under takes the write under way, instead of waiting for it here
 */
export async function sendCard(
  db: Db,
  { to, replyTo }: Destination,
  card: Card,
  {
    now,
    subject = null,
    logicalKey,
    under,
  }: {
    now: Date;
    subject?: string | null | undefined;
    logicalKey?: string | undefined;
    under?: Promise<unknown>[] | undefined;
  },
): Promise<string> {
  const key = newCardKey();
  const written = postCard(
    db,
    laneOf(to),
    { ...jobOf({ to, replyTo }, { type: 'card' }), cardKey: key },
    {
      key,
      audience: 'person' in to ? to.person : null,
      chatId: 'chat' in to ? to.chat : null,
      subject,
      json: jsonOf(card),
    },
    now,
    logicalKey,
  );
  if (!under) await written;
  else {
    // what fails later on undoes it all, and then nobody else looks at this
    written.catch(() => undefined);
    under.push(written);
  }
  return key;
}

const jobOf = ({ to, replyTo }: Destination, content: OutboxContent) =>
  replyTo ? ({ do: 'reply', to, ...replyTo, content } as const) : ({ do: 'send', to, content } as const);

const sendContent = (db: Db, destination: Destination, content: OutboxContent, now: Date, logicalKey?: string) =>
  post(db, laneOf(destination.to), jobOf(destination, content), now, logicalKey);

export async function sendFile(
  db: Db,
  destination: Destination,
  { name, bytes }: { name: string; bytes: Uint8Array },
  now: Date,
  logicalKey?: string,
): Promise<void> {
  await sendContent(
    db,
    destination,
    { type: 'file', blob: await keepBlob(db, name, bytes, now), name },
    now,
    logicalKey,
  );
}

/** Tells others what a command wanted told. */
export async function tell(db: Db, { to, content, key }: Told, now: Date): Promise<void> {
  if (content.type === 'card')
    await sendCard(db, { to }, content.card, { now, subject: content.subject, logicalKey: key });
  else await sendContent(db, { to }, content, now, key);
}

/** Changes a card that was sent, wherever it is; its buttons get the new revision. */
export async function updateCard(
  db: Db,
  to: Recipient,
  key: string,
  card: Card,
  rev: number,
  now: Date,
): Promise<void> {
  await post(
    db,
    laneOf(to),
    { do: 'update-card', cardKey: key, card: stampCard(card, { card: key, rev }) },
    now,
    `${key}.${rev}`,
  );
}
