import { asc, eq, gt } from 'drizzle-orm';
import { createBot } from '#bot/bot';
import type { Answer, IncomingClick, IncomingMessage } from '#bot/incoming';
import { type Log, silent } from '#bot/log';
import { stampCard } from '#bot/stamp';
import type { Card } from '#cards/kit';
import { commands } from '#commands/index';
import type { Db } from '#db/client';
import type { OutboxJob } from '#db/outbox';
import { outbox, sentCards } from '#db/schema';
import { fileReply } from '#usecases/reply-files';
import { now as start } from './people.ts';

export const GROUP = 'oc_group';
export const BOT = 'ou_bot';

/** A bot on a real database without the platform: what it would send is read from its outbox. */
export function testBot(db: Db, { log = silent }: { log?: Log } = {}) {
  let clock = start;
  let events = 0;
  const files: unknown[] = [];
  const bot = createBot({
    db,
    commands,
    now: () => clock,
    zone: 'Asia/Shanghai',
    locale: 'zh',
    log,
    botOpenId: () => BOT,
    onCommitted() {},
    async onFile(_, actor, file) {
      files.push({ by: actor.openId, ...file });
    },
    onReply: (tx, reply) => fileReply(tx, reply, clock),
    async onPerson() {},
  });

  const next = () => `event-${++events}`;

  function message(
    openId: string,
    text: string,
    { group = false, at = clock, ...more }: Partial<IncomingMessage> & { group?: boolean } = {},
  ): IncomingMessage {
    const eventId = next();
    return {
      kind: 'message',
      eventId,
      at,
      sender: { openId },
      chat: group ? { id: GROUP, kind: 'group' } : { id: `oc_p2p_${openId}`, kind: 'private' },
      messageId: `om_${eventId}`,
      text: group ? `@_user_1 ${text}` : text,
      mentions: group ? [{ key: '@_user_1', openId: BOT, name: '跟单' }] : [],
      toBot: group,
      attachments: [],
      messageType: 'text',
      ...more,
    };
  }

  /** What was written to the outbox since the last look; `seen` is the newest row of it. */
  let seen = 0;
  async function posted(): Promise<{ lane: string; job: OutboxJob }[]> {
    const fresh = await db.select().from(outbox).where(gt(outbox.id, seen)).orderBy(asc(outbox.id));
    seen = fresh.at(-1)?.id ?? seen;
    return withCards(
      db,
      fresh.map(({ lane, job }) => ({ lane, job: job as OutboxJob })),
    );
  }

  return {
    bot,
    files,
    message,
    posted,
    receive: bot.receive,
    at(moment: string) {
      clock = new Date(moment);
    },
    forget() {
      seen = 0;
      events = 0;
    },
    /** Says something and returns what it was answered with. */
    async say(
      openId: string,
      text: string,
      options: Parameters<typeof message>[2] = {},
    ): Promise<{ lane: string; job: OutboxJob }[]> {
      await posted();
      await bot.receive(message(openId, text, options));
      return posted();
    },
    /** Presses the button or submits the form that carries `label`, as the platform would report it. */
    async press(
      openId: string,
      card: Card,
      label: string,
      formValue?: Record<string, unknown>,
      over: Partial<IncomingClick> = {},
    ): Promise<Answer> {
      const button = findButton(card, label);
      const key = keyOf(card);
      const [row] = await db.select().from(sentCards).where(eq(sentCards.key, key));
      return bot.receive({
        kind: 'click',
        eventId: next(),
        at: clock,
        operator: { openId },
        chatId: row?.audience ? `oc_p2p_${row.audience}` : GROUP,
        messageId: row?.messageId ?? `om_card_${key}`,
        token: 'c-1',
        action: {
          tag: 'button',
          ...(button.name !== undefined && { name: button.name }),
          ...(button.value !== undefined && { value: button.value }),
          ...(formValue && { formValue }),
        },
        ...over,
      });
    },
  };
}

export type TestBot = ReturnType<typeof testBot>;

/** Outbox rows with the cards that the sender would send, which are kept in `sent_cards`. */
export async function withCards<Row extends { job: OutboxJob }>(db: Db, rows: Row[]): Promise<Row[]> {
  if (rows.length === 0) return rows;
  const kept = await db.select().from(sentCards);
  const cards = new Map(kept.map(({ key, rev, card }) => [key, stampCard(card as Card, { card: key, rev })]));
  return rows.map((row) => {
    const { job } = row;
    if ((job.do !== 'send' && job.do !== 'reply') || job.content.type !== 'card' || job.content.card) return row;
    return { ...row, job: { ...job, content: { type: 'card', card: cards.get(job.cardKey!)! } } };
  });
}

/** The card of an outbox row. */
export function cardIn(entry: { job: OutboxJob } | undefined): Card {
  const job = entry?.job;
  if (job?.do === 'update-card') return job.card as Card;
  if ((job?.do === 'send' || job?.do === 'reply') && job.content.type === 'card') return job.content.card as Card;
  throw new Error(`no card in ${JSON.stringify(job)}`);
}

/** Everything that a card says, as one text. */
export const wordsOf = (card: unknown): string => JSON.stringify(card);

interface Button {
  name?: string;
  value?: { card: string; rev: number; command: string; args: Record<string, string> };
}

function buttons(card: Card): (Button & { label: string })[] {
  const found: (Button & { label: string })[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === 'object') {
      const element = node as Record<string, unknown>;
      if (element.tag === 'button') {
        const [behavior] = (element.behaviors ?? []) as { value: Button['value'] }[];
        found.push({
          label: (element.text as { content: string }).content,
          ...(element.name !== undefined && { name: element.name as string }),
          ...(behavior && { value: behavior.value }),
        } as Button & { label: string });
      }
      Object.values(element).forEach(walk);
    }
  };
  walk(card.body);
  return found;
}

export function findButton(card: Card, label: string): Button {
  const button = buttons(card).find((candidate) => candidate.label === label);
  if (!button) throw new Error(`no button ${label} among ${buttons(card).map((b) => b.label)}`);
  return button;
}

function keyOf(card: Card): string {
  for (const { name, value } of buttons(card)) {
    if (value) return value.card;
    const stamp = name && /[?&]_=([a-z0-9]+)\.\d+/.exec(name);
    if (stamp) return stamp[1]!;
  }
  throw new Error('the card has no stamped button');
}
