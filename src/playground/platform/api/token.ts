/** `auth/v3/tenant_access_token/internal` and the check of the token on every other call (6, 9.1, 9.2). */
import { ApiError } from '#playground/platform/api/errors';
import type { Endpoint } from '#playground/platform/api/gate';
import type { FaultBox } from '#playground/platform/faults';
import { newAccessToken } from '#playground/platform/ids';
import type { State } from '#playground/platform/state';

const renewBelowMs = 30 * 60_000;

/** `ttlSeconds` is read at each issue, so that a test can shorten it. */
export function tokenEndpoints(state: State, faults: FaultBox, ttlSeconds: () => number): Endpoint[] {
  return [
    {
      api: 'token',
      method: 'POST',
      path: '/auth/v3/tenant_access_token/internal',
      scopes: [],
      open: true,
      title: () => 'tenant_access_token',
      run(call) {
        const { app_id, app_secret } = call.json();
        if (typeof app_id !== 'string' || typeof app_secret !== 'string' || !app_id || !app_secret) {
          throw new ApiError(10003, 'invalid param', faults.switches.badSecretStatus);
        }
        if (app_id !== state.app.appId || app_secret !== state.app.appSecret) {
          throw new ApiError(10014, 'app secret invalid', faults.switches.badSecretStatus);
        }
        const token = currentToken(state, ttlSeconds());
        const expire = Math.floor((token.expiresAt - state.clock.ms()) / 1000);
        return { top: { tenant_access_token: token.token, expire } };
      },
    },
  ];
}

/** The youngest token while more than 30 minutes of it remain, else a new one beside it. */
function currentToken(state: State, ttlSeconds: number) {
  const now = state.clock.ms();
  for (const token of state.tokens.values()) if (token.expiresAt <= now) state.tokens.delete(token.token);
  const youngest = state.tokens.values().at(-1);
  if (youngest && youngest.expiresAt - now >= renewBelowMs) return youngest;
  const token = newAccessToken();
  return state.tokens.set(token, { token, issuedAt: now, expiresAt: now + ttlSeconds * 1000 });
}

/** Throws 99991661, 99991671 or 99991663 unless the header carries a token that is alive. */
export function requireToken(state: State, authorization: string | undefined, badTokenStatus: number): void {
  if (!authorization)
    throw new ApiError(99991661, 'Missing access token for authorization. Please make a request with token attached.');
  const token = authorization.replace(/^Bearer /, '');
  if (!/^[tu]-/.test(token)) throw new ApiError(99991671, 'Invalid access token: must start with "t-" or "u-"');
  const known = state.tokens.get(token);
  if (!known || known.expiresAt <= state.clock.ms()) {
    throw new ApiError(
      99991663,
      'Invalid access token for authorization. Please make a request with token attached.',
      badTokenStatus,
    );
  }
}
