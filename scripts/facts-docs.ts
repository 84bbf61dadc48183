import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compute } from '../src/cli/compute.ts';
import { factsSchema } from '../src/domain/pay/facts.ts';
import { choices } from '../src/domain/pay/settings.ts';

/**
 * Writes `docs/facts.schema.json`, fills the examples of `docs/settlement-facts.md` from the fixtures and from what
 * `compute` really answers, and the settings of `docs/schemes.md` from the code. A test runs the same functions and fails when a page is not current.
 *
 *     npx tsx scripts/facts-docs.ts
 */

const root = new URL('../', import.meta.url);
export const schemaFile = new URL('docs/facts.schema.json', root);
export const pageFile = new URL('docs/settlement-facts.md', root);
export const schemesFile = new URL('docs/schemes.md', root);

/** The JSON Schema of the facts format, draft 2020-12, as file text. */
export function factsJsonSchema(): string {
  const schema = z.toJSONSchema(factsSchema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

interface ComputedLine {
  clause: string;
  label: string;
  amountYuan: string;
  formula: string;
}

/** One example: the facts as they stand in the fixture, and the resulting lines. */
function example(scheme: string, name: string): string {
  const file = fileURLToPath(new URL(`test/fixtures/facts/${name}.json`, root));
  const output: string[] = [];
  const code = compute(['--scheme', scheme, '--facts', file], {
    out: (text) => output.push(text),
    err: (line) => output.push(line),
  });
  if (code !== 0) throw new Error(output.join('\n'));
  const { lines, totalYuan } = JSON.parse(output.join('\n')) as { lines: ComputedLine[]; totalYuan: string };
  const rows = lines.map(
    ({ clause, label, amountYuan, formula }) => `| ${clause} | ${label} | ${amountYuan} | ${formula} |`,
  );
  return [
    '```json',
    readFileSync(file, 'utf8').trimEnd(),
    '```',
    '',
    `\`npm run gendan -- compute --scheme ${scheme} --facts test/fixtures/facts/${name}.json\` answers:`,
    '',
    '| clause | line | yuan | formula |',
    '| --- | --- | ---: | --- |',
    ...rows,
    `| | **total** | **${totalYuan}** | |`,
  ].join('\n');
}

/** The page with every example between its markers renewed. */
export function withExamples(page: string): string {
  return page.replace(
    /(<!-- example (\S+) (\S+) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_, start: string, scheme: string, name: string, end: string) => `${start}${example(scheme, name)}${end}`,
  );
}

/** The page on schemes with its table of settings renewed. */
export function withSettings(page: string): string {
  const head = '| setting | answers |\n| --- | --- |';
  const rows = Object.entries(choices).map(([name, { question, answers }]) => {
    const each = Object.entries(answers).map(([answer, { en }]) => `\`${answer}\` ${en}`);
    return `| \`${name}\`: ${question.en} | ${each.join('; ')} |`;
  });
  return page.replace(
    /(<!-- settings -->\n)[\s\S]*?(<!-- end -->)/,
    (_, start: string, end: string) => `${start}${[head, ...rows].join('\n')}\n${end}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(schemaFile, factsJsonSchema());
  writeFileSync(pageFile, withExamples(readFileSync(pageFile, 'utf8')));
  writeFileSync(schemesFile, withSettings(readFileSync(schemesFile, 'utf8')));
}
