import { faultOf, type Log } from '#bot/log';

/** What the SDK logs through. */
export interface SdkLogger {
  error(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  debug(...parts: unknown[]): void;
  trace(...parts: unknown[]): void;
}

/**
 * Passes on what the SDK says, without what it must not say: it logs whole HTTP errors with the app secret, access tokens and message
 * bodies in them. Errors shrink to their kind and place, objects are dropped, tokens and secrets in texts are blanked; its debug lines,
 * which hold event bodies and connection tickets, are dropped altogether.
 */
export function redactingLogger(log: Log, secrets: string[]): SdkLogger {
  const at =
    (level: 'error' | 'warn' | 'info') =>
    (...parts: unknown[]) => {
      const flat = parts.flat(2);
      const words = flat
        .filter((part): part is string => typeof part === 'string')
        .map((text) => redact(text, secrets));
      const faults = flat.filter((part) => part instanceof Error).map(faultOf);
      log[level]({ ...(faults.length > 0 && { faults }) }, ['sdk:', ...words].join(' ').slice(0, 300));
    };
  const silent = () => undefined;
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: silent, trace: silent };
}

/** Blanks secrets, access and update tokens, and the query of addresses. */
export function redact(text: string, secrets: string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, '***');
  return clean
    .replace(/\bBearer\s+\S+/gi, 'Bearer ***')
    .replace(/(?<![\w-])[tuac]-[\w.-]{8,}/g, '***')
    .replace(/(\b(?:https?|wss?):\/\/[^\s?]+)\?\S*/g, '$1?***');
}
