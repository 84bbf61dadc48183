import { type Fen, formatYuan, shortYuan } from '#domain/money';
import { chargeMarginal, chargeWhole } from '#domain/pay/bands';
import type { Rule } from '#domain/pay/rule';
import type { LadderStep } from '#domain/pay/yearly';
import { join, say, type Text } from '#domain/text';

/**
 * What can be recorded about somebody, by the scheme that he or she is under: the clause, the facts that it needs, and what it costs.
 */
export interface IncidentKind {
  clause: string;
  label: { zh: string; en: string };
  /** The document's own words. */
  text: string;
  charge:
    | { by: 'none' }
    | { by: 'fixed'; amount: Fen }
    | { by: 'range'; from: Fen; to: Fen }
    | { by: 'loss'; rule: Extract<Rule, { kind: 'charge-bands' }> }
    | { by: 'fault'; reward: Fen; ladder: readonly LadderStep[] };
}

/** Costs nothing under any scheme: a fact with a date and an author, to which an appraisal can point. */
export const noteKind: IncidentKind = {
  clause: 'NOTE',
  label: { zh: '工作记录（不扣款）', en: 'work record (costs nothing)' },
  text: '作为月度考核依据的工作表现记录，不涉及扣款',
  charge: { by: 'none' },
};

/** The kinds of a scheme, in its own order, and the record that every scheme has. */
export function incidentKinds(lines: readonly Rule[]): IncidentKind[] {
  const own = lines.flatMap((rule): IncidentKind[] => {
    const common = { clause: rule.clause, label: rule.label, text: rule.text };
    switch (rule.kind) {
      case 'charge-fixed':
        return [{ ...common, charge: { by: 'fixed', amount: rule.amount } }];
      case 'charge-range':
        return [{ ...common, charge: { by: 'range', from: rule.from, to: rule.to } }];
      case 'charge-bands':
        return [{ ...common, charge: { by: 'loss', rule } }];
      case 'yearly-reward':
        return rule.faults.map(({ clause, label, text }) => ({
          clause,
          label,
          text,
          charge: { by: 'fault', reward: rule.amount, ladder: rule.ladder },
        }));
      default:
        return [];
    }
  });
  return [...own, noteKind];
}

/** The kind that a word names: its clause or its name, exactly. */
export function findKind(kinds: readonly IncidentKind[], word: string): IncidentKind | undefined {
  const wanted = word.normalize('NFKC').trim().toLowerCase();
  return kinds.find(
    ({ clause, label }) =>
      clause.toLowerCase() === wanted ||
      label.zh.normalize('NFKC') === wanted ||
      label.en.toLowerCase() === wanted ||
      // the number alone suffices within one's own scheme: K3 for JW-K3
      clause.toLowerCase().endsWith(`-${wanted}`),
  );
}

/** The facts that an incident of this kind must have, beside who and when. */
export interface GivenFacts {
  lossFen?: Fen | undefined;
  amountFen?: Fen | undefined;
  note?: string | undefined;
  order?: string | undefined;
  declaration?: string | undefined;
}

/** What is missing or impossible, in words; empty when it can be recorded. */
export function incidentProblems(kind: IncidentKind, given: GivenFacts): Text[] {
  const problems: Text[] = [];
  const { charge } = kind;
  const name = join([kind.clause, ' ', kind.label]);
  if (!given.note?.trim()) problems.push(say('请写明原因或经过。', 'Say what happened.'));
  if (charge.by === 'loss' && given.lossFen === undefined)
    problems.push(join([name, say(' 要写公司损失金额。', ' needs the company’s loss.')]));
  if (charge.by === 'loss' && given.lossFen === 0n)
    problems.push(say('损失金额要大于 0。', 'The loss must be more than 0.'));
  if (charge.by !== 'loss' && given.lossFen !== undefined)
    problems.push(join([name, say(' 不按损失计算，不要写损失。', ' does not go by a loss; leave it out.')]));
  if (charge.by === 'range') {
    const range = `${shortYuan(charge.from)}–${shortYuan(charge.to)}`;
    if (given.amountFen === undefined)
      problems.push(join([name, say(` 要在 ${range} 元之间定一个金额。`, ` needs an amount between ${range} yuan.`)]));
    else if (given.amountFen < charge.from || given.amountFen > charge.to)
      problems.push(
        join([
          name,
          say(
            ` 的金额只能在 ${range} 元之间，${shortYuan(given.amountFen)} 不行。`,
            ` must be between ${range} yuan; ${shortYuan(given.amountFen)} is not.`,
          ),
        ]),
      );
  } else if (given.amountFen !== undefined)
    problems.push(join([name, say(' 的金额由制度规定，不要另写。', ' has its amount from the rules; leave it out.')]));
  if (charge.by === 'fault' && !given.order && !given.declaration)
    problems.push(join([name, say(' 要写是哪个订单或哪票报关单。', ' needs the order or the declaration.')]));
  return problems;
}

/** What an incident costs, in words for its owner; the figure itself is computed by the settlement from the same rule. */
export function costOf(kind: IncidentKind, given: GivenFacts): Text {
  const { charge } = kind;
  switch (charge.by) {
    case 'none':
      return say('不扣款', 'costs nothing');
    case 'fixed':
      return say(`扣 ${formatYuan(charge.amount)} 元`, `minus ${formatYuan(charge.amount)} yuan`);
    case 'range':
      return say(`扣 ${formatYuan(given.amountFen ?? 0n)} 元`, `minus ${formatYuan(given.amountFen ?? 0n)} yuan`);
    case 'loss': {
      const loss = given.lossFen ?? 0n;
      const result =
        charge.rule.apply === 'whole'
          ? chargeWhole(charge.rule.bands, loss, '')
          : chargeMarginal(charge.rule.bands, loss, '');
      const lost = result?.effects.includes('year-end-bonus-lost')
        ? say('，并取消年终奖（由人决定）', ', and the year-end bonus is lost (a person decides)')
        : '';
      return join([
        say(
          `扣 ${formatYuan(result?.fen ?? 0n)} 元（损失 ${formatYuan(loss)}：${result?.formula ?? '—'}）`,
          `minus ${formatYuan(result?.fen ?? 0n)} yuan (loss ${formatYuan(loss)}: ${result?.formula ?? '—'})`,
        ),
        lost,
      ]);
    }
    case 'fault':
      return say(
        `取消此单奖励（每票 ${shortYuan(charge.reward)} 元）`,
        `this order’s reward is lost (${shortYuan(charge.reward)} yuan each)`,
      );
  }
}
