import { createBot } from '#bot/bot';
import { silent } from '#bot/log';
import { commands } from '#commands/index';
import { payEstimates } from '#db/tables/pay';
import { median, quantile, timed } from './measure.ts';
import { one, type Part, table, whole } from './part.ts';
import { seedPay } from './pay-seed.ts';

const PEOPLE = 100_000;
const ASKED = 200;
/** Found by running it. */
const MOST_RATIO = 300;

/** `/pay` by one person after the other, message to stored reply, with a million facts of a hundred thousand people beside theirs. */
export const estimatePart: Part = {
  name: 'estimate',
  title: 'One estimate',
  async run({ postgres, say }) {
    const { db, close } = await postgres('bench_estimate');
    say(`seeding the facts of ${whole(PEOPLE)} people`);
    await seedPay(db, PEOPLE);
    const now = new Date('2026-11-23T02:00:00Z');
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
    const ask = (n: number) => {
      const openId = `ou_pay${1 + ((n * 7_919) % PEOPLE)}`;
      const id = `bench-pay-${n}`;
      return bot.receive({
        ...{ kind: 'message', eventId: id, at: now, sender: { openId }, chat: { id: `oc_${openId}`, kind: 'private' } },
        ...{ messageId: `om_${id}`, text: '/pay', mentions: [], toBot: false, attachments: [], messageType: 'text' },
      });
    };
    for (let n = 0; n < 20; n++) await ask(n);
    const times: number[] = [];
    const bare: number[] = [];
    for (let n = 20; n < 20 + ASKED; n++) {
      times.push(await timed(() => ask(n)));
      bare.push(await timed(() => db.execute('select 1')));
    }
    const stored = await db.$count(payEstimates);
    await close();
    const ratio = median(times) / median(bare);
    return {
      lines: table(
        [`\`/pay\`, ${whole(ASKED)} people in turn, ${whole(PEOPLE * 10)} facts stored`, ''],
        [
          ['p50', `${one(median(times))} ms`],
          ['p95 (aim: under 300)', `${one(quantile(times, 0.95))} ms`],
          ['× the smallest query', one(ratio)],
        ],
      ),
      broken: [
        ...(stored < ASKED ? [`${stored} estimates stored of ${ASKED}`] : []),
        ...(ratio > MOST_RATIO ? [`an estimate: ${one(ratio)} × the smallest query, at most ${MOST_RATIO}`] : []),
      ],
    };
  },
};
