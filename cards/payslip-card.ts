import { formatYuan } from '#domain/money';
import type { Warning } from '#domain/pay/context';
import type { Settlement } from '#domain/pay/settle';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, does, figures, note, panel, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip, payLines, visibleWarnings, warningLines } from './pay-parts.ts';
import { both } from './words.ts';

export interface PayslipView {
  person: { name: string; openId: string };
  month: string;
  other: boolean;
  settlement: Settlement;
  warnings: readonly Warning[];
  legal: boolean;
  paid: boolean;
  answer: { answer: 'confirmed' | 'objected'; words: string } | undefined;
  /** Last day for an objection; undefined when it may not be answered (any more, or by this viewer). */
  answerBy: string | undefined;
  /** The last estimate before, and what came out differently. */
  estimated:
    | {
        /** The business day on which it was told. */
        day: string;
        totalFen: bigint;
        partial: boolean;
        differences: readonly { clause: string; label: Text; beforeFen: bigint; afterFen: bigint }[];
      }
    | undefined;
  /** The company has switched the take-home estimate on. */
  takeHome?: boolean;
  news?: Text;
}

/** 工资条: the locked settlement of a month. It can be added up by hand. */
export function payslipCard(view: PayslipView): Card {
  const { person, month, other, settlement, estimated, answer, answerBy } = view;
  const whose = other ? { person: person.openId } : {};
  return card({
    title: say('工资条', 'Payslip'),
    subtitle: month,
    tone: answer?.answer === 'objected' ? 'orange' : 'green',
    tags: view.paid ? [{ text: say('已发放', 'paid'), colour: 'green' }] : [],
    personal: 'amounts',
    body: [
      view.news !== undefined && text(both((t) => md`✅ ${t(view.news!)}`)),
      other && text(both(() => md`**${person.name}**`)),
      figures({ label: say('应发合计', 'Total'), value: formatYuan(settlement.totalFen), colour: 'green' }),
      ...payLines(settlement.lines),
      ...warningLines(visibleWarnings(view.warnings, view.legal)),
      estimated &&
        panel(say('预估与最终', 'Estimate and final'), [
          text(
            both((_, locale) =>
              locale === 'zh'
                ? md`${estimated.day} 预估 ${formatYuan(estimated.totalFen)}${estimated.partial ? '（未算全）' : ''}，最终 **${formatYuan(settlement.totalFen)}**`
                : md`estimated ${formatYuan(estimated.totalFen)}${estimated.partial ? ' (in part)' : ''} on ${estimated.day}, final **${formatYuan(settlement.totalFen)}**`,
            ),
          ),
          ...estimated.differences.slice(0, 8).map(({ clause, label, beforeFen, afterFen }) => {
            const because = settlement.lines.find((line) => line.clause === clause)?.formula;
            return text(
              both(
                (t) =>
                  md`${t(label)}：${formatYuan(beforeFen)} → ${formatYuan(afterFen)}${because ? coloured('grey', `（${clip(t(because), 90)}）`) : ''}`,
              ),
            );
          }),
        ]),
      divider(),
      answer &&
        text(
          both((t) =>
            answer.answer === 'confirmed'
              ? md`${t(say('✅ 你已确认', '✅ Confirmed'))}`
              : md`${t(say('📝 已提出异议：', '📝 Objected: '))}${clip(answer.words, 300)}`,
          ),
        ),
      row(
        answerBy !== undefined &&
          button(say('确认无误', 'Confirm'), does('pay confirm', { month }), { look: 'primary_filled' }),
        answerBy !== undefined && button(say('有异议', 'Object'), asks('pay object', { month })),
        button(say('为什么', 'Why'), does('pay why', { month, ...whose })),
        button(say('图表', 'Charts'), does('pay chart', { month, ...whose })),
        view.takeHome && button(say('实发估算', 'Take-home'), does('pay net', { month, ...whose })),
      ),
      answerBy !== undefined &&
        note(say(`请在 ${answerBy} 前确认或提出异议。`, `Please confirm or object by ${answerBy}.`)),
    ],
  });
}
