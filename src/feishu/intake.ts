import type { Answer, IncomingClick, Receive } from '#bot/incoming';
import { faultOf, type Log } from '#bot/log';
import { type CallbackBody, callbackBody, FAILED, WORKING } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Envelope } from './envelope.ts';
import { CLICK, MalformedEvent, normalise } from './normalise.ts';
import type { TenantCheck } from './tenant.ts';

/** The platform gives a click three seconds, with the network both ways in them. */
const CLICK_BUDGET_MS = 2500;

export interface IntakeOptions {
  receive: Receive;
  /** The bot's own open_id; may reject, then the event is delivered again. */
  botOpenId(): Promise<string>;
  isOurTenant: TenantCheck;
  /** Brings the result of a click whose time was up, see `late-answer.ts`. Called strictly after the answer has left. */
  deliverLate(click: IncomingClick, answer: Answer): Promise<void>;
  clock: Clock;
  log: Log;
}

/** What to tell the platform. `taken`: it may forget the event. `foreign`: not for us. `malformed`: deliver again, and we log it. */
export type Verdict = { kind: 'taken'; body: CallbackBody } | { kind: 'foreign' } | { kind: 'malformed' };

export interface Intake {
  /**
   * Takes one genuine event (signature, token and app id are checked by then).
   *
   * @param startedAt when the platform's three seconds began
   * @param answered called when a late result of a click is to be shown: resolves once the answer has left
   * @throws when an event could not be stored and should be delivered again. Never for a click: those are not delivered again.
   */
  take(envelope: Envelope, startedAt: Date, answered: () => Promise<void>): Promise<Verdict>;
  /** Resolves when no click is being worked on in the background any more; for a graceful stop. */
  settled(): Promise<void>;
}

/** The one path of an event from the edge to the bot, whichever way it came. */
export function createIntake({ receive, botOpenId, isOurTenant, deliverLate, clock, log }: IntakeOptions): Intake {
  const background = new Set<Promise<void>>();

  async function work(envelope: Envelope): Promise<{ verdict: Verdict; click?: IncomingClick; answer: Answer }> {
    const { eventId, type } = envelope;
    if (!(await isOurTenant(envelope.tenantKey))) {
      log.warn({ eventId, type }, 'event of another tenant refused');
      return { verdict: { kind: 'foreign' }, answer: {} };
    }
    const incoming = await normalise(envelope, botOpenId);
    if (!incoming) {
      log.debug({ eventId, type }, 'event ignored');
      return { verdict: { kind: 'taken', body: {} }, answer: {} };
    }
    const answer = await receive(incoming);
    if (incoming.kind !== 'click') return { verdict: { kind: 'taken', body: {} }, answer };
    return { verdict: { kind: 'taken', body: callbackBody(answer) }, click: incoming, answer };
  }

  async function takeClick(envelope: Envelope, startedAt: Date, answered: () => Promise<void>): Promise<Verdict> {
    const { eventId } = envelope;
    const working = work(envelope);
    const spent = clock.now().getTime() - startedAt.getTime();
    const inTime = new AbortController();
    const timeUp = clock.wait(Math.max(0, CLICK_BUDGET_MS - spent), inTime.signal).then(() => undefined);
    try {
      const done = await Promise.race([working, timeUp]);
      if (done) return done.verdict;
    } catch (error) {
      log.error({ eventId, fault: faultOf(error) }, 'click failed');
      return { kind: 'taken', body: callbackBody(FAILED) };
    } finally {
      inTime.abort();
    }
    log.info({ eventId }, 'click takes longer than its answer may');
    const late = working
      .then(async ({ click, answer }) => {
        await answered();
        if (click) await deliverLate(click, answer);
      })
      .catch((error) => log.error({ eventId, fault: faultOf(error) }, 'late click failed'))
      .finally(() => background.delete(late));
    background.add(late);
    return { kind: 'taken', body: callbackBody(WORKING) };
  }

  return {
    async take(envelope, startedAt, answered) {
      if (envelope.type === CLICK) return takeClick(envelope, startedAt, answered);
      try {
        return (await work(envelope)).verdict;
      } catch (error) {
        if (!(error instanceof MalformedEvent)) throw error;
        log.error({ eventId: envelope.eventId, type: envelope.type, problem: error.message }, 'event not understood');
        return { kind: 'malformed' };
      }
    },
    async settled() {
      while (background.size > 0) await Promise.all(background);
    },
  };
}
