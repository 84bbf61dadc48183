import type { Order, Progress } from '#domain/order/order';
import type { StageState } from '#domain/order/progress';
import { type Worry, worryText } from '#domain/order/risk';
import { stageLabel } from '#domain/order/stages';
import { quantityText } from '#domain/order/unit';
import { join, say, type Text } from '#domain/text';
import { button, type Card, card, columns, does, row, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { entryText, when } from './order-entry.ts';
import { both, lines } from './words.ts';

export interface HandoverView {
  id: number;
  order: Order;
  from: string;
  to: string;
  note: string;
  /** Who signed for the giver, and when each did. */
  given?: { by: string; at: Date } | undefined;
  taken?: { at: Date } | undefined;
  ended: boolean;
  states: StageState[];
  worries: Worry[];
  log: Progress[];
  files: number;
  /** What waits for a decision above. */
  requests: string[];
  /** What is open on samples, materials, complaints, payments …: what it is, where it stands, by when; never an amount. */
  records: { title: Text; state: Text; due: string | null; isLate: boolean }[];
  /** Documents that are still missing. */
  missing: Text[];
}

/** How many open things one card names. */
const OPEN_SHOWN = 15;

/** 订单交接单: all that is open on the order; both sign on it, and only then it changes hands. */
export function handoverCard(view: HandoverView): Card {
  const { id, order, from, to, note, given, taken, ended, states, worries, log, files, requests, records, missing } =
    view;
  const open = states.filter(({ actual }) => actual === undefined);
  const isDone = given !== undefined && taken !== undefined;
  const signature = (label: Text, name: string, at: Date | undefined, by?: string): ReturnType<typeof text> =>
    text(
      both((t) =>
        lines(
          coloured('grey', md`${t(label)}`),
          md`${name}${by && by !== name ? t(say(`（${by} 代）`, ` (by ${by})`)) : ''}`,
          at ? new Markup(`✍️ ${when(at, 'date_short').source}`) : coloured('orange', t(say('待签字', 'to sign'))),
        ),
      ),
    );
  return card({
    title: say(`订单交接 ${order.no}`, `Hand-over of ${order.no}`),
    subtitle: [order.customer, order.style].filter(Boolean).join(' · '),
    tone: ended ? 'grey' : isDone ? 'green' : 'violet',
    tags: ended
      ? [{ text: say('已作废', 'withdrawn'), colour: 'grey' }]
      : isDone
        ? [{ text: say('已交接', 'handed over'), colour: 'green' }]
        : [{ text: say('待双方签字', 'to be signed'), colour: 'orange' }],
    body: [
      columns(
        [signature(say('交出', 'Gives'), from, given?.at, given?.by)],
        [signature(say('接收', 'Takes'), to, taken?.at)],
      ),
      text(
        both(
          (t) =>
            new Markup(
              [
                md`**${t(say('货期', 'Delivery'))}** ${order.deliveryDate} · ${t(quantityText(order.qty, order.unit))} · ${order.factory ?? '—'}`
                  .source,
                ...worries
                  .slice(0, 4)
                  .map((worry) => coloured('orange', `⏰ ${t(worryText(worry, order.unit))}`).source),
                md`**${t(say(`没做完的工序 ${open.length} 道`, `${open.length} stages to do`))}**`.source,
                ...open.map(
                  ({ stage, planned, done }) =>
                    md`- ${t(join([stageLabel(stage), done === undefined ? '' : ` ${done}/${order.qty}`, planned === null ? '' : say(` 计划 ${planned.slice(5)}`, ` planned ${planned.slice(5)}`)]))}`
                      .source,
                ),
                ...requests.map((why) => md`- ${t(say('等上级决定：', 'waits for a decision: '))}${why}`.source),
              ].join('\n'),
            ),
        ),
      ),
      (records.length > 0 || missing.length > 0) &&
        text(
          both(
            (t) =>
              new Markup(
                [
                  md`**${t(say(`没办完的事 ${records.length} 件`, `${records.length} things open`))}**`.source,
                  ...records
                    .slice(0, OPEN_SHOWN)
                    .map(
                      ({ title, state, due, isLate }) =>
                        md`- ${t(title)}：${t(state)}${due === null ? '' : coloured(isLate ? 'red' : 'grey', t(say(` 期限 ${due}`, ` due ${due}`)))}`
                          .source,
                    ),
                  ...(records.length > OPEN_SHOWN
                    ? [
                        `- ${t(say(`……另有 ${records.length - OPEN_SHOWN} 件`, `… and ${records.length - OPEN_SHOWN} more`))}`,
                      ]
                    : []),
                  ...(missing.length > 0
                    ? [md`- ${t(say('还缺单证：', 'documents missing: '))}${t(join(missing, say('、', ', ')))}`.source]
                    : []),
                ].join('\n'),
              ),
          ),
        ),
      order.special !== '' && text(both((t) => md`⚠️ ${t(say('特殊要求：', 'Special: '))}${order.special}`)),
      log.length > 0 &&
        text(
          both(
            (t) =>
              new Markup(
                [
                  md`**${t(say('最近记录', 'Latest entries'))}** ${t(say(`附件 ${files} 个`, `${files} files`))}`
                    .source,
                  ...log
                    .slice(0, 5)
                    .map((entry) => `- ${when(entry.saidAt).source} ${md`${t(entryText(entry, 80))}`.source}`),
                ].join('\n'),
              ),
          ),
          { size: 'notation' },
        ),
      note !== '' && text(both((t) => md`${t(say('说明：', 'Note: '))}${note}`)),
      row(
        !isDone &&
          !ended &&
          button(say('签字', 'Sign'), does('order sign', { handover: id }), { look: 'primary_filled' }),
        !isDone &&
          !ended &&
          button(say('作废', 'Withdraw'), does('order unsign', { handover: id }), { look: 'danger' }),
        button(say('查看订单', 'Open order'), does('order show', { order: order.no })),
      ),
    ],
  });
}
