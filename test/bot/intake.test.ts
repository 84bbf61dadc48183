import { describe, expect, it, vi } from 'vitest';
import type { Answer, IncomingMessage } from '#bot/incoming';
import { databaseCode, isUnavailable, once } from '#bot/intake';
import { type Log, silent } from '#bot/log';
import type { Db } from '#db/client';
import { UserError } from '#domain/errors';

type Row = Record<string, unknown>;

vi.mock('#db/inbox', () => ({
  takeIn: (tx: { take(row: Row): unknown }, event: Row, outcome: string, receivedAt: Date, failed?: Row) =>
    Promise.resolve(tx.take({ ...event, receivedAt, outcome, ...failed })),
}));

vi.mock('#db/audit', () => ({
  recordAudit: async (tx: { note(row: Row): void }, entry: Row) => tx.note(entry),
}));

/** What would be stored: nothing of a transaction that threw. `known`: the fingerprint under which the event was taken before. */
function fakeDatabase({ known }: { known?: string } = {}) {
  const stored: Row[] = [];
  const audits: Row[] = [];
  const db = {
    async transaction(work: (tx: unknown) => Promise<unknown>) {
      const mine: Row[] = [];
      const tx = {
        take(row: Row) {
          if (known !== undefined) return known === row.fingerprint ? 'known' : 'altered';
          mine.push(row);
          return 'new';
        },
        note: (row: Row) => void audits.push(row),
      };
      const result = await work(tx);
      stored.push(...mine);
      return result;
    },
  };
  return { db: db as unknown as Db, stored, audits };
}

const message: IncomingMessage = {
  kind: 'message',
  eventId: 'e-1',
  at: new Date('2026-11-23T02:00:00Z'),
  sender: { openId: 'ou_chen' },
  chat: { id: 'oc_1', kind: 'group' },
  messageId: 'om_1',
  text: '/x',
  mentions: [],
  toBot: true,
  attachments: [],
  messageType: 'text',
};
const now = () => new Date('2026-11-23T02:00:01Z');
const answer = (zh: string): Answer => ({ toast: { tone: 'info', zh, en: zh } });
const fails = (error: unknown, times = Number.POSITIVE_INFINITY) => {
  const handling = {
    tries: 0,
    work: async () => {
      handling.tries += 1;
      if (handling.tries <= times) throw error;
      return answer('done');
    },
    refuse: async (_: Db, refused: UserError) => answer(refused.code),
    fail: async (_: Db, errorNo: string) => answer(errorNo),
  };
  return handling;
};
const coded = (code: string) => new Error('query', { cause: Object.assign(new Error('driver'), { code }) });
const logged = () => {
  const lines: [string, Record<string, unknown>, string][] = [];
  const write = (level: string) => (about: Record<string, unknown>, words: string) =>
    void lines.push([level, about, words]);
  return { lines, log: { ...silent, info: write('info'), warn: write('warn'), error: write('error') } as Log };
};

describe('an event from which nothing follows', () => {
  it('is taken without a transaction, and wakes nobody', async () => {
    const { db, stored } = fakeDatabase();
    const committed = vi.fn();
    const handling = { ...fails(0, 0), atOnce: async () => true };
    expect(await once({ db, now, log: silent, committed }, message, handling)).toEqual({});
    expect([handling.tries, stored, committed.mock.calls.length]).toEqual([0, [], 0]);
  });

  it('but came before, is looked at as any other', async () => {
    const { db, audits } = fakeDatabase({ known: 'another' });
    const committed = vi.fn();
    await once({ db, now, log: silent, committed }, message, { ...fails(0, 0), atOnce: async () => false });
    expect(audits).toMatchObject([{ command: 'inbox', outcome: 'refused' }]);
    expect(committed).toHaveBeenCalledOnce();
  });

  it('is delivered again when the database is away, and kept whole after a fault of ours', async () => {
    const { db, stored } = fakeDatabase();
    const lost = { ...fails(0, 0), atOnce: () => Promise.reject(coded('57P01')) };
    await expect(once({ db, now, log: silent }, message, lost)).rejects.toThrow();
    expect(stored).toEqual([]);
    const faulty = { ...fails(0, 0), atOnce: () => Promise.reject(new TypeError('x')) };
    await once({ db, now, log: silent }, message, faulty);
    expect(stored).toMatchObject([{ outcome: 'failed', payload: message }]);
  });
});

describe('an event that is new', () => {
  it('is stored as done, with what was said as its fingerprint', async () => {
    const { db, stored } = fakeDatabase();
    expect(await once({ db, now, log: silent }, message, fails(0, 0))).toEqual(answer('done'));
    expect(stored).toEqual([
      {
        eventId: 'e-1',
        kind: 'message',
        messageId: 'om_1',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        happenedAt: message.at,
        receivedAt: now(),
        outcome: 'done',
      },
    ]);
  });

  it('its fingerprint is of what was said, whoever delivers it when', async () => {
    const of = async (incoming: IncomingMessage) => {
      const { db, stored } = fakeDatabase();
      await once({ db, now, log: silent }, incoming, fails(0, 0));
      return stored[0]!.fingerprint;
    };
    const first = await of(message);
    expect(await of({ ...message, eventId: 'e-2', at: now() })).toBe(first);
    expect(await of({ ...message, text: '/y' })).not.toBe(first);
  });

  it('its fingerprint does not depend on the order of keys, as the database keeps none, but on that of lists', async () => {
    const of = async (incoming: IncomingMessage) => {
      const { db, stored } = fakeDatabase();
      await once({ db, now, log: silent }, incoming, fails(0, 0));
      return stored[0]!.fingerprint;
    };
    const [a, b] = [{ key: '@_user_1' }, { key: '@_user_2' }] as never[] as IncomingMessage['mentions'];
    const told = { ...message, mentions: [a!, b!] };
    const first = await of(told);
    const turned = Object.fromEntries(Object.entries(told).reverse()) as unknown as IncomingMessage;
    expect(await of(turned)).toBe(first);
    expect(await of({ ...turned, chat: { kind: 'group', id: 'oc_1' } })).toBe(first);
    expect(await of({ ...told, mentions: [b!, a!] })).not.toBe(first);
    expect(await of({ ...told, mentions: { 0: a, 1: b } as never })).not.toBe(first);
  });

  it('of another kind has no message to be known by', async () => {
    const { db, stored } = fakeDatabase();
    await once(
      { db, now, log: silent },
      { kind: 'menu', eventId: 'e-2', at: message.at, operator: { openId: 'ou_chen' }, key: 'help' },
      fails(0, 0),
    );
    expect(stored[0]).not.toHaveProperty('messageId');
  });
});

describe('an event that is known', () => {
  it('does nothing, and answers nothing unless there is something to answer again', async () => {
    const { db, stored, audits } = fakeDatabase();
    await once({ db, now, log: silent }, message, fails(0, 0));
    const again = fakeDatabase({ known: stored[0]!.fingerprint as string });
    const handling = fails(0, 0);
    expect(await once({ db: again.db, now, log: silent }, message, handling)).toEqual({});
    expect(handling.tries).toBe(0);
    expect(
      await once({ db: again.db, now, log: silent }, message, { ...handling, again: async () => answer('again') }),
    ).toEqual(answer('again'));
    expect([audits, again.audits]).toEqual([[], []]);
  });

  it('with other content is refused, on record and in the log', async () => {
    const { db, audits } = fakeDatabase({ known: 'other' });
    const { log, lines } = logged();
    expect(await once({ db, now, log }, message, fails(0, 0))).toEqual({});
    expect(audits).toEqual([
      expect.objectContaining({
        at: now(),
        actor: 'platform',
        via: 'message',
        command: 'inbox',
        subject: 'event:e-1',
        outcome: 'refused',
        eventId: 'e-1',
        messageId: 'om_1',
      }),
    ]);
    expect(lines).toEqual([
      ['warn', { eventId: 'e-1', kind: 'message' }, 'an event came again with other content: refused'],
    ]);
  });
});

describe('an event that cannot be carried out', () => {
  it('for what the person asked: stored as refused, and said', async () => {
    const { db, stored } = fakeDatabase();
    const { log, lines } = logged();
    expect(await once({ db, now, log }, message, fails(new UserError('denied.x', 'no')))).toEqual(answer('denied.x'));
    expect(stored).toMatchObject([{ outcome: 'refused' }]);
    expect(lines).toEqual([['info', { eventId: 'e-1', code: 'denied.x' }, 'refused']]);
  });

  it('for what the person asked, when somebody else has said so meanwhile: as known', async () => {
    const { db } = fakeDatabase({ known: 'other' });
    let calls = 0;
    const flaky = {
      async transaction(work: (tx: Db) => Promise<Answer>): Promise<Answer> {
        calls += 1;
        if (calls === 1) throw new UserError('denied.x', 'no');
        return db.transaction((tx) => work(tx as unknown as Db));
      },
    };
    const handling = { ...fails(0), again: async () => answer('again') };
    expect(await once({ db: flaky as unknown as Db, now, log: silent }, message, handling)).toEqual(answer('again'));
  });

  it.each(['40001', '40P01'])('for a passing conflict (%s): at once again, three times in all', async (code) => {
    const { db, stored } = fakeDatabase();
    const handling = fails(coded(code), 2);
    expect(await once({ db, now, log: silent }, message, handling)).toEqual(answer('done'));
    expect([handling.tries, stored.length]).toEqual([3, 1]);
    const hopeless = fails(coded(code));
    await expect(once({ db, now, log: silent }, message, hopeless)).rejects.toThrow();
    expect(hopeless.tries).toBe(3);
  });

  it('for a database that is away: not stored, so that it is delivered again', async () => {
    const { db, stored } = fakeDatabase();
    const handling = fails(coded('57P01'));
    await expect(once({ db, now, log: silent }, message, handling)).rejects.toThrow();
    expect([handling.tries, stored]).toEqual([1, []]);
  });

  it('for a fault of ours: kept whole under a number, and said', async () => {
    const { db, stored } = fakeDatabase();
    const { log, lines } = logged();
    const said = await once({ db, now, log }, message, fails(new TypeError('x is not a function')));
    const errorNo = said.toast!.zh;
    expect(errorNo).toMatch(/^[0-9A-F]{4}$/);
    expect(stored).toMatchObject([{ outcome: 'failed', payload: message, errorNo }]);
    expect(lines).toMatchObject([['error', { eventId: 'e-1', errorNo }, 'an event could not be carried out']]);
  });

  it('for a fault of ours, when somebody else has carried it out meanwhile: as known', async () => {
    const { db } = fakeDatabase({ known: 'other' });
    const failing = { ...fails(0), again: async () => answer('again') };
    let calls = 0;
    const flaky = {
      async transaction(work: (tx: Db) => Promise<Answer>): Promise<Answer> {
        calls += 1;
        if (calls === 1) throw new TypeError('x');
        return db.transaction((tx) => work(tx as unknown as Db));
      },
    };
    expect(await once({ db: flaky as unknown as Db, now, log: silent }, message, failing)).toEqual(answer('again'));
  });
});

describe('what the database says', () => {
  it('is found however deep it is wrapped', () => {
    expect(databaseCode(coded('23505'))).toBe('23505');
    expect(databaseCode(coded('XX000'))).toBe('XX000');
    expect(databaseCode(Object.assign(new Error(), { code: '40001' }))).toBe('40001');
    for (const none of [
      undefined,
      new Error(),
      coded('ECONNRESET'),
      coded('235050'),
      coded('23505x'),
      Object.assign(new Error(), { code: 23505 }),
    ])
      expect(databaseCode(none)).toBeUndefined();
  });

  it.each(['08006', '53300', '57P01', '58030', '25006', '55P03', '40001'])('%s: away for now', (code) => {
    expect(isUnavailable(coded(code))).toBe(true);
  });

  it.each(['23505', '42P01', '22P02', '25001', '55000', '10800', '15300', '14000'])('%s: not away', (code) => {
    expect(isUnavailable(coded(code))).toBe(false);
  });

  it.each([
    'CONNECT_TIMEOUT',
    'CONNECTION_CLOSED',
    'CONNECTION_ENDED',
    'ECONNRESET',
    'ECONNREFUSED',
    'ETIMEDOUT',
    'EPIPE',
    'ENOTFOUND',
  ])('%s: away for now', (code) => {
    expect(isUnavailable(coded(code))).toBe(true);
  });

  it.each(['ENOENT', 'XECONN', 'EACCES'])('%s: not away', (code) => {
    expect(isUnavailable(coded(code))).toBe(false);
    expect(isUnavailable(Object.assign(new Error(), { code: 7 }))).toBe(false);
    expect(isUnavailable(undefined)).toBe(false);
  });
});
