import type { Answer, IncomingClick } from '#bot/incoming';
import { faultOf, type Log } from '#bot/log';
import type { FeishuApi } from './api.ts';
import { ApiError } from './api-error.ts';
import type { Clock } from './clock.ts';

export interface LateAnswerOptions {
  api: Pick<FeishuApi, 'delayedUpdate' | 'patchCard' | 'send'>;
  clock: Clock;
  log: Log;
}

/** The platform takes the credential of a click twice, for 30 minutes. */
const TOKEN_USES = 2;
const TOKEN_LIFE_MS = 30 * 60_000;
const PATCH_TRIES = 4;

/**
 * Shows the result of a click whose three seconds were over: its card by the click's own credential, then by the message id. A toast
 * can no longer be shown, so its words go to the person privately. Give it only clicks whose answer has left.
 *
 * Best effort: what the click did is stored, and a second click says so.
 */
export function lateAnswer({ api, clock, log }: LateAnswerOptions) {
  /** Tries until it works, the platform says never, or the tries are used up. */
  async function persist(tries: number, call: () => Promise<void>): Promise<boolean> {
    for (let attempt = 1; attempt <= tries; attempt++) {
      try {
        await call();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.kind === 'give-up' || attempt === tries) return false;
        await clock.wait(error.retryAfterMs ?? 1000 * 2 ** (attempt - 1));
      }
    }
    return false;
  }

  return async ({ eventId, token, messageId, operator, at }: IncomingClick, { card, toast }: Answer): Promise<void> => {
    try {
      if (card) {
        const fresh = token !== '' && clock.now().getTime() - at.getTime() < TOKEN_LIFE_MS;
        const shown =
          (fresh && (await persist(TOKEN_USES, () => api.delayedUpdate(token, card)))) ||
          (await persist(PATCH_TRIES, () => api.patchCard(messageId, card)));
        if (!shown) log.warn({ eventId }, 'late card not shown');
      } else if (toast) {
        const to = { person: operator.openId };
        const text = { type: 'text' as const, text: toast.zh };
        await persist(PATCH_TRIES, async () => void (await api.send(to, text, `late-${eventId}`.slice(0, 50))));
      }
    } catch (error) {
      log.error({ eventId, fault: faultOf(error) }, 'late answer failed');
    }
  };
}
