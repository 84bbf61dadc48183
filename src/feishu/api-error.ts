/**
 * What to do about a failed call. `retry`: later, it may well work. `reauthorise`: the app as a whole is not let in (credentials,
 * disabled, not installed): no message's fault, a human must act. `give-up`: the same call will fail again.
 */
export type ApiErrorKind = 'retry' | 'reauthorise' | 'give-up';

export interface ApiErrorDetails {
  kind: ApiErrorKind;
  /** The platform's code; absent when the answer was not the platform's (network, gateway page). */
  code?: number | undefined;
  httpStatus?: number | undefined;
  /** `true` when the platform may have done what was asked, although we have no answer. */
  unknownResult: boolean;
  /** How long the platform asks us to wait. */
  retryAfterMs?: number | undefined;
  /** The platform's support id. */
  logId?: string | undefined;
}

/** A call that did not work out. Its message holds the code and the platform's own words, never what we sent. */
export class ApiError extends Error implements ApiErrorDetails {
  readonly kind: ApiErrorKind;
  readonly code: number | undefined;
  readonly httpStatus: number | undefined;
  readonly unknownResult: boolean;
  readonly retryAfterMs: number | undefined;
  readonly logId: string | undefined;

  constructor(words: string, details: ApiErrorDetails) {
    super(`${details.code ?? details.httpStatus ?? 'network'}: ${words.slice(0, 300)}`);
    this.name = 'ApiError';
    this.kind = details.kind;
    this.code = details.code;
    this.httpStatus = details.httpStatus;
    this.unknownResult = details.unknownResult;
    this.retryAfterMs = details.retryAfterMs;
    this.logId = details.logId;
  }

  /** The same error where it is certain that nothing was done. */
  knownToHaveFailed(): ApiError {
    const words = this.message.slice(this.message.indexOf(': ') + 2);
    return new ApiError(words, { ...this, unknownResult: false });
  }
}

export const CODE = {
  appRateLimit: 99991400,
  laneRateLimit: 230020,
  beingSent: 230049,
  messageRecalled: 230011,
  messageDeleted: 230110,
  cardTooOld: 230031,
  noSuchTopic: 230019,
  noThreadReply: 230071,
} as const;

/** The access token is refused: drop it and try once more. */
const TOKEN_REFUSED = new Set([99991663, 99991664, 99991665]);
const RATE_LIMITED = new Set<number>([CODE.appRateLimit, CODE.laneRateLimit, 11232, 11233, 11247]);
/** Credentials wrong, app disabled or not installed. The last three come from the token call only. */
const NOT_LET_IN = new Set([99991543, 99991662, 99991673, 10014, 10015]);
/** The platform's own troubles. */
const INTERNAL = new Set([1500, 5000, 10500, 1663]);
/** The bot is not, or no longer, in that chat: nothing sent there can arrive. */
const CHAT_GONE = new Set([230002, 232009]);
/** Codes of a connection that never came about, so nothing was asked. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export const isTokenRefused = (error: unknown): boolean =>
  error instanceof ApiError && error.code !== undefined && TOKEN_REFUSED.has(error.code);

export const isChatGone = (error: ApiError): boolean => error.code !== undefined && CHAT_GONE.has(error.code);

/** One answer of the platform, as it came. */
export interface RawAnswer {
  status: number;
  headers: Record<string, unknown>;
  /** Parsed JSON, or the text when it was none. */
  data: unknown;
}

/**
 * The error in an answer, `undefined` when it is a success (`code` 0). An HTTP 200 with another code is a failure; an answer that is
 * not the platform's JSON (a gateway's page, half an answer) leaves the result unknown.
 */
export function errorIn({ status, headers, data }: RawAnswer): ApiError | undefined {
  const logId = textOf(headers['x-tt-logid']);
  if (typeof data !== 'object' || data === null || typeof (data as { code?: unknown }).code !== 'number') {
    return new ApiError('the answer is not the platform’s', {
      kind: status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'give-up' : 'retry',
      httpStatus: status,
      unknownResult: status < 400 || status >= 500,
      logId,
    });
  }
  const { code, msg } = data as { code: number; msg?: unknown };
  if (code === 0 && status < 300) return undefined;
  const reset = Number(textOf(headers['x-ogw-ratelimit-reset']));
  const kind = kindOf(code, status);
  return new ApiError(textOf(msg) ?? 'no words', {
    kind,
    code,
    httpStatus: status,
    // an internal error may have happened after the message was stored; "being sent" says so itself
    unknownResult: code === CODE.beingSent || INTERNAL.has(code) || status >= 500,
    ...(kind === 'retry' && reset > 0 && Number.isFinite(reset) && { retryAfterMs: reset * 1000 }),
    logId,
  });
}

function kindOf(code: number, status: number): ApiErrorKind {
  if (RATE_LIMITED.has(code) || INTERNAL.has(code) || code === CODE.beingSent) return 'retry';
  if (TOKEN_REFUSED.has(code) || NOT_LET_IN.has(code)) return 'reauthorise';
  return status === 429 || status >= 500 ? 'retry' : 'give-up';
}

/** The error of a call without an answer: it may have arrived, unless the connection never came about. */
export function connectionError(error: unknown): ApiError {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof message === 'string' && /^max(Content|Body)Length/.test(message)) {
    return new ApiError('too large', { kind: 'give-up', unknownResult: false });
  }
  return new ApiError(typeof code === 'string' ? code : 'no answer', {
    kind: 'retry',
    unknownResult: !(typeof code === 'string' && NEVER_SENT.has(code)),
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
