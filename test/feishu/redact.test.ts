import { describe, expect, it } from 'vitest';
import { faultOf } from '#bot/log';
import { redact, redactingLogger } from '#feishu/redact';
import { recordingLog } from './support/log.ts';

describe('what the SDK logs', () => {
  const secret = 'app-secret-canary';

  it.each([
    ['the app secret', `auth failed for ${secret}`],
    ['an access token', 'token t-g1041nfTQVKNAVT7canary expired'],
    ['an update token', 'c-295ee57216a5dc9canary is used up'],
    ['a header', 'Authorization: Bearer whatever-canary'],
    ['a ticket in an address', 'connecting to wss://msg.example.com/ws?device_id=1&ticket=canary'],
  ])('loses %s', (_, words) => {
    expect(redact(words, [secret])).not.toContain('canary');
    expect(redact(words, [secret])).toContain('***');
  });

  it('keeps plain words', () => {
    expect(redact('code: 514, auth failed', [secret, ''])).toBe('code: 514, auth failed');
  });

  it('shrinks errors, drops objects, debug and trace lines', () => {
    const log = recordingLog();
    const logger = redactingLogger(log, [secret]);
    const error = Object.assign(new Error(`canary ${secret}`), { code: 'ECONNRESET', config: { data: 'canary' } });
    logger.error([error, { data: 'canary' }, `failed with ${secret}`]);
    logger.warn('[ws]', 'no pong');
    logger.debug([`data: canary`]);
    logger.trace('canary');
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'sdk: failed with ***'],
      ['warn', 'sdk: [ws] no pong'],
    ]);
    expect(log.lines[0]!.fields).toMatchObject({ faults: [{ name: 'Error', code: 'ECONNRESET' }] });
    expect(log.text()).not.toContain('canary');
  });
});

describe('a fault', () => {
  it('names its kind, code, place and cause, never its words', () => {
    const cause = Object.assign(new TypeError('canary params'), { code: '23505' });
    const fault = faultOf(new Error('canary\n    at canary-in-message', { cause }));
    expect(fault).toMatchObject({ name: 'Error', cause: { name: 'TypeError', code: '23505' } });
    expect(fault.at!.length).toBeGreaterThan(0);
    expect(JSON.stringify(fault)).not.toContain('canary');
    expect(faultOf('canary')).toEqual({ name: 'string' });
  });
});
