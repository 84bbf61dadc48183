import { type Month, previousMonth } from '#domain/calendar/dates';
import { contradictions } from '#domain/calendar/deadlines';
import type { Notices } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import { compareFractions, NumberTextError, ratio, sumFractions } from '#domain/money';
import { weightsOf } from '#domain/pay/criteria';
import type { Finding } from '#domain/pay/finding';
import { kindOf } from '#domain/pay/rule';
import { type Scheme, type SchemeVersion, settingsFor } from '#domain/pay/scheme';
import { text } from '#domain/pay/text';

/**
 * What the owner of a scheme should know before using it: gaps, overlaps and jumps of bands, what can never be reached,
 * where more work pays less, deadlines that the calendar makes impossible, clauses without legal basis, and a worked
 * example on both sides of each boundary. Mistakes that make a scheme unusable are found earlier, by `parseScheme`.
 */
export function lintScheme(scheme: Scheme, notices: Notices = knownNotices): (Finding & { readonly version: Month })[] {
  return scheme.versions.flatMap((version) =>
    [
      ...version.lines.flatMap((rule) => kindOf(rule).lint?.(rule) ?? []),
      ...weights(version),
      ...legal(version),
      ...deadlines(version, notices),
    ].map((finding) => ({ ...finding, version: version.from })),
  );
}

function weights(version: SchemeVersion): Finding[] {
  if (version.criteria.length === 0) return [];
  try {
    const sum = sumFractions(weightsOf({ criteria: version.criteria, settings: settingsFor(version) }));
    if (compareFractions(sum, ratio(100n, 1n)) === 0) return [];
    return [weightFinding(`考核项权重合计 ${sum.text}，应为 100`, `the weights add up to ${sum.text}, not 100`)];
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
    return [weightFinding(error.message, 'a weight is no number')];
  }
}

function weightFinding(zh: string, en: string): Finding {
  return { code: 'weights', level: 'error', clause: 'criteria', text: text(zh, en) };
}

function legal({ lines, hours }: SchemeVersion): Finding[] {
  const fines = lines
    .filter(({ nature }) => nature === 'fine')
    .map(
      ({ clause }): Finding => ({
        code: 'legal',
        level: 'warning',
        clause,
        text: text(
          '属于罚款性质，用人单位没有罚款权；合规检查设为 enforce 时不扣',
          'a fine, for which employers have no legal basis; not deducted when the guard enforces',
        ),
      }),
    );
  const damages = lines
    .filter(({ nature }) => nature === 'damages')
    .map(
      ({ clause }): Finding => ({
        code: 'legal',
        level: 'info',
        clause,
        text: text(
          '属于赔偿，每月最多扣当月工资的 20%，剩余不低于最低工资',
          'damages: at most 20% of the month’s wage, and the minimum wage must remain',
        ),
      }),
    );
  const comprehensive: Finding[] =
    hours === 'comprehensive'
      ? [
          {
            code: 'legal',
            level: 'info',
            clause: 'hours',
            text: text('综合工时制须经批准，请登记批准文号', 'comprehensive hours need an approval on file'),
          },
        ]
      : [];
  return [...fines, ...damages, ...comprehensive];
}

function deadlines({ deadlines: rules }: SchemeVersion, notices: Notices): Finding[] {
  const periods = [...notices]
    .sort((a, b) => a.year - b.year)
    .flatMap(({ year }) =>
      Array.from({ length: 12 }, (_, at) => previousMonth(`${year}-${`${at + 1}`.padStart(2, '0')}`)),
    );
  return contradictions(periods, notices, rules).map(({ period, byDay, byWorkday }) => ({
    code: 'deadline',
    level: 'warning',
    clause: byWorkday.clause,
    text: text(
      `${period} 的考核：第 ${byWorkday.nth} 个工作日是 ${byWorkday.date}，晚于 ${byDay.clause} 的 ${byDay.date}，以较晚者为限`,
      `appraisal of ${period}: working day ${byWorkday.nth} is ${byWorkday.date}, after ${byDay.date} of ${byDay.clause}; the later one counts`,
    ),
  }));
}
