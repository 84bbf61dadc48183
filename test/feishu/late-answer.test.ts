import { describe, expect, it } from 'vitest';
import type { Answer, IncomingClick } from '#bot/incoming';
import type { FeishuApi } from '#feishu/api';
import { ApiError, type ApiErrorDetails } from '#feishu/api-error';
import { lateAnswer } from '#feishu/late-answer';
import { movableClock } from './support/clock.ts';
import { recordingLog } from './support/log.ts';

const card = { schema: '2.0' };
const error = (code: number, details: Partial<ApiErrorDetails> = {}) =>
  new ApiError('canary-words', { kind: 'give-up', code, unknownResult: false, ...details });

/** @param faults what the first calls fail with; the rest work */
function setUp(...faults: ApiError[]) {
  const clock = movableClock();
  const log = recordingLog();
  const calls: string[] = [];
  const call =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))].join(' '));
      const fault = faults.shift();
      if (fault) throw fault;
    };
  const api = { delayedUpdate: call('update'), patchCard: call('patch'), send: call('send') } as unknown as FeishuApi;
  const click: IncomingClick = {
    kind: 'click',
    eventId: 'e-1',
    at: clock.now(),
    operator: { openId: 'ou_1' },
    chatId: 'oc_1',
    messageId: 'om_1',
    token: 'c-1',
    action: { tag: 'button' },
  };
  const deliver = (answer: Answer, change: Partial<IncomingClick> = {}) =>
    clock.until(lateAnswer({ api, clock, log })({ ...click, ...change }, answer));
  return { clock, log, calls, deliver };
}

describe('the result of a click whose time was up', () => {
  it('is shown by the click’s own credential', async () => {
    const { calls, deliver } = setUp();
    await deliver({ card });
    expect(calls).toEqual(['update c-1 {"schema":"2.0"}']);
  });

  it.each([300030, 300040, 200310])('is patched when the credential is of no more use (%i)', async (code) => {
    const { calls, deliver } = setUp(error(code));
    await deliver({ card });
    expect(calls).toEqual(['update c-1 {"schema":"2.0"}', 'patch om_1 {"schema":"2.0"}']);
  });

  it('uses the credential twice at most, then patches', async () => {
    const passing = error(5000, { kind: 'retry' });
    const { calls, deliver } = setUp(passing, passing, passing);
    await deliver({ card });
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['update', 'update', 'patch', 'patch']);
  });

  it('waits as long as the platform asks', async () => {
    const { clock, deliver } = setUp(error(99991400, { kind: 'retry', retryAfterMs: 7000 }));
    const start = clock.now().getTime();
    await deliver({ card });
    expect(clock.now().getTime() - start).toBe(7000);
  });

  it('older than 30 minutes is patched at once', async () => {
    const { clock, calls, deliver } = setUp();
    await deliver({ card }, { at: new Date(clock.now().getTime() - 30 * 60_000) });
    expect(calls).toEqual(['patch om_1 {"schema":"2.0"}']);
  });

  it('is given up after a bounded number of tries, with a line in the log and no words in it', async () => {
    const { calls, log, deliver } = setUp(...Array.from({ length: 20 }, () => error(5000, { kind: 'retry' })));
    await deliver({ card });
    expect(calls).toHaveLength(6);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { eventId: 'e-1' } }]);
    expect(log.text()).not.toContain('canary');
  });

  it('that is only a toast goes to the person privately, once', async () => {
    const { calls, deliver } = setUp(error(5000, { kind: 'retry', unknownResult: true }));
    await deliver({ toast: { tone: 'error', zh: '没有权限', en: 'Not allowed' } });
    expect(calls).toEqual(Array(2).fill('send {"person":"ou_1"} {"type":"text","text":"没有权限"} late-e-1'));
  });

  it('that says nothing is not shown', async () => {
    const { calls, deliver } = setUp();
    await deliver({});
    expect(calls).toEqual([]);
  });
});
