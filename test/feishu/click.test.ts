import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import type { Answer } from '#bot/incoming';
import { callbackBody } from '#feishu/answer';
import { deferred, settle } from './support/clock.ts';
import { deliver, fixture } from './support/delivery.ts';
import { edge } from './support/edge.ts';

const card = { schema: '2.0', body: { elements: [] } };
const done: Answer = { toast: { tone: 'success', zh: '已登记', en: 'Logged' }, card };
const working = {
  toast: { type: 'info', content: '处理中，稍后更新', i18n: { zh_cn: '处理中，稍后更新', en_us: 'Working on it' } },
};

describe('the answer to a click', () => {
  it('is a toast and the card, in the strict shape', async () => {
    const { send } = edge({ receive: async () => done });
    const response = await send(fixture('click-button'), '/webhook/card');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      toast: { type: 'success', content: '已登记', i18n: { zh_cn: '已登记', en_us: 'Logged' } },
      card: { type: 'raw', data: card },
    });
  });

  it('that says nothing is an empty object', () => {
    expect(callbackBody({})).toEqual({});
    expect(Object.keys(callbackBody({ card }))).toEqual(['card']);
  });

  it('is a neutral toast when the work fails, which tells nobody why', async () => {
    const { send, log, late } = edge({ receive: () => Promise.reject(new Error('李敏 may not see canary-7c1')) });
    const response = await send(fixture('click-button'));
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        toast: {
          type: 'error',
          content: '出错了，请稍后再点一次',
          i18n: { zh_cn: '出错了，请稍后再点一次', en_us: 'Something went wrong, please try again' },
        },
      },
    ]);
    expect(log.text()).not.toContain('canary');
    expect(late).toEqual([]);
  });

  it('is the same toast for a click that we cannot read', async () => {
    const { send, received } = edge();
    const payload = fixture('click-button');
    delete payload.event.context;
    const response = await send(payload);
    expect([response.status, await response.json()]).toMatchObject([200, { toast: { type: 'error' } }]);
    expect(received).toEqual([]);
  });

  it('of another tenant is a refusal', async () => {
    const { send, received } = edge();
    const payload = fixture('click-button');
    payload.header.tenant_key = 'another';
    expect((await send(payload)).status).toBe(401);
    expect(received).toEqual([]);
  });
});

describe('a click that takes long', () => {
  it('is answered after 2.5 s, and its card follows once the answer has left', async () => {
    const stored = deferred<Answer>();
    const { send, clock, late, intake } = edge({ receive: () => stored.promise });
    const start = clock.now().getTime();
    const asking = send(fixture('click-button'));
    await clock.advance(2499);
    let answered = false;
    void asking.then(() => {
      answered = true;
    });
    await settle();
    expect(answered).toBe(false);
    await clock.advance(1);
    const response = await asking;
    expect([response.status, await response.json()]).toEqual([200, working]);
    await clock.advance(10_000);
    expect(late).toEqual([]);
    stored.resolve(done);
    await clock.advance(1000);
    await intake.settled();
    expect(late).toMatchObject([{ answer: done, click: { token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7daaaaaa' } }]);
    expect(late[0]!.at.getTime() - start).toBeGreaterThanOrEqual(12_500);
  });

  it('counts its time from the arrival of the request', async () => {
    const { clock, intake, late } = edge({ receive: () => new Promise(() => undefined) });
    const envelope = { ...(await envelopeOf('click-button')) };
    const arrivedAt = clock.now();
    await clock.advance(2000);
    const verdict = intake.take(envelope, arrivedAt, () => Promise.resolve());
    await clock.advance(500);
    expect(await verdict).toEqual({ kind: 'taken', body: working });
    expect(late).toEqual([]);
  });

  it('brings nothing before the answer has left, however soon after it the work is done', async () => {
    const stored = deferred<Answer>();
    const left = deferred<void>();
    const { clock, intake, late } = edge({ receive: () => stored.promise });
    const verdict = intake.take(await envelopeOf('click-button'), clock.now(), () => left.promise);
    await clock.advance(2500);
    stored.resolve(done);
    expect(await verdict).toEqual({ kind: 'taken', body: working });
    await settle(10);
    expect(late).toEqual([]);
    left.resolve();
    await intake.settled();
    expect(late).toHaveLength(1);
  });

  it('and then fails leaves only a line in the log', async () => {
    const stored = deferred<Answer>();
    const { send, clock, late, intake, log } = edge({ receive: () => stored.promise });
    const asking = send(fixture('click-button'));
    await clock.advance(2500);
    expect(await (await asking).json()).toEqual(working);
    stored.reject(new Error('canary-7c1'));
    await clock.advance(1000);
    await intake.settled();
    expect(late).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(log.text()).not.toContain('canary');
  });

  it('delivers over a real connection only after the client has the whole answer', async () => {
    const events: string[] = [];
    const stored = deferred<Answer>();
    const asked = deferred<void>();
    const { app, clock, intake } = edge({
      receive() {
        asked.resolve();
        return stored.promise;
      },
      deliverLate: async () => {
        events.push('late');
      },
    });
    const server = createAdaptorServer({ fetch: app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = fetch(`http://127.0.0.1:${port}/webhook/card`, {
      method: 'POST',
      ...deliver(fixture('click-button'), { at: clock.now() }),
    });
    await asked.promise;
    await clock.advance(2500);
    // done at the very moment when the answer leaves
    stored.resolve(done);
    const response = await answer;
    expect(await response.json()).toEqual(working);
    events.push('answered');
    await clock.until(intake.settled());
    expect(events).toEqual(['answered', 'late']);
    server.close();
  });
});

async function envelopeOf(name: string) {
  const { parseEnvelope } = await import('#feishu/envelope');
  return parseEnvelope(fixture(name))!;
}
