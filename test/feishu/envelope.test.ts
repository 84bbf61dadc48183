import { describe, expect, it } from 'vitest';
import { momentOf, open } from '#feishu/envelope';
import { decrypt, isFresh, isSameSecret, isSigned } from '#feishu/verify';
import { credentials, deliver, encrypt, fixture, sign } from './support/delivery.ts';

const now = new Date(1_609_073_151_000);
const bytes = (text: string) => Buffer.from(text, 'utf8');
const signed = (body: string, at = '1609073151', nonce = 'n0nce-1') => ({
  timestamp: at,
  nonce,
  signature: sign(at, nonce, body),
});
const unsigned = { timestamp: undefined, nonce: undefined, signature: undefined };

describe('encryption', () => {
  it.each([
    ['test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'hello world'],
    [
      'mazhe.nerd',
      'tT1xP+ovuc0T3b/rnZX3ax76exqAn0ANQ6/U45GcciC0mgNBc8JtvqOJGNAPMKpgRs2dVU1NYk9VDeqS8T4SYtU0hzNU54aS84WnxvZ3VFfDcy/RyABlNqlUiGyLDzFI0yxdCMT4KR/YEQXlt6nZi50KwRlZ+A75r645KesZuLMljezYyY8VeeXEVjPw35+e',
      '{"challenge":"5634b122-c042-4634-bc7f-b07a3c3e77ad","token":"iRdCP2WwXNBXRM3mGLqhrgch3cn0gbT6","type":"url_verification"}',
    ],
    [
      'kudobuzz',
      'AAECAwQFBgcICQoLDA0ODy1VunC40ew/cHm+9gfOKo4mvQxiTW8SLkodtedhSgLVd+AiB/s3BeB3W5TsI7i8riQ8gJBwJgSphdmCAuv7EN2QE5I0xZhO+fqbLp9TqJlh',
      '{"challenge":"ajls384kdjx98XX","token":"v_token_1","type":"url_verification"}',
    ],
  ])('reads what the platform encrypted with "%s"', (key, encrypted, plain) => {
    expect(decrypt(encrypted, key)).toBe(plain);
  });

  it.each(['', 'AAAA', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk', '####', 'AAECAwQFBgcICQoLDA0ODw=='])(
    'refuses %j',
    (encrypted) => {
      expect(() => decrypt(`${encrypted}`.slice(0, 40), 'another key')).toThrow();
    },
  );
});

describe('signature', () => {
  const at = { timestamp: '1609073151', nonce: 'n0nce-1' };

  it.each([
    ['{"encrypt": "x"}', 'c255df0597ba6323b4b9916066a65fd3e2dce9fca8b965fdd396c76015e741ab'],
    ['{"encrypt":"x"}', '78a03b4927f4e07898f13084b56a940807e0d056401a09b70c8bd887be9a738c'],
  ])('covers the bytes of %s as they came', (body, signature) => {
    expect(isSigned({ ...at, signature }, bytes(body), 'kudobuzz')).toBe(true);
    expect(isSigned({ ...at, signature }, bytes(body.replace(': ', ':').replace('x', 'y')), 'kudobuzz')).toBe(false);
    expect(isSigned({ ...at, signature }, bytes(body), 'kudobuzy')).toBe(false);
  });

  it.each([
    undefined,
    '',
    'c2',
    'c255df0597ba6323b4b9916066a65fd3e2dce9fca8b965fdd396c76015e741a',
    'C255DF0597BA6323B4B9916066A65FD3E2DCE9FCA8B965FDD396C76015E741AB',
    'c255df0597ba6323b4b9916066a65fd3e2dce9fca8b965fdd396c76015e741ab00',
    'z255df0597ba6323b4b9916066a65fd3e2dce9fca8b965fdd396c76015e741ab',
  ])('is not %s', (signature) => {
    expect(isSigned({ ...at, signature }, bytes('{"encrypt": "x"}'), 'kudobuzz')).toBe(false);
  });
});

describe('timestamp', () => {
  const seconds = (shift: number) => String(now.getTime() / 1000 + shift);

  it.each([
    ['now', seconds(0), true],
    ['5 minutes ahead', seconds(300), true],
    ['5 minutes and a second ahead', seconds(301), false],
    ['7 h 10 min old, the last redelivery', seconds(-(7 * 3600 + 600)), true],
    ['8 h old', seconds(-8 * 3600), true],
    ['8 h and a second old', seconds(-8 * 3600 - 1), false],
    ['a day old', seconds(-86_400), false],
    ['milliseconds', `${now.getTime()}`, false],
    ['nine digits', '160907315', false],
    ['with a zero in front', `0${seconds(0)}`, false],
    ['signed', '+160907315', false],
    ['with a blank', ' 160907315', false],
    ['full-width digits', '１６０９０７３１５１', false],
    ['twice', '1609073151, 1609073151', false],
    ['absent', undefined, false],
  ])('%s', (_, timestamp, fresh) => {
    expect(isFresh(timestamp, now)).toBe(fresh);
  });

  it('cannot lend a digit to the nonce, although the hash would be the same', () => {
    const body = deliver(fixture('menu')).body;
    const { signature } = signed(body, '1609073151', '23');
    expect(isSigned({ timestamp: '16090731512', nonce: '3', signature }, bytes(body), 'kudobuzz')).toBe(true);
    expect(open(bytes(body), { timestamp: '16090731512', nonce: '3', signature }, credentials, now)).toMatchObject({
      kind: 'refused',
      status: 401,
    });
  });
});

describe('secrets', () => {
  it('compare equal only to themselves', () => {
    expect(isSameSecret('v_token_1', 'v_token_1')).toBe(true);
    for (const other of ['', 'v_token_', 'v_token_12', 'V_token_1'])
      expect(isSameSecret(other, 'v_token_1')).toBe(false);
  });
});

describe('a delivery', () => {
  const body = (plain: unknown) => JSON.stringify({ encrypt: encrypt(JSON.stringify(plain)) });
  const challenge = { challenge: 'ajls384kdjx98XX', token: 'v_token_1', type: 'url_verification' };
  const opened = (text: string, headers: Parameters<typeof open>[1] = signed(text)) =>
    open(bytes(text), headers, credentials, now);

  it('opens the sample with Chinese text and an emoji', () => {
    const text =
      '{"encrypt":"/+7dzLuqmYh3ZlVEMyIRAIm9RUXBzJycd0Gl4YDEfES44jG9wxByfg1FUEEZblSiRsmyaXBvIeDA7u9QxM4Cv4fLsFRVmskpdhL00pkadf1zR7Qc7mEJEHteVi0/7EkPgKZAkdIsF/o7gnTtAI2avrS3SxVNygvkC+d0sUKMkWNrS4l1Uk6OeMLU/AmyJ6wywwkGQ/YMCI7gynh4qZxnyTMD8rW9RemZT8LqbkcerszSFugl8xaKXV7ry6z/7N2iY3AqNyAMFoZnjOOV1p4gqv/DRtUHofpMoIqFb70WK/qB9rMWJlD+vsia3AI29eovf3PpDAxnzl+3x6//oWrLaBeC82CL/jOdzMNK0zCaQXOuR6Jh79CAI7aBGfRtn3QYzo+17S4/SsoqC+oKj1eYXQ=="}';
    const signature = '02bbee36cd32e5d6e94eda953fc50fd40cc5e0a28bfc688785b3d984642bff84';
    expect(opened(text, { timestamp: '1609073151', nonce: 'n0nce-1', signature })).toEqual({
      kind: 'event',
      envelope: {
        eventId: '5e3702a84e847582be8db7fb73283c02',
        type: 'im.message.receive_v1',
        createdAt: new Date(1_608_725_989_000),
        appId: credentials.appId,
        tenantKey: '2ca1d211f64f6438',
        token: 'v_token_1',
        event: { message: { content: '{"text":"你好 😀"}' } },
      },
    });
  });

  it('of the old schema has its id and type elsewhere', () => {
    expect(opened(body(fixture('old-schema-p2p-created')))).toMatchObject({
      kind: 'event',
      envelope: {
        eventId: 'bc447199585340d1f3728d26b1c0297a',
        type: 'p2p_chat_create',
        createdAt: new Date(1_502_199_207_717),
        tenantKey: '2ca1d211f64f6438',
      },
    });
  });

  it('that asks for the challenge needs no signature, but the key and the token', () => {
    expect(opened(body(challenge), unsigned)).toEqual({ kind: 'challenge', challenge: 'ajls384kdjx98XX' });
    expect(opened(body(challenge))).toEqual({ kind: 'challenge', challenge: 'ajls384kdjx98XX' });
    const wrongToken = body({ ...challenge, token: 'v_token_2' });
    expect(opened(wrongToken, unsigned)).toMatchObject({ kind: 'refused', status: 401 });
    expect(opened(wrongToken)).toMatchObject({ kind: 'refused', status: 401 });
    expect(opened(JSON.stringify(challenge), unsigned)).toMatchObject({ kind: 'refused', status: 401 });
    const otherKey = JSON.stringify({ encrypt: encrypt(JSON.stringify(challenge), 'another key') });
    expect(opened(otherKey, unsigned)).toMatchObject({ kind: 'refused', status: 401 });
    expect(opened(body(challenge), { ...unsigned, signature: 'f'.repeat(64) })).toMatchObject({ status: 401 });
  });

  it.each([
    ['a real event', fixture('message-private-text')],
    ['a real event that says it is a challenge', { ...fixture('message-private-text'), ...challenge }],
    ['an old event that says it is a challenge', { ...fixture('old-schema-p2p-created'), ...challenge }],
    ['a challenge of another type', { ...challenge, type: 'event_callback' }],
    ['a challenge without a question', { token: challenge.token, type: challenge.type }],
    ['an endless challenge', { ...challenge, challenge: 'x'.repeat(5000) }],
  ])('that is unsigned and holds %s is refused', (_, plain) => {
    expect(opened(body(plain), unsigned)).toMatchObject({ kind: 'refused', status: 401 });
  });

  it.each([
    ['plain although a key is set', JSON.stringify(fixture('menu')), 400],
    ['not JSON', '{"encrypt":', 400],
    ['not an object', '"encrypt"', 400],
    ['null', 'null', 400],
    ['undecipherable', '{"encrypt":"AAAA"}', 400],
    ['empty', '', 400],
    ['no envelope', body({ hello: 'world' }), 400],
    ['with another token', body({ ...fixture('menu'), header: { ...fixture('menu').header, token: 'v' } }), 401],
    ['without a token', body({ ...fixture('menu'), header: { ...fixture('menu').header, token: undefined } }), 401],
    ['of another app', body({ ...fixture('menu'), header: { ...fixture('menu').header, app_id: 'cli_other' } }), 401],
    [
      'of another app in the old schema',
      body({ ...fixture('old-schema-p2p-created'), event: { type: 'x', app_id: 'cli_other' } }),
      401,
    ],
  ])('that is signed but %s is refused', (_, text, status) => {
    expect(opened(text)).toMatchObject({ kind: 'refused', status });
  });

  it('that is not UTF-8 is refused, signed or not', () => {
    const broken = Buffer.concat([bytes('{"encrypt":"'), Buffer.from([0xe4, 0xbd]), bytes('"}')]);
    const signature = sign('1609073151', 'n', broken);
    expect(open(broken, { timestamp: '1609073151', nonce: 'n', signature }, credentials, now)).toMatchObject({
      status: 400,
    });
    expect(open(broken, unsigned, credentials, now)).toMatchObject({ status: 400 });
  });
});

describe('a moment', () => {
  it.each([
    ['seconds', 1_669_364_458, '2022-11-25T08:20:58.000Z'],
    ['seconds as text', '1669364458', '2022-11-25T08:20:58.000Z'],
    ['seconds with a fraction', '1502199207.7171419', '2017-08-08T13:33:27.717Z'],
    ['milliseconds', '1608725989000', '2020-12-23T12:19:49.000Z'],
    ['microseconds', '1603977298000000', '2020-10-29T13:14:58.000Z'],
  ])('in %s', (_, given, expected) => {
    expect(momentOf(given).toISOString()).toBe(expected);
  });
});
