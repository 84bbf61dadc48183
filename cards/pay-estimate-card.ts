import { formatYuan } from '#domain/money';
import type { Warning } from '#domain/pay/context';
import type { OpenLine } from '#domain/pay/partial';
import type { PayProblem } from '#domain/pay/problem';
import type { Settlement } from '#domain/pay/settle';
import { say } from '#domain/text';
import { asks, button, type Card, card, divider, does, figures, note, panel, row, text } from './kit.ts';
import { md } from './markup.ts';
import { clip, openLines, payLines, visibleWarnings, warningLines } from './pay-parts.ts';
import { both } from './words.ts';

export interface EstimateView {
  person: { name: string; openId: string };
  month: string;
  today: string;
  /** Somebody else looks at it. */
  other: boolean;
  settlement: Settlement | undefined;
  open: readonly OpenLine[];
  problems: readonly PayProblem[];
  warnings: readonly Warning[];
  missed: readonly { clause: string; worthFen: bigint; text: { zh: string; en: string } }[];
  outlook:
    | {
        totalFen: bigint;
        orders: readonly { no: string; deliveryDate: string }[];
        assumesFullMarks: boolean;
        stillOpen: number;
      }
    | undefined;
  legal: boolean;
  /** The company has switched the take-home estimate on. */
  takeHome: boolean;
}

/** 工资预估: the facts so far, what is missing, and apart from them what the month could become. */
export function payEstimateCard(view: EstimateView): Card {
  const { person, month, today, other, settlement, open, problems, missed, outlook } = view;
  const whose = other ? { person: person.openId } : {};
  const partial = open.length > 0 || problems.length > 0;
  return card({
    title: say('工资预估', 'Pay estimate'),
    subtitle: month,
    tone: partial ? 'orange' : 'blue',
    personal: 'amounts',
    body: [
      other && text(both(() => md`**${person.name}**`)),
      settlement &&
        figures({
          label: partial
            ? say('目前能算出的', 'What can be computed so far')
            : say(`截至 ${today} 的合计`, `Total as of ${today}`),
          value: formatYuan(settlement.totalFen),
          colour: 'blue',
        }),
      ...(settlement ? payLines(settlement.lines) : []),
      ...(partial
        ? [
            divider(),
            text(say('还缺这些，补上才能算全：', 'These are missing; the rest follows once they are recorded:')),
            ...openLines(open, problems),
          ]
        : []),
      ...warningLines(visibleWarnings(view.warnings, view.legal)),
      missed.length > 0 &&
        panel(
          say('为什么没有更多', 'Why not more'),
          missed
            .slice(0, 6)
            .map(({ clause, worthFen, text: words }) =>
              text(both((t) => md`+${formatYuan(worthFen)}　${clause}　${clip(t(words), 160)}`)),
            ),
        ),
      outlook &&
        panel(
          say('展望（不算在上面）', 'Outlook (not part of the above)'),
          [
            text(
              both((_, locale) => {
                const ships = outlook.orders.map(({ no, deliveryDate }) => `${no}（${deliveryDate.slice(5)}）`);
                const named = clip(ships.join('、'), 160);
                const total = formatYuan(outlook.totalFen);
                if (locale === 'zh')
                  return md`如果${ships.length > 0 ? `本月到期的订单都出货：${named}` : ''}${outlook.assumesFullMarks ? `${ships.length > 0 ? '，并' : ''}按考核满分假设` : ''}，合计约 **${total}**`;
                return md`If ${ships.length > 0 ? `the orders due this month ship: ${named}` : ''}${outlook.assumesFullMarks ? `${ships.length > 0 ? ', and ' : ''}with full marks` : ''}, about **${total}**`;
              }),
            ),
            ...(outlook.stillOpen > 0
              ? [note(say(`仍有 ${outlook.stillOpen} 项算不出`, `${outlook.stillOpen} lines are open even then`))]
              : []),
          ],
          { expanded: true },
        ),
      row(
        button(say('为什么', 'Why'), does('pay why', { month, ...whose }), { look: 'primary_filled' }),
        button(say('如果……', 'What if'), asks('pay if', { month, ...whose })),
        button(say('图表', 'Charts'), does('pay chart', { month, ...whose })),
        view.takeHome && button(say('实发估算', 'Take-home'), does('pay net', { month, ...whose })),
        button(say('上月', 'Last month'), does('pay', { month: previous(month), ...whose })),
      ),
      note(
        say(
          '这是按目前登记的事实算出的预估，不是工资条；锁定后的工资条才算数。每次预估都会留底，锁定后与最终结果对照。',
          'An estimate from what is recorded so far, no payslip: only the locked payslip counts. Each estimate is kept and compared in the end.',
        ),
      ),
    ],
  });
}

function previous(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${`${number - 1}`.padStart(2, '0')}`;
}
