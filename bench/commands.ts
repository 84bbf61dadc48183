import { and, asc, eq } from 'drizzle-orm';
import { createBot } from '#bot/bot';
import { silent } from '#bot/log';
import { commands } from '#commands/index';
import { type Db, openEmbedded } from '#db/client';
import { orders } from '#db/schema';
import { interleaved, median } from './measure.ts';
import { one, type Part, table } from './part.ts';
import { ORDERS, type Seeded, seed } from './seed.ts';

const now = new Date('2026-11-23T02:00:00Z');
const ROUNDS = 20;
/** Found by running it; beyond it something has become slower in kind, not in degree. */
const MOST_RATIO = 100;

export interface CommandResult {
  line: string;
  ms: number;
  /** How often the time of the bare query. */
  ratio: number;
}

/** A command from the event to its durable answer, next to the least query that it could be made of, in the same rounds. */
export async function benchCommands(db: Db, { merchandiser, manager }: Seeded): Promise<CommandResult[]> {
  const bot = createBot({
    db,
    commands,
    now: () => now,
    zone: 'Asia/Shanghai',
    locale: 'zh',
    log: silent,
    botOpenId: () => 'ou_bot',
    onCommitted() {},
    async onFile() {},
    async onPerson() {},
  });
  let events = 0;
  const ask = (openId: string, text: string) => () => {
    const eventId = `bench-ask-${++events}`;
    return bot.receive({
      kind: 'message',
      eventId,
      at: now,
      sender: { openId },
      chat: { id: `oc_${openId}`, kind: 'private' },
      messageId: `om_${eventId}`,
      text,
      mentions: [],
      toBot: false,
      attachments: [],
      messageType: 'text',
    });
  };
  const own = and(eq(orders.merchandiserId, merchandiser.id), eq(orders.status, 'open'));
  const listQuery = () =>
    db.select().from(orders).where(own).orderBy(asc(orders.deliveryDate), asc(orders.id)).limit(8);
  const showQuery = () =>
    db
      .select()
      .from(orders)
      .where(eq(orders.no, `SO-${ORDERS / 2 + 1}`));
  const lines: [string, string, () => Promise<unknown>][] = [
    ['/order show SO-50001', merchandiser.openId, showQuery],
    ['/order list', merchandiser.openId, listQuery],
    ['/order list overdue', manager.openId, listQuery],
    ['/order list all', manager.openId, listQuery],
    ['/order list stage=sewing', manager.openId, listQuery],
    ['/order list customer=客户77', manager.openId, listQuery],
    ['/order list text=A118', manager.openId, listQuery],
    ['/order list text=没有这个词', manager.openId, listQuery],
    ['/order update SO-201 sewing +1pcs', merchandiser.openId, showQuery],
    ['/whoami', merchandiser.openId, showQuery],
  ];
  const results: CommandResult[] = [];
  for (const [line, openId, query] of lines) {
    const times = await interleaved({ command: ask(openId, line), query }, ROUNDS);
    results.push({ line, ms: median(times.command), ratio: median(times.command) / median(times.query) });
  }
  return results;
}

/** Every kind of look-up, at 100,000 orders, on both databases. */
export const commandsPart: Part = {
  name: 'commands',
  title: 'Commands at 100,000 orders',
  async run({ postgres, say }) {
    const onPostgres = await postgres('bench_commands');
    const first = await benchCommands(onPostgres.db, await seed(onPostgres.db));
    await onPostgres.close();
    say('the same on the embedded database');
    const embedded = await openEmbedded();
    const second = await benchCommands(embedded.db, await seed(embedded.db));
    await embedded.close();
    const broken = [...first, ...second].flatMap(({ line, ratio }) =>
      ratio > MOST_RATIO ? [`${line}: ${one(ratio)} × a bare query, at most ${MOST_RATIO}`] : [],
    );
    const rows = first.map(({ line, ms, ratio }, i) => {
      const other = second[i]!;
      return [`\`${line}\``, one(ms), one(ratio), one(other.ms), one(other.ratio)];
    });
    return {
      lines: table(['command', 'PostgreSQL, ms', '× bare query', 'embedded, ms', '× bare query'], rows),
      broken,
    };
  },
};
