import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noFaults } from '#playground/platform/faults';
import { group, li, type Stage, stage, textMessage, tokenOf } from '#test/playground/fixture';

let s: Stage;
let token: string;
beforeEach(async () => {
  s = await stage();
  token = await tokenOf(s.url);
});
afterEach(() => s.close());

const send = (text = 'x', more: object = {}) =>
  s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, text, more), token);
const stored = () => s.standIn.world.messagesIn(group).length;

describe('a single planted fault (9.16)', () => {
  it('answers a code once, then all is fine', async () => {
    s.standIn.faults.next('send', { code: 230020 });
    expect(await send()).toMatchObject({ status: 400, body: { code: 230020 } });
    expect((await send()).body.code).toBe(0);
    expect(stored()).toBe(1);
  });

  it('HTTP 200 with a code, which the SDK resolves', async () => {
    s.standIn.faults.next('send', { code: 230049, status: 200, msg: 'message is being sent' });
    const answer = await s.client.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: textMessage(group, 'x'),
    });
    expect(answer).toMatchObject({ code: 230049 });
  });

  it('resets the connection before the call is carried out', async () => {
    s.standIn.faults.next('send', { drop: 'before' });
    await expect(send()).rejects.toThrow();
    expect(stored()).toBe(0);
    expect(s.standIn.record.callsOf('send')).toMatchObject([{ status: 0 }]);
  });

  it('drops the answer after the call was carried out', async () => {
    s.standIn.faults.next('send', { drop: 'after' });
    await expect(send()).rejects.toThrow();
    expect(stored()).toBe(1);
  });

  it('429 with the seconds to wait', async () => {
    s.standIn.faults.next('send', { rateLimited: 52 });
    const { status, body, headers } = await send();
    expect([status, body.code, headers.get('x-ogw-ratelimit-reset')]).toEqual([429, 99991400, '52']);
  });

  it('half of the JSON', async () => {
    s.standIn.faults.next('send', { truncate: true });
    await expect(send()).rejects.toThrow(SyntaxError);
    expect(stored()).toBe(1);
  });

  it('an HTML page', async () => {
    s.standIn.faults.next('any', { html: 502 });
    expect(await send()).toMatchObject({ status: 502, body: expect.stringContaining('<html>') });
    expect(stored()).toBe(0);
  });

  it('a token revoked on the way: 99991663 once, fine with a new one', async () => {
    s.standIn.faults.next('send', { revoke: true });
    expect((await send()).body.code).toBe(99991663);
    token = await tokenOf(s.url);
    expect((await send()).body.code).toBe(0);
  });

  it('a call held until the test lets it go', async () => {
    let release = () => {};
    s.standIn.faults.next('send', { hold: new Promise<void>((resolve) => (release = resolve)) });
    const held = send('held');
    await send('free');
    expect(s.standIn.world.messagesIn(group).map((one) => one.content)).toEqual([{ text: 'free' }]);
    release();
    expect((await held).body.code).toBe(0);
  });

  it('as often as asked, for the API that was named', async () => {
    s.standIn.faults.next('patch', { code: 1 });
    s.standIn.faults.next('send', { code: 2 }, 2);
    expect([(await send()).body.code, (await send()).body.code, (await send()).body.code]).toEqual([2, 2, 0]);
  });
});

describe('standing faults, as the page sets them', () => {
  const codesOf = async (count: number) => {
    const codes: (number | string)[] = [];
    for (let index = 0; index < count; index += 1) {
      s.clock.tick(500);
      codes.push(
        await send().then(
          (answer) => answer.body.code ?? answer.status,
          () => 'reset',
        ),
      );
    }
    return codes;
  };

  it('hit their share of the calls, the same ones for the same seed', async () => {
    s.standIn.faults.set({ rateLimited: 0.3, htmlError: 0.2, reset: 0.2 });
    s.standIn.faults.reseed(11);
    const first = await codesOf(20);
    s.standIn.faults.reseed(11);
    expect(await codesOf(20)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([0, 99991400, 502, 'reset']));
  });

  it('limit a chat only where messages are sent', async () => {
    s.standIn.faults.set({ chatLimited: 1 });
    expect(await codesOf(1)).toEqual([230020]);
    expect((await s.call('GET', '/bot/v3/info', undefined, token)).body.code).toBe(0);
  });

  it('drop answers of calls that were carried out', async () => {
    s.standIn.faults.set({ dropAnswer: 1 });
    expect(await codesOf(2)).toEqual(['reset', 'reset']);
    expect(stored()).toBe(2);
  });

  it('make answers slow', async () => {
    await s.close();
    const waits: number[] = [];
    s = await stage({ clock: { now: () => new Date(0), wait: async (ms) => void waits.push(ms) } });
    s.standIn.faults.set({ slowMs: 2500 });
    token = await tokenOf(s.url);
    await send();
    expect(waits).toEqual([2500, 2500]);
  });

  it('are read and written by the page; revoking happens once and reads back false', async () => {
    const url = `${s.url}/playground/api/faults`;
    expect(await (await fetch(url)).json()).toEqual(noFaults);
    const body = JSON.stringify({ ...noFaults, duplicate: true, revokeTokens: true });
    const put = await (await fetch(url, { method: 'PUT', body })).json();
    expect(put).toEqual({ ...noFaults, duplicate: true });
    expect((await send()).body.code).toBe(99991663);
    s.standIn.world.say(li, 'bot', 'x');
    await s.standIn.settled();
    expect(s.bot.heard).toHaveLength(2);
  });
});
