import { z } from 'zod';
import { type Fen, formatYuan } from '#domain/money';
import { type Band, bandSchema, bandSentence, chargeMarginal, chargeWhole, includes, limits } from '#domain/pay/bands';
import type { Warning } from '#domain/pay/context';
import type { Finding } from '#domain/pay/finding';
import { chargeLines, incidentUse } from '#domain/pay/incidents';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { invalid } from '#domain/pay/problem';
import { joinTexts, text } from '#domain/pay/text';

/**
 * A charge by bands of the company's loss: JW-K1, where the rate of the band applies to the whole of the loss.
 * `apply: marginal` charges each part of the loss by its own band instead.
 */
const schema = ruleSchema('charge-bands', {
  of: z.literal('loss').default('loss'),
  apply: z.enum(['whole', 'marginal']),
  bands: z.array(bandSchema).min(1),
});
type Rule = z.output<typeof schema>;

function chargeOf(rule: Rule, fen: Fen, cell: string) {
  return rule.apply === 'whole' ? chargeWhole(rule.bands, fen, cell) : chargeMarginal(rule.bands, fen, cell);
}

const bonusLost: Warning = {
  code: 'YEAR-END-BONUS-LOST',
  level: 'warning',
  text: text(
    '按本条取消年终奖，由人决定并通知本人',
    'under this clause the year-end bonus is lost; a person decides and tells the employee',
  ),
  source: 'JW-K1',
};

export const chargeBands = defineKind<Rule>({
  kind: 'charge-bands',
  schema,
  lines: (rule, context) =>
    chargeLines(rule.clause, context, (incident) => {
      const { fen: loss, ...use } = incidentUse(incident, 'loss');
      const charge = chargeOf(rule, loss, `{${use.path}}`);
      if (!charge) {
        throw invalid(
          use.path,
          `${rule.clause} 没有规定损失 ${formatYuan(loss)} 元时怎么扣`,
          `${rule.clause} has no band for a loss of ${formatYuan(loss)}`,
        );
      }
      return {
        fen: charge.fen,
        formula: text(`${charge.formula}（损失 ${formatYuan(loss)}）`, `${charge.formula} (loss ${formatYuan(loss)})`),
        sheet: `-${charge.sheet}`,
        facts: [use],
        warnings: charge.effects.includes('year-end-bonus-lost') ? [{ ...bonusLost, source: rule.clause }] : [],
      };
    }),
  sentence({ apply, bands }) {
    const each = joinTexts(bands.map(bandSentence), text('；', '; '));
    return apply === 'whole'
      ? text(`按公司损失全额分档：${each.zh}`, `by bands on the whole loss: ${each.en}`)
      : text(`按公司损失分段累进：${each.zh}`, `by bands, each part by its own: ${each.en}`);
  },
  lint: (rule) => [...shape(rule), ...boundaries(rule)],
});

/** Gaps, overlaps and bands that no loss can reach. */
function shape({ clause, bands }: Rule): Finding[] {
  const findings: Finding[] = [];
  const ends = bands.map(limits);
  ends.forEach(({ first, last }, at) => {
    if (last !== undefined && last < first) {
      findings.push({
        code: 'unreachable',
        level: 'error',
        clause,
        text: text(`第 ${at + 1} 档没有任何金额`, `band ${at + 1} includes no amount`),
      });
    }
  });
  const inside = ends.findIndex(({ first, last }, at) =>
    ends.some(
      (other, place) =>
        place !== at &&
        other.first <= first &&
        (other.last === undefined || (last !== undefined && last <= other.last)) &&
        (other.first < first || other.last !== last || place < at),
    ),
  );
  if (inside >= 0) {
    findings.push({
      code: 'unreachable',
      level: 'warning',
      clause,
      text: text(`第 ${inside + 1} 档完全落在另一档之内`, `band ${inside + 1} lies wholly inside another`),
    });
  }
  const sorted = [...ends].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  let covered: Fen | undefined = -1n;
  for (const { first, last } of sorted) {
    if (covered === undefined || first <= covered) {
      const both = covered === undefined || (last !== undefined && last < covered) ? last : covered;
      findings.push({
        code: 'overlap',
        level: 'info',
        clause,
        text: text(
          `${formatYuan(first)}${both === first ? '' : ` 至 ${both === undefined ? '以上' : formatYuan(both)}`} 同时属于两档，按对员工有利的一档`,
          `two bands include ${formatYuan(first)}${both === first ? '' : ` to ${both === undefined ? 'any' : formatYuan(both)}`}; the employee gets the better one`,
        ),
      });
    } else if (first > covered + 1n) {
      findings.push({
        code: 'gap',
        level: 'error',
        clause,
        text: text(
          `${formatYuan(covered + 1n)} 至 ${formatYuan(first - 1n)} 没有规定`,
          `nothing is said for ${formatYuan(covered + 1n)} to ${formatYuan(first - 1n)}`,
        ),
      });
    }
    covered = covered === undefined || last === undefined ? undefined : last > covered ? last : covered;
  }
  if (covered !== undefined) {
    findings.push({
      code: 'gap',
      level: 'error',
      clause,
      text: text(`超过 ${formatYuan(covered)} 没有规定`, `nothing is said above ${formatYuan(covered)}`),
    });
  }
  return findings;
}

/** A worked example on both sides of each boundary, with the jump between them. */
function boundaries(rule: Rule): Finding[] {
  const { clause, bands } = rule;
  const starts = [...new Set(bands.map((band: Band) => limits(band).first).filter((first) => first > 0n))].sort(
    (a, b) => (a < b ? -1 : 1),
  );
  return starts.flatMap((start) => {
    const low = includesBelow(bands, start) ? start - 1n : start;
    const high = low + 1n;
    const [before, after] = [chargeOf(rule, low, ''), chargeOf(rule, high, '')];
    if (!before || !after) return [];
    const shown = (fen: Fen, charge: typeof before) => `${formatYuan(fen)} → ${formatYuan(charge.fen)}`;
    const lost = after.effects.length > before.effects.length;
    const example: Finding = {
      code: 'example',
      level: 'info',
      clause,
      text: text(
        `损失 ${shown(low, before)}；${shown(high, after)}${lost ? ' 且取消年终奖' : ''}`,
        `loss ${shown(low, before)}; ${shown(high, after)}${lost ? ' and the year-end bonus is lost' : ''}`,
      ),
    };
    const step = after.fen - before.fen;
    const jump: Finding[] =
      step > 1n
        ? [
            {
              code: 'jump',
              level: 'warning',
              clause,
              text: text(
                `损失多 1 分钱，扣款多 ${formatYuan(step)} 元`,
                `a loss of one fen more costs ${formatYuan(step)} more`,
              ),
            },
          ]
        : step < -1n
          ? [
              {
                code: 'jump',
                level: 'warning',
                clause,
                text: text(
                  `损失多 1 分钱，扣款反而少 ${formatYuan(-step)} 元`,
                  `a loss of one fen more costs ${formatYuan(-step)} less`,
                ),
              },
            ]
          : [];
    return [example, ...jump];
  });
}

/** Where two bands share the boundary, the step is just after it; otherwise just before the new band's first fen. */
function includesBelow(bands: readonly Band[], start: Fen): boolean {
  return bands.filter((band) => includes(band, start)).length < 2;
}
