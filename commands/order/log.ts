import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { pageNumber } from '#bot/fields';
import { HAPPENINGS_A_PAGE, type Happening, orderLogCard } from '#cards/order-log-card';
import { changesOf, watchActsOf } from '#db/order-changes';
import { filesOf } from '#db/order-files';
import { wholeLogOf } from '#db/order-progress';
import { peopleByIds } from '#db/people';
import { isMoneyField } from '#domain/order/changes';
import { demandOrder, orderNoHere, seesMoney } from './access.ts';
import { theOrderOrDefault } from './fields.ts';

/** `/order log <no>`: everything that was recorded on an order (O3, O13), with old values. */
export const logOrder = defineCommand({
  name: 'order log',
  aliases: ['订单 历史', '订单 记录', '订单 日志'],
  summary: { zh: '订单历史：进度、变更、附件', en: 'history of an order: progress, changes, files' },
  example: { zh: '/订单 历史 SO-1001', en: '/order log SO-1001' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({
    order: theOrderOrDefault,
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { order: named, page: wanted = 1 }) {
    const order = await demandOrder(ctx.tx, await orderNoHere(ctx, named));
    const withMoney = await seesMoney(ctx, order);
    const [log, changes, files, acts] = [
      await wholeLogOf(ctx.tx, order.id),
      await changesOf(ctx.tx, order.id),
      await filesOf(ctx.tx, order.id),
      await watchActsOf(ctx.tx, order.id),
    ];
    const people = await peopleByIds(
      ctx.tx,
      [...log, ...changes, ...files, ...acts].map(({ by }) => by),
    );
    const name = (id: number) => people.get(id)?.name ?? '—';
    const all: Happening[] = [
      ...log.map(
        ({ undoes, stands, ...entry }): Happening => ({
          kind: 'progress',
          at: entry.saidAt,
          by: name(entry.by),
          entry,
          stands,
          undoes,
        }),
      ),
      ...changes
        .filter(({ field }) => withMoney || !isMoneyField(field))
        .map(
          ({ field, before, after, reason, saidAt, by }): Happening => ({
            kind: 'change',
            at: saidAt,
            by: name(by),
            change: { field, before, after },
            reason,
          }),
        ),
      ...files.map(
        (file): Happening => ({
          kind: 'file',
          at: file.at,
          by: name(file.by),
          name: file.name,
          isPhoto: file.kind === 'image',
          note: file.note,
        }),
      ),
      ...acts.map(({ at, by, act, until, note }): Happening => ({ kind: 'watch', at, by: name(by), act, until, note })),
      { kind: 'entered' as const, at: order.createdAt, by: '' },
    ].sort((a, b) => b.at.getTime() - a.at.getTime());
    const pages = Math.max(1, Math.ceil(all.length / HAPPENINGS_A_PAGE));
    const page = Math.min(wanted, pages);
    return {
      card: orderLogCard({
        no: order.no,
        happenings: all.slice((page - 1) * HAPPENINGS_A_PAGE, page * HAPPENINGS_A_PAGE),
        page,
        pages,
      }),
      subject: `order:${order.no}`,
    };
  },
});
