import { createHash } from 'node:crypto';
import { faultOf, type Log } from '#bot/log';
import { stampCard } from '#bot/stamp';
import { markChatDead } from '#db/chats';
import type { Db } from '#db/client';
import { type OutboxContent, type OutboxJob, type Recipient, readBlob } from '#db/outbox';
import {
  type Claimed,
  findSentCard,
  isCardPending,
  knownMessages,
  type Outcome,
  privateChatOf,
  renewUuid,
} from '#db/sending';
import type { FeishuApi, SentMessage, WireContent } from './api.ts';
import { ApiError, CODE, isChatGone } from './api-error.ts';
import type { Clock } from './clock.ts';
import { markedAsRepeat, type Whole } from './repeat.ts';

export interface Sending {
  db: Db;
  api: FeishuApi;
  appId: string;
  now: Clock['now'];
  log: Log;
  /** 0 to below 1, for the jitter of repeats. */
  random(): number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The platform remembers a uuid for an hour; a repeat must be through well before. */
const UUID_SAFE_MS = 55 * MINUTE;
/** The platform's clock and ours may differ by this much when a message is looked up. */
const CLOCK_SKEW_MS = 2 * MINUTE;
/** The platform no longer replaces older cards. */
const CARD_LIFE_MS = 14 * DAY;
/** Passing troubles longer than this are not passing. */
const GIVE_UP_AFTER_MS = 3 * DAY;
const MAX_BACKOFF_MS = MINUTE;
/** A chat's own limit is a matter of seconds: other bots use it up, too. */
const MAX_LANE_BACKOFF_MS = 10_000;
/** Nobody is let in: an administrator needs minutes, not seconds. */
const LOCKED_OUT_MS = MINUTE;
/** However long the platform wants us to wait, we ask again after this. */
const LONGEST_PAUSE_MS = 5 * MINUTE;
const BEING_SENT_TRIES = 5;

/** The message cannot be sent, and it is not the platform that says so. */
class Unsendable extends Error {}
/** Do this instead, now. */
class Instead extends Error {
  readonly job: OutboxJob;
  constructor(job: OutboxJob) {
    super('instead');
    this.job = job;
  }
}

/** Makes the call of one leased message and decides what becomes of it. Never throws. */
export async function sendMessage(message: Claimed, sending: Sending): Promise<Outcome> {
  const { now, log } = sending;
  const attempt = { message };
  try {
    const sent = await perform(attempt, sending);
    return { result: 'sent', ...sent };
  } catch (error) {
    if (error instanceof Instead) return { result: 'retry', at: now(), problem: '', unknown: false, job: error.job };
    if (error instanceof Unsendable) return { result: 'dead', problem: error.message };
    if (error instanceof ApiError) return outcomeOf(attempt.message, error, sending);
    log.error({ outbox: message.id, fault: faultOf(error) }, 'sending failed');
    const problem = `internal: ${error instanceof Error ? error.name : 'error'}`;
    return again(attempt.message, problem, { unknown: true, maxMs: MAX_BACKOFF_MS }, sending);
  }
}

/** @param attempt its message is replaced when it gets a new uuid on the way */
async function perform(attempt: { message: Claimed }, sending: Sending): Promise<Partial<SentMessage>> {
  const { api, now, db } = sending;
  const { message } = attempt;
  const { job } = message;
  switch (job.do) {
    case 'send':
    case 'reply': {
      if (message.unknownSince && now().getTime() - message.unknownSince.getTime() > UUID_SAFE_MS) {
        const found = await lookUp(message, message.unknownSince, job, sending);
        if (found) return found;
        attempt.message = await asRepeat(message, job, sending);
      }
      return deliver(attempt.message, sending);
    }
    case 'update-card': {
      const card = await findSentCard(db, job.cardKey);
      if (!card) throw new Unsendable('the card was never sent');
      if (!card.messageId && (await isCardPending(db, job.cardKey, message.id))) throw notYet();
      if (!card.messageId || now().getTime() - card.sentAt.getTime() > CARD_LIFE_MS) {
        throw new Instead(freshCard(message, job, card.chatId));
      }
      try {
        await api.patchCard(card.messageId, job.card);
      } catch (error) {
        const gone: unknown[] = [CODE.cardTooOld, CODE.messageRecalled, CODE.messageDeleted];
        if (!(error instanceof ApiError && gone.includes(error.code))) throw error;
        throw new Instead(freshCard(message, job, card.chatId));
      }
      return { messageId: card.messageId };
    }
    case 'recall':
      try {
        await api.recall(job.messageId);
      } catch (error) {
        const gone: unknown[] = [CODE.messageRecalled, CODE.messageDeleted];
        if (!(error instanceof ApiError && gone.includes(error.code))) throw error;
      }
      return { messageId: job.messageId };
  }
}

async function deliver(message: Claimed, { api, db }: Sending): Promise<SentMessage> {
  const { job, uuid } = message;
  if (job.do !== 'send' && job.do !== 'reply') throw new Unsendable(`${job.do} delivers nothing`);
  const content = await wireContent(withItsCard(job.content, message), api, db);
  if (job.do === 'send') return api.send(job.to, content, uuid);
  try {
    return await api.reply(job.messageId, content, { uuid, inThread: job.inThread });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const noThread: unknown[] = [CODE.noSuchTopic, CODE.noThreadReply];
    if (job.inThread && noThread.includes(error.code)) throw new Instead({ ...job, inThread: false });
    const gone: unknown[] = [CODE.messageRecalled, CODE.messageDeleted];
    if (!gone.includes(error.code)) throw error;
    const { to, content: same, cardKey } = job;
    throw new Instead({ do: 'send', to, content: same, ...(cardKey && { cardKey }) });
  }
}

/** A card that is kept for its clicks stands in no job: its newest state is stamped now. */
function withItsCard(content: OutboxContent, { kept }: Pick<Claimed, 'kept'>): Whole {
  if (content.type !== 'card') return content;
  const card = content.card ?? (kept && stampCard(kept.card, { card: kept.key, rev: kept.rev }));
  if (!card) throw new Unsendable('the card is gone');
  return { type: 'card', card };
}

async function wireContent(content: Whole, api: FeishuApi, db: Db): Promise<WireContent> {
  if (content.type !== 'file') return content;
  const blob = await readBlob(db, content.blob);
  if (!blob) throw new Unsendable('the file is gone');
  try {
    return { type: 'file', fileKey: await api.uploadFile(content.name, blob.bytes) };
  } catch (error) {
    // whatever became of the upload, the message itself was not sent
    throw error instanceof ApiError ? error.knownToHaveFailed() : error;
  }
}

type Delivery = Extract<OutboxJob, { do: 'send' | 'reply' }>;

/** Looks for a message whose sending may have worked; undefined when there is none, or nobody may look. */
async function lookUp(
  message: Claimed,
  since: Date,
  job: Delivery,
  sending: Sending,
): Promise<SentMessage | undefined> {
  const { api, db, appId, now } = sending;
  const chatId = 'chat' in job.to ? job.to.chat : await privateChatOf(db, job.to.person);
  if (!chatId) return undefined;
  const from = new Date(since.getTime() - CLOCK_SKEW_MS);
  const type = job.content.type === 'card' ? 'interactive' : job.content.type;
  try {
    const listed = await api.listMessages(chatId, from, new Date(now().getTime() + CLOCK_SKEW_MS));
    const ours = listed.filter((found) => found.appId === appId && found.type === type && found.at >= from);
    const others = await knownMessages(
      db,
      ours.map(({ messageId }) => messageId),
    );
    // nothing else of ours went to this lane since, so the first that is not accounted for is this one
    const found = ours.find(({ messageId }) => !others.has(messageId));
    sending.log.info({ outbox: message.id, found: found !== undefined }, 'looked for a message of unknown fate');
    return found && { messageId: found.messageId, chatId };
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'give-up') return undefined;
    throw error;
  }
}

async function asRepeat(message: Claimed, job: Delivery, { db, now, log }: Sending): Promise<Claimed> {
  const uuid = createHash('sha256').update(`${message.uuid}:again`).digest('hex').slice(0, 40);
  const marked: OutboxJob = { ...job, content: markedAsRepeat(withItsCard(job.content, message)) };
  await renewUuid(db, message, uuid, marked, now());
  log.warn({ outbox: message.id }, 'sending again a message that may have arrived, marked as a repeat');
  return { ...message, uuid, job: marked, unknownSince: null };
}

/** A card that can no longer be replaced is sent anew to where it was. */
function freshCard(
  { lane }: Claimed,
  { card, cardKey }: Extract<OutboxJob, { do: 'update-card' }>,
  chatId: string | null,
): OutboxJob {
  return { do: 'send', to: chatId ? { chat: chatId } : recipientOf(lane), content: { type: 'card', card }, cardKey };
}

function recipientOf(lane: string): Recipient {
  const [kind, id] = [lane.slice(0, lane.indexOf(':')), lane.slice(lane.indexOf(':') + 1)];
  if (kind === 'person') return { person: id };
  if (kind === 'chat') return { chat: id };
  throw new Unsendable('the lane names no chat');
}

const notYet = (): ApiError =>
  new ApiError('the card itself is still on its way', { kind: 'retry', unknownResult: false });

async function outcomeOf(message: Claimed, error: ApiError, sending: Sending): Promise<Outcome> {
  const { now, db } = sending;
  // two of the same uuid at once: the other one is it
  if (error.code === CODE.beingSent && message.tries > BEING_SENT_TRIES) return { result: 'sent' };
  if (error.kind === 'give-up') {
    const chatId = chatOf(message);
    if (isChatGone(error) && chatId) await markChatDead(db, chatId, now());
    return { result: 'dead', problem: error.message };
  }
  if (error.kind === 'reauthorise') {
    const at = new Date(now().getTime() + LOCKED_OUT_MS);
    return { result: 'retry', at, problem: error.message, unknown: error.unknownResult, pauseAll: at };
  }
  const wholeApp = error.code === CODE.appRateLimit || error.httpStatus === 429;
  const maxMs = error.code === CODE.laneRateLimit ? MAX_LANE_BACKOFF_MS : MAX_BACKOFF_MS;
  const outcome = again(
    message,
    error.message,
    { unknown: error.unknownResult, maxMs, atLeastMs: error.retryAfterMs },
    sending,
  );
  if (!wholeApp || outcome.result !== 'retry') return outcome;
  return { ...outcome, pauseAll: new Date(now().getTime() + Math.min(error.retryAfterMs ?? 1000, LONGEST_PAUSE_MS)) };
}

function again(
  { tries, createdAt }: Claimed,
  problem: string,
  { unknown, maxMs, atLeastMs = 0 }: { unknown: boolean; maxMs: number; atLeastMs?: number | undefined },
  { now, random }: Sending,
): Outcome {
  const time = now().getTime();
  if (time - createdAt.getTime() > GIVE_UP_AFTER_MS) return { result: 'dead', problem: `${problem} (for three days)` };
  const backoff = Math.min(1000 * 2 ** Math.min(tries - 1, 20), maxMs);
  // jitter only adds: whoever comes too early is refused again
  const delay = Math.max(backoff, Math.min(atLeastMs, LONGEST_PAUSE_MS)) + backoff * 0.3 * random();
  return { result: 'retry', at: new Date(time + delay), problem, unknown };
}

function chatOf({ job, lane }: Claimed): string | undefined {
  if ((job.do === 'send' || job.do === 'reply') && 'chat' in job.to) return job.to.chat;
  return lane.startsWith('chat:') ? lane.slice('chat:'.length) : undefined;
}
