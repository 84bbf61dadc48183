import { createHash, randomBytes } from 'node:crypto';

/** An identifier as the platform writes them: `om_` + 32 hex digits. */
export const newId = (prefix: 'om' | 'omt'): string => `${prefix}_${randomBytes(16).toString('hex')}`;

/** The same identifier each time for the same source. */
export const idFrom = (prefix: 'ou' | 'oc', source: string): string =>
  `${prefix}_${createHash('sha256').update(source).digest('hex').slice(0, 32)}`;

export const newResourceKey = (kind: 'image' | 'file'): string =>
  `${kind === 'image' ? 'img' : 'file'}_v3_${randomBytes(16).toString('hex')}`;

export const newEventId = (): string => randomBytes(16).toString('hex');

/** Update credential of one click. */
export const newCardToken = (): string => `c-${randomBytes(20).toString('hex')}`;

export const newAccessToken = (): string => `t-${randomBytes(20).toString('hex')}`;

export const newLogId = (): string => randomBytes(16).toString('hex').toUpperCase();
