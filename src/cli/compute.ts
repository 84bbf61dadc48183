import { existsSync, readFileSync } from 'node:fs';
import { builtInScheme, builtInSchemeNames, loadSchemeFile } from '#app/schemes';
import { LunarGap } from '#domain/calendar/lunar';
import { CalendarGap } from '#domain/calendar/notice';
import { absolute, type Fen, formatYuan, yuanText } from '#domain/money';
import { prettyCanonicalJson } from '#domain/pay/canonical-json';
import type { Warning } from '#domain/pay/context';
import { FactsError, parseFacts } from '#domain/pay/facts';
import { lintScheme } from '#domain/pay/lint';
import { SettlementError } from '#domain/pay/problem';
import { rewardStatement } from '#domain/pay/reward-statement';
import { describeRules, type Scheme, SchemeError, settingsFor, versionFor } from '#domain/pay/scheme';
import { allWarnings, carriedForward, type Settlement, settle, whyNotMore } from '#domain/pay/settle';

/** Where a command writes; a test passes its own. Each text is one line or one document, without the last line break. */
export interface Io {
  out(text: string): void;
  err(line: string): void;
}

/** A mistake in how the command was called; its message is one readable line. */
class UsageError extends Error {
  override name = 'UsageError';
}

const usage = 'npm run gendan -- compute --scheme 方案名或文件 --facts 事实.json [--set 设置=值]…';

/**
 * `compute --scheme NAME|FILE --facts FILE.json [--set key=value]…`: one person's settlement as JSON on stdout.
 *
 * Returns the exit code: 0, or 1 with one readable line for each mistake on stderr and nothing on stdout.
 */
export function compute(args: readonly string[], io: Io): number {
  return guarded(io, () => {
    const options = readOptions(args);
    const scheme = openScheme(options.scheme);
    const facts = parseFacts(readJson(options.facts));
    const version = versionFor(scheme, facts.month);
    if (!version)
      throw new UsageError(`方案 ${scheme.scheme} 从 ${scheme.versions[0]?.from} 起才有版本，不能结算 ${facts.month}`);
    const settleOptions = { settings: options.settings };
    const settlement = settle(facts, version, settleOptions);
    const statement = rewardStatement(facts, version, settleOptions);
    io.out(
      prettyCanonicalJson({
        ...settlementJson(settlement),
        whyNotMore: whyNotMore(facts, version, settleOptions).map(({ clause, worthFen, text }) => ({
          clause,
          worthFen,
          worthYuan: yuanText(worthFen),
          text: text.zh,
          textEn: text.en,
        })),
        ...(statement && { yearly: yearlyJson(statement) }),
      }),
    );
    return 0;
  });
}

/** `scheme check FILE|NAME`: what is odd about a scheme, one line each. Returns 1 when it cannot be used. */
export function schemeCheck(args: readonly string[], io: Io): number {
  return guarded(io, () => {
    const [name, ...rest] = args;
    if (!name || rest.length > 0) throw new UsageError('用法：npm run gendan -- scheme check 方案名或文件');
    const scheme = openScheme(name);
    const findings = lintScheme(scheme);
    const errors = findings.filter(({ level }) => level === 'error');
    for (const version of scheme.versions) {
      io.out(`${scheme.scheme} ${version.from} 起：${scheme.name.zh}`);
      for (const { rule, sentence } of describeRules(version, settingsFor(version)))
        io.out(`  ${rule.clause} ${rule.label.zh}：${sentence.zh}`);
      for (const { code, level, clause, text } of findings.filter(
        (each) => each.version === version.from && each.level !== 'error',
      )) {
        io.out(`  [${level === 'warning' ? '注意' : '说明'}] ${clause} ${text.zh}（${code}）`);
      }
    }
    for (const { clause, text, version, code } of errors) io.err(`${version} ${clause} ${text.zh}（${code}）`);
    if (errors.length === 0) io.out(`可以使用，${findings.length} 条说明`);
    return errors.length === 0 ? 0 : 1;
  });
}

/** A settlement as `compute` prints it: money both in fen and as yuan text, people's texts in both languages. */
export function settlementJson(settlement: Settlement) {
  const { lines, totalFen, person, month, scheme, version } = settlement;
  const { carriedInFen, damagesBalanceFen } = carriedForward(settlement);
  return {
    person,
    month,
    scheme,
    version,
    lines: lines.map(({ id, clause, label, nature, amountFen, formula, sheet, facts, warnings, quote }) => ({
      id,
      clause,
      label: label.zh,
      labelEn: label.en,
      nature,
      amountFen,
      amountYuan: yuanText(amountFen),
      formula: withResult(formula.zh, amountFen),
      formulaEn: withResult(formula.en, amountFen),
      spreadsheet: sheet,
      facts: facts.map(({ path, label: name, value, sources }) => ({
        path,
        label: name.zh,
        labelEn: name.en,
        value,
        sources,
      })),
      warnings: warnings.map(warningJson),
      quote,
    })),
    totalFen,
    totalYuan: yuanText(totalFen),
    warnings: allWarnings(settlement).map(warningJson),
    nextMonth: {
      carriedIn: yuanText(carriedInFen),
      damagesBalance: yuanText(damagesBalanceFen),
    },
  };
}

/** "168 × 2.00 = 336.00"; a formula that is its own result, or says why there is nothing, stands alone. */
function withResult(formula: string, amountFen: Fen): string {
  const result = formatYuan(amountFen);
  return amountFen === 0n || formula.endsWith(formatYuan(absolute(amountFen))) ? formula : `${formula} = ${result}`;
}

function warningJson({ code, level, audience, text, source, clause }: Warning & { clause?: string }) {
  return { code, level, audience, text: text.zh, textEn: text.en, source, clause };
}

function yearlyJson({
  year,
  asOf,
  payBy,
  declarations,
  hits,
  takenBack,
  faultCount,
  earnedFen,
}: NonNullable<ReturnType<typeof rewardStatement>>) {
  const entries = (list: typeof declarations) =>
    list.map(({ declaration: { no, date, order }, status, clause, reason }) => ({
      no,
      date,
      order,
      status,
      clause,
      reason: reason.zh,
      reasonEn: reason.en,
    }));
  return {
    year,
    asOf,
    payBy,
    faultCount,
    earnedFen,
    earnedYuan: yuanText(earnedFen),
    declarations: entries(declarations),
    takenBack: entries(takenBack),
    ladder: hits.map(({ step, period, count }) => ({
      clause: step.clause,
      period,
      count,
      loses: step.loses,
      flag: step.flag,
    })),
  };
}

function readOptions(args: readonly string[]): { scheme: string; facts: string; settings: Record<string, string> } {
  const found: { scheme?: string; facts?: string; settings: Record<string, string> } = { settings: {} };
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = [args[at], args[at + 1]];
    if (!['--scheme', '--facts', '--set'].includes(name)) throw new UsageError(`不认识「${name}」。用法：${usage}`);
    if (value === undefined) throw new UsageError(`${name} 后面缺少内容。用法：${usage}`);
    if (name === '--set') {
      const [key, ...rest] = value.split('=');
      if (!key || rest.length === 0) throw new UsageError(`「${value}」不是 设置=值，例如 --set guard=enforce`);
      found.settings[key] = rest.join('=');
    } else found[name === '--scheme' ? 'scheme' : 'facts'] = value;
  }
  const { scheme, facts, settings } = found;
  if (!scheme || !facts) throw new UsageError(`缺少 ${scheme ? '--facts' : '--scheme'}。用法：${usage}`);
  return { scheme, facts, settings };
}

function openScheme(nameOrFile: string): Scheme {
  const known = builtInScheme(nameOrFile);
  if (known) return known;
  if (!existsSync(nameOrFile)) {
    throw new UsageError(`没有方案「${nameOrFile}」。可用：${builtInSchemeNames().join('、')}，或一个 YAML 文件的路径`);
  }
  return loadSchemeFile(nameOrFile);
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new UsageError(`找不到文件 ${file}`);
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} 不是 JSON：${error.message}`);
    throw error;
  }
}

/** Mistakes that a person can correct become lines on stderr; anything else is a fault of the program and goes on. */
function guarded(io: Io, work: () => number): number {
  try {
    return work();
  } catch (error) {
    const readable = [UsageError, FactsError, SchemeError, SettlementError, CalendarGap, LunarGap];
    const unreadable = error instanceof Error && 'code' in error && ['EISDIR', 'EACCES'].includes(String(error.code));
    if (!(error instanceof Error) || !(unreadable || readable.some((kind) => error instanceof kind))) throw error;
    for (const line of error.message.split('\n')) io.err(line);
    return 1;
  }
}
