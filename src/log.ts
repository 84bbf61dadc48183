import pino from 'pino';
import type { Log } from '#bot/log';

/** JSON lines on stdout. What we pass holds no message text, no amounts, no tokens; these keys are cut out even if somebody does. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'text',
        'content',
        'token',
        'secret',
        'authorization',
        '*.text',
        '*.content',
        '*.token',
        '*.secret',
        '*.authorization',
        '*.Authorization',
      ],
      censor: '[cut]',
    },
  });
}
