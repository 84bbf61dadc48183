import { formatYuan } from '#domain/money';
import type { WhatIf } from '#domain/pay/what-if';
import { join, say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, figures, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip, money } from './pay-parts.ts';
import { both } from './words.ts';

export interface PayIfView {
  person: { name: string; openId: string };
  month: string;
  other: boolean;
  what: readonly Text[];
  result: Pick<WhatIf, 'differences' | 'deltaFen'> & { beforeFen: bigint; afterFen: bigint };
  partial: boolean;
  /** The yearly reward so far, where one adds up: it is paid later, so the month's total does not show it. */
  yearly: { beforeFen: bigint; afterFen: bigint; payBy: string } | undefined;
}

/** 如果……: the month as it is and as it would be. Nothing is stored. */
export function payIfCard({ person, month, other, what, result, partial, yearly }: PayIfView): Card {
  const whose = other ? { person: person.openId } : {};
  const { deltaFen } = result;
  return card({
    title: say('如果……', 'What if'),
    subtitle: month,
    personal: 'amounts',
    body: [
      other && text(both(() => md`**${person.name}**`)),
      text(both((t) => md`${t(say('如果 ', 'If '))}${clip(t(join([...what], say('，', ', '))), 400)}`)),
      figures(
        { label: say('现在', 'Now'), value: formatYuan(result.beforeFen) },
        { label: say('如果这样', 'Then'), value: formatYuan(result.afterFen), colour: deltaFen < 0n ? 'red' : 'green' },
      ),
      text(
        both(
          (t) =>
            md`${t(say('相差', 'Difference'))} ${deltaFen >= 0n ? coloured('green', `+${formatYuan(deltaFen)}`) : coloured('red', formatYuan(deltaFen))}`,
        ),
      ),
      ...result.differences
        .slice(0, 12)
        .map(({ label, clause, beforeFen, afterFen }) =>
          text(both((t) => md`${t(label)} ${coloured('grey', clause)}：${formatYuan(beforeFen)} → ${money(afterFen)}`)),
        ),
      yearly &&
        yearly.beforeFen !== yearly.afterFen &&
        text(
          both(
            (t) =>
              md`${t(say('年度奖励累计', 'Yearly reward so far'))}：${formatYuan(yearly.beforeFen)} → ${money(yearly.afterFen)} ${coloured('grey', t(say(`最晚 ${yearly.payBy} 发放`, `paid by ${yearly.payBy}`)))}`,
          ),
        ),
      result.differences.length === 0 &&
        yearly?.beforeFen === yearly?.afterFen &&
        note(say('没有变化。', 'Nothing changes.')),
      partial && note(say('有的项目还缺事实，没有算在内。', 'Some lines lack facts and are not part of this.')),
      row(
        button(say('换一个假设', 'Another'), asks('pay if', { month, ...whose })),
        button(say('返回', 'Back'), does('pay', { month, ...whose }), { size: 'small' }),
      ),
      note(say('只是试算，什么都没有改。', 'Only a calculation; nothing was changed.')),
    ],
  });
}
