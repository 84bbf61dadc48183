import type { IsoDate } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import type { DeclarationReward, LadderHit, YearRow } from '#domain/pay/yearly';
import { inLocale, type Locale, say, type Text } from '#domain/text';
import { button, type Card, card, divider, does, figures, note, panel, row, table, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip, money } from './pay-parts.ts';
import { both } from './words.ts';

export interface PayYearView {
  person: { name: string; openId: string };
  year: string;
  other: boolean;
  months: readonly { month: string; totalFen: bigint; locked: boolean }[];
  reward:
    | {
        declarations: readonly DeclarationReward[];
        takenBack: readonly DeclarationReward[];
        hits: readonly LadderHit[];
        faultCount: number;
        earnedFen: bigint;
        payBy: IsoDate;
        newYear: IsoDate;
        ladder: readonly Text[];
      }
    | undefined;
  bonus: { lost: boolean; because: readonly { month: string; lineId: string }[] } | undefined;
}

const LOST_SHOWN = 20;
const statusLabel: Record<DeclarationReward['status'], Text> = {
  earned: say('有效', 'earned'),
  probation: say('试用期', 'probation'),
  lost: say('取消', 'lost'),
};

/** How the date comes about, so that anybody can check it in an almanac. */
const dueWords = (payBy: IsoDate, newYear: IsoDate): Text =>
  say(
    `最晚 ${payBy} 发放（${newYear} 是农历正月初一，前一天为止）`,
    `To be paid by ${payBy}, the day before the lunar new year (${newYear})`,
  );

/** 年度: what is paid once a year, what has become of it, and what stands against it. */
export function payYearCard({ person, year, other, months, reward, bonus }: PayYearView): Card {
  const whose = other ? { person: person.openId } : {};
  const totalFen = months.reduce((sum, each) => sum + each.totalFen, 0n);
  const lost = reward?.declarations.filter(({ status }) => status !== 'earned') ?? [];
  return card({
    title: say('年度工资', 'The year'),
    subtitle: year,
    tone: bonus?.lost || (reward?.hits.length ?? 0) > 0 ? 'orange' : 'blue',
    personal: 'amounts',
    body: [
      other && text(both(() => md`**${person.name}**`)),
      figures(
        { label: say('各月合计', 'Months together'), value: formatYuan(totalFen), colour: 'blue' },
        ...(reward
          ? [
              {
                label: say('年度奖励累计', 'Yearly reward so far'),
                value: formatYuan(reward.earnedFen),
                colour: 'green' as const,
              },
            ]
          : []),
      ),
      reward && text(dueWords(reward.payBy, reward.newYear)),
      reward &&
        text(
          say(
            `报关单 ${reward.declarations.length} 票，有效 ${reward.declarations.length - lost.length} 票；本年差错 ${reward.faultCount} 次。`,
            `${reward.declarations.length} declarations, ${reward.declarations.length - lost.length} earned; ${reward.faultCount} faults this year.`,
          ),
        ),
      ...(reward?.ladder ?? []).map((words) => note(both((t) => md`${t(words)}`))),
      reward &&
        lost.length > 0 &&
        panel(say(`没有奖励的报关单 ${lost.length}`, `Declarations without a reward: ${lost.length}`), [
          ...lost
            .slice(0, LOST_SHOWN)
            .map(({ declaration, status, clause, reason }) =>
              text(
                both(
                  (t) =>
                    md`${declaration.date} ${declaration.no} ${t(statusLabel[status])} ${coloured('grey', `${clause ?? ''} ${clip(t(reason), 120)}`)}`,
                ),
              ),
            ),
          ...(lost.length > LOST_SHOWN
            ? [note(say(`……还有 ${lost.length - LOST_SHOWN} 票`, `… and ${lost.length - LOST_SHOWN} more`))]
            : []),
        ]),
      reward &&
        reward.takenBack.length > 0 &&
        note(
          say(
            `以前年度已发、因今年差错扣回的 ${reward.takenBack.length} 票`,
            `${reward.takenBack.length} rewards of an earlier year are taken back`,
          ),
        ),
      bonus && divider(),
      bonus &&
        text(
          bonus.lost
            ? say(
                `⚠️ 年终奖：按制度取消，由人决定（${bonus.because.map(({ month, lineId }) => `${month} ${lineId}`).join('、')}）`,
                `⚠️ Year-end bonus: lost under the scheme, a person decides (${bonus.because.map(({ month, lineId }) => `${month} ${lineId}`).join(', ')})`,
              )
            : say('✅ 年终奖：目前没有取消的事由', '✅ Year-end bonus: nothing stands against it so far'),
        ),
      bonus?.lost &&
        row(
          ...bonus.because.slice(0, 3).map(({ month, lineId }) =>
            button(say(`${month} 为什么`, `Why ${month}`), does('pay why', { month, line: lineId, ...whose }), {
              size: 'small',
            }),
          ),
        ),
      divider(),
      ...months.map(({ month, totalFen: fen, locked }) =>
        text(
          both(
            (t) =>
              md`${month} ${money(fen)} ${coloured('grey', t(locked ? say('已锁定', 'locked') : say('预估', 'estimate')))}`,
          ),
        ),
      ),
      row(
        button(say('图表', 'Charts'), does('pay chart', { month: months.at(-1)?.month, ...whose }), {
          look: 'primary_filled',
        }),
        button(say('上一年', 'Year before'), does('pay year', { year: `${Number(year) - 1}`, ...whose }), {
          size: 'small',
        }),
      ),
    ],
  });
}

export interface PayYearOverview {
  year: string;
  month: string;
  payBy: IsoDate | undefined;
  newYear: IsoDate | undefined;
  rows: readonly YearRow[];

  locale: Locale;
}

const SHOWN = 60;

/** For finance and HR: what is due before the lunar new year, and whose year-end bonus is in question. */
export function payYearOverviewCard({ year, month, payBy, newYear, rows, locale }: PayYearOverview): Card {
  const t = (words: Text) => inLocale(words, locale);
  const due = rows.filter(({ paid }) => !paid);
  const lost = rows.filter(({ bonusLost }) => bonusLost.length > 0);
  return card({
    title: say('年度奖励总览', 'Yearly rewards'),
    subtitle: year,
    tone: rows.some(({ incomplete }) => incomplete) ? 'orange' : 'blue',
    personal: 'amounts',
    wide: true,
    body: [
      figures(
        { label: say('人数', 'People'), value: `${rows.length}` },
        {
          label: say('待发奖励', 'Rewards to pay'),
          value: formatYuan(due.reduce((sum, { earnedFen }) => sum + earnedFen, 0n)),
          colour: 'blue',
        },
        {
          label: say('年终奖待定', 'Bonus in question'),
          value: `${lost.length}`,
          colour: lost.length > 0 ? 'red' : 'grey',
        },
      ),
      payBy !== undefined && newYear !== undefined && text(dueWords(payBy, newYear)),
      note(say(`截至 ${month}，按目前登记的事实。`, `Up to ${month}, from what is recorded so far.`)),
      rows.length > 0 &&
        table(
          locale,
          [
            { name: 'name', label: say('姓名', 'Name') },
            { name: 'declarations', label: say('报关单', 'Declarations'), type: 'number' },
            { name: 'faults', label: say('差错', 'Faults'), type: 'number' },
            { name: 'earned', label: say('奖励', 'Reward'), align: 'right' },
            { name: 'state', label: say('状态', 'State') },
            { name: 'bonus', label: say('年终奖', 'Bonus') },
          ],
          rows.slice(0, SHOWN).map((each) => ({
            name: each.name,
            declarations: each.declarations,
            faults: each.faults,
            earned: formatYuan(each.earnedFen),
            state: [
              each.incomplete && t(say('事实不全', 'facts are missing')),
              each.paid && t(say('已结算', 'settled')),
              each.flagged && t(say('已通知人事与主管', 'HR and manager told')),
            ]
              .filter(Boolean)
              .join('、'),
            bonus: each.bonusLost.map(({ month: when, lineId }) => `${when} ${lineId}`).join('、'),
          })),
        ),
      rows.length > SHOWN && note(say(`只列出前 ${SHOWN} 人。`, `The first ${SHOWN}.`)),
      rows.length === 0 && note(say('没有人的方案有年度项目。', 'Nobody is under a scheme with yearly items.')),
    ],
  });
}
