import { formatYuan } from '#domain/money';
import { contributionSchemes } from '#domain/pay/contributions';
import type { TakeHomeEstimate, TakeHomeTerms } from '#domain/pay/take-home';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, does, figures, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { money } from './pay-parts.ts';
import { both } from './words.ts';

export interface PayNetView {
  person: { name: string; openId: string };
  month: string;
  other: boolean;
  locked: boolean;
  partial: boolean;
  estimate: TakeHomeEstimate;
  terms: TakeHomeTerms;
  news?: Text;
}

export const basicLabel: Record<TakeHomeTerms['basic'], Text> = {
  employed: say('按在本公司任职月数', '5,000 for each month here'),
  'from-january': say('当年首次就业，从 1 月起算', 'first job of the year: since January'),
  'whole-year': say('上年不足 6 万元，一次扣足 60,000', 'low income last year: 60,000 at once'),
};
export const bonusTaxLabel: Record<'apart' | 'merged', Text> = {
  apart: say('单独计税', 'taxed apart'),
  merged: say('并入当月', 'merged into the month'),
};

/** 实发估算: from gross to what may reach the account, each step with its figures. Never more than an estimate, and it says so. */
export function payNetCard(view: PayNetView): Card {
  const { person, month, other, estimate, terms, locked, partial } = view;
  const whose = other ? { person: person.openId } : {};
  const step = (label: Text, fen: bigint, detail?: Text) =>
    text(both((t) => md`${money(fen)}　${t(label)}${detail === undefined ? '' : coloured('grey', ` ${t(detail)}`)}`));
  return card({
    title: say('实发估算', 'Take-home estimate'),
    subtitle: month,
    tone: 'turquoise',
    tags: [{ text: say('估算', 'estimate'), colour: 'orange' }],
    personal: 'amounts',
    body: [
      view.news !== undefined && text(both((t) => md`✅ ${t(view.news!)}`)),
      other && text(both(() => md`**${person.name}**`)),
      figures({
        label: say('估算实发', 'Estimated take-home'),
        value: formatYuan(estimate.netFen),
        colour: 'turquoise',
      }),
      step(
        say('应发（计税部分）', 'taxable pay'),
        estimate.wageFen,
        locked ? say('已锁定', 'locked') : partial ? say('预估，未算全', 'estimate, in part') : say('预估', 'estimate'),
      ),
      estimate.bonusFen !== 0n && step(say('一次性奖金', 'one-off bonus'), estimate.bonusFen),
      ...estimate.contributions.map(({ scheme, rate, baseFen, amountFen }) =>
        step(
          contributionSchemes[scheme],
          -amountFen,
          say(`基数 ${formatYuan(baseFen)} × ${rate}`, `base ${formatYuan(baseFen)} × ${rate}`),
        ),
      ),
      step(
        say('个人所得税', 'income tax'),
        -estimate.taxFen,
        say(
          `累计预扣，${estimate.paidIn} 发放；专项附加扣除 ${formatYuan(estimate.specialFen)}`,
          `cumulative, paid in ${estimate.paidIn}; special deductions ${formatYuan(estimate.specialFen)}`,
        ),
      ),
      estimate.bonusTaxFen !== 0n &&
        step(say('奖金个税（单独计税）', 'tax on the bonus, apart'), -estimate.bonusTaxFen),
      estimate.afterTaxFen !== 0n && step(say('税后扣款与结转', 'after tax: damages and carry'), estimate.afterTaxFen),
      estimate.bonus && divider(),
      estimate.bonus &&
        text(
          both((t) => {
            const { apartFen, mergedFen, better } = estimate.bonus!;
            const which =
              better === 'equal'
                ? t(say('两种一样', 'both alike'))
                : `${t(bonusTaxLabel[better])}${t(say(' 个税较少', ' takes less tax'))}`;
            return md`${t(say('奖金个税：单独计税', 'Tax on the bonus: apart'))} **${formatYuan(apartFen)}**，${t(say('并入当月', 'merged'))} **${formatYuan(mergedFen)}**；${which}`;
          }),
        ),
      divider(),
      ...estimate.notes.map((words) => note(both((t) => md`${t(words)}`))),
      note(both((t) => md`${t(say('减除费用：', 'Basic deduction: '))}${t(basicLabel[terms.basic])}`)),
      row(
        button(say('我的扣除与选择', 'My deductions and choices'), asks('pay tax', { from: month, ...whose }), {
          look: 'primary_filled',
        }),
        estimate.bonus &&
          terms.bonusTax !== 'apart' &&
          button(say('单独计税', 'Tax apart'), does('pay tax', { from: month, bonusTax: 'apart', ...whose }), {
            size: 'small',
          }),
        estimate.bonus &&
          terms.bonusTax !== 'merged' &&
          button(say('并入当月', 'Merge'), does('pay tax', { from: month, bonusTax: 'merged', ...whose }), {
            size: 'small',
          }),
        button(say('返回', 'Back'), does('pay', { month, ...whose }), { size: 'small' }),
      ),
    ],
  });
}
