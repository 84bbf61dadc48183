import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compute, schemeCheck } from '#app/cli/compute';
import { factsJson } from '#test/support/pay';
import {
  factsJsonSchema,
  pageFile,
  schemaFile,
  schemesFile,
  withExamples,
  withSettings,
} from '../../scripts/facts-docs.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/facts/${name}.json`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gendan-'));
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function run(command: typeof compute, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = command(args, { out: (text) => out.push(text), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err };
}

describe('the worked examples', () => {
  it.each(['jw', 'lb', 'ft', 'kpi'])('%s: a full month gives the lines that the page shows', (scheme) => {
    const { code, out, err } = run(compute, '--scheme', scheme, '--facts', fixture(`${scheme}-month`));
    const expected = JSON.parse(readFileSync(fixture(`${scheme}-month.expected`), 'utf8'));
    const answer = JSON.parse(out);
    expect([code, err]).toEqual([0, []]);
    expect(answer.lines.map((line: { id: string; amountYuan: string }) => [line.id, line.amountYuan])).toEqual(
      expected.lines,
    );
    expect(answer.totalYuan).toBe(expected.total);
    expect(answer.totalFen).toBe(
      answer.lines.reduce((sum: number, line: { amountFen: number }) => sum + line.amountFen, 0),
    );
  });

  it('the page of worked examples is what compute answers', () => {
    const page = readFileSync(pageFile, 'utf8');
    expect(withExamples(page)).toBe(page);
    expect(page.match(/<!-- example /g)).toHaveLength(4);
  });

  it('the page on schemes lists the settings with their defaults first', () => {
    const page = readFileSync(schemesFile, 'utf8');
    expect(withSettings(page)).toBe(page);
    expect(page).toContain('| `guard`: legal guard | `warn`');
  });

  it('the published JSON Schema is current', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(factsJsonSchema());
  });
});

describe('compute', () => {
  it('answers one person’s settlement, the same bytes each time', () => {
    const once = run(compute, '--scheme', 'lb', '--facts', fixture('lb-month')).out;
    expect(run(compute, '--scheme', 'lb', '--facts', fixture('lb-month')).out).toBe(once);
    expect(JSON.parse(once)).toMatchObject({
      person: { id: 'u-zhao', name: '赵强' },
      month: '2026-04',
      scheme: 'lb',
      version: '2024-01',
      totalFen: 230648,
      nextMonth: { carriedIn: '0.00', damagesBalance: '0.00' },
    });
  });

  it('explains the yearly reward declaration by declaration', () => {
    const { yearly } = JSON.parse(run(compute, '--scheme', 'ft', '--facts', fixture('ft-month')).out);
    expect([yearly.payBy, yearly.faultCount, yearly.earnedYuan]).toEqual(['2027-02-05', 3, '90.00']);
    expect(
      yearly.declarations.map(({ status, clause }: { status: string; clause?: string }) => clause ?? status),
    ).toEqual(['probation', 'earned', 'FT-F2', 'FT-F3', 'earned', 'earned', 'FT-F2']);
  });

  it('takes settings on the way, before those of the file', () => {
    const incidents = [{ clause: 'JW-K2', date: '2026-06-01' }];
    const facts = file('fined.json', factsJson('jw', { incidents, settings: { guard: 'warn' } }));
    const total = (...more: string[]) =>
      JSON.parse(run(compute, '--scheme', 'jw', '--facts', facts, ...more).out).totalYuan;
    expect([total(), total('--set', 'guard=enforce')]).toEqual(['2850.00', '2950.00']);
  });

  it('takes a scheme file', () => {
    const yaml =
      'scheme: own\nname: { zh: 自定, en: own }\nsource: x\nversions:\n  - from: 2026-01\n    lines:\n      - { clause: A-1, label: { zh: 固定, en: fixed }, text: t, kind: fixed, amount: 1234.50 }\n';
    const { out } = run(compute, '--scheme', file('own.yaml', yaml), '--facts', file('own.json', factsJson('lb')));
    expect(JSON.parse(out)).toMatchObject({ scheme: 'own', version: '2026-01', totalYuan: '1234.50' });
  });

  it.each([
    ['no arguments', [], '缺少 --scheme'],
    ['no facts', ['--scheme', 'jw'], '缺少 --facts'],
    ['unknown option', ['--schema', 'jw'], '不认识「--schema」'],
    ['dangling option', ['--scheme'], '后面缺少内容'],
    ['unknown scheme', ['--scheme', 'jx', '--facts', fixture('jw-month')], '没有方案「jx」。可用：ft、jw、kpi、lb'],
    ['missing file', ['--scheme', 'jw', '--facts', '/no/such.json'], '找不到文件 /no/such.json'],
    ['no JSON', ['--scheme', 'jw', '--facts', file('broken.json', '{ nope')], '不是 JSON'],
    ['unknown setting', ['--scheme', 'jw', '--facts', fixture('jw-month'), '--set', 'colour=red'], '不认识 colour'],
    ['setting without value', ['--scheme', 'jw', '--facts', fixture('jw-month'), '--set', 'guard'], '不是 设置=值'],
    [
      'month before the scheme',
      ['--scheme', 'lb', '--facts', file('old.json', { ...factsJson('lb'), month: '2020-01' })],
      '不能结算 2020-01',
    ],
  ])('%s: one readable line on stderr, nothing on stdout, exit code 1', (_, args, message) => {
    const { code, out, err } = run(compute, ...args);
    expect([code, out, err.length]).toEqual([1, '', 1]);
    expect(err[0]).toContain(message);
  });

  it('names every missing fact in a line of its own', () => {
    const { code, err } = run(compute, '--scheme', 'jw', '--facts', fixture('lb-month'));
    expect([code, err.length]).toEqual([1, 8]);
    expect(err[0]).toBe('赵强 2026-04 缺少出运加工费（measures.processingFee.shipped）');
  });

  it('a year whose holidays nobody entered is an error, not a guess', () => {
    const json = factsJson('lb', { month: '2027-01', profile: { positionWage: '3000', hiredOn: '2027-01-11' } });
    const { code, err } = run(
      compute,
      '--scheme',
      'lb',
      '--facts',
      file('2027.json', json),
      '--set',
      'proration=paid-days',
    );
    expect([code, err]).toEqual([1, ['2027 年放假安排尚未录入']]);
  });
});

describe('scheme check', () => {
  it.each(['jw', 'lb', 'ft', 'kpi'])('%s can be used', (scheme) => {
    const { code, out, err } = run(schemeCheck, scheme);
    expect([code, err]).toEqual([0, []]);
    expect(out).toContain('可以使用');
  });
  it('names each mistake of a scheme file', () => {
    const yaml = `scheme: own
name: { zh: 自定, en: own }
source: x
versions:
  - from: 2026-1
    lines:
      - { clause: A-1, label: { zh: 固定, en: fixed }, text: t, kind: fixed }
      - { clause: A-2, label: { zh: 比例, en: rate }, text: t, kind: rate, of: sales, rate: 5 percent }
      - { clause: A-3, label: { zh: 无, en: none }, text: t, kind: bonus }
`;
    const { code, err } = run(schemeCheck, file('wrong.yaml', yaml));
    expect(code).toBe(1);
    expect(err.join('\n')).toMatch(/versions\.0\.from：「2026-1」不是月份/);
    expect(err.join('\n')).toMatch(/lines\.0.*fixed 需要 amount/);
    expect(err.join('\n')).toMatch(/lines\.1\.rate：「5 percent」不是比例/);
    expect(err.join('\n')).toMatch(/lines\.2.*不认识的 kind/);
  });
  it('YAML that cannot be read is one line', () => {
    expect(run(schemeCheck, file('broken.yaml', 'a: [1')).err).toHaveLength(1);
    expect(run(schemeCheck).err[0]).toContain('用法');
  });
});
