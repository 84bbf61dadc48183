#!/usr/bin/env node
/**
 * `node scripts/check-proof.mjs FILE.json`: adds a payslip up again from its proof file, with nothing but this file: each line's
 * arithmetic from the facts that it names, the total from the lines, and the hashes of what was locked. Exit code 0 when all of it fits.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/check-proof.mjs FILE.json');
  process.exit(1);
}
const proof = JSON.parse(readFileSync(file, 'utf8'));
const problems = [];

// ---- hashes ----
const sha = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
};
const schemeHash = createHash('sha256').update(proof.scheme.text).digest('hex');
if (schemeHash !== proof.scheme.hash) problems.push('the text of the scheme does not match its hash');
if (sha(proof.inputs, proof.scheme.hash, proof.result) !== proof.hash)
  problems.push('inputs and result do not match the locked hash');

// ---- exact arithmetic: a number is [numerator, denominator] of bigints ----
const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) || 1n : gcd(b, a % b));
const ratio = (n, d) => {
  const g = gcd(n, d) * (d < 0n ? -1n : 1n);
  return [n / g, d / g];
};
const decimal = (text) => {
  const [, sign, whole, digits = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${text} is no number`);
  const value = BigInt(whole + digits);
  return ratio(sign ? -value : value, 10n ** BigInt(digits.length));
};
const add = (a, b) => ratio(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
const negative = ([n, d]) => [-n, d];
const times = (a, b) => ratio(a[0] * b[0], a[1] * b[1]);
const order = (a, b) => Number(a[0] * b[1] > b[0] * a[1]) - Number(a[0] * b[1] < b[0] * a[1]);
const toFen = ([n, d]) => {
  const size = ((n < 0n ? -n : n) * 200n + d) / (2n * d);
  return n < 0n ? -size : size;
};
const truth = (yes) => [yes ? 1n : 0n, 1n];

/** + - * / ( ) comparisons, ROUND(x,2) half away from zero, MIN, MAX, IF, AND; `{path}` is a fact, `{line:ID}` a line. */
function evaluate(formula, cell) {
  const tokens = formula.match(/\{[^{}]+\}|\d+(?:\.\d+)?|[A-Z]+(?=\()|<=|>=|[-+*/(),=<>]/g) ?? [];
  if (tokens.join('') !== formula.replaceAll(' ', '')) throw new Error(`cannot read ${formula}`);
  let at = 0;
  const take = (expected) => {
    const token = tokens[at++];
    if (token === undefined || (expected && token !== expected)) throw new Error(`cannot read ${formula}`);
    return token;
  };
  const list = () => {
    take('(');
    const values = [compare()];
    while (tokens[at] === ',') {
      take(',');
      values.push(compare());
    }
    take(')');
    return values;
  };
  const call = (name) => {
    const values = list();
    if (name === 'ROUND') return ratio(toFen(values[0]), 100n);
    if (name === 'IF') return values[0][0] === 0n ? values[2] : values[1];
    if (name === 'AND') return truth(values.every(([n]) => n !== 0n));
    if (name === 'MIN' || name === 'MAX')
      return values.reduce((best, each) => (order(each, best) === (name === 'MIN' ? -1 : 1) ? each : best));
    throw new Error(`${name} is not known`);
  };
  const atom = () => {
    const token = take();
    if (token === '-') return negative(atom());
    if (token === '(') {
      const inner = compare();
      take(')');
      return inner;
    }
    if (token.startsWith('{')) return cell(token.slice(1, -1));
    return /^\d/.test(token) ? decimal(token) : call(token);
  };
  const product = () => {
    let value = atom();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const divides = take() === '/';
      const other = atom();
      value = times(value, divides ? [other[1], other[0]] : other);
    }
    return value;
  };
  const sum = () => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const minus = take() === '-';
      const other = product();
      value = add(value, minus ? negative(other) : other);
    }
    return value;
  };
  const compare = () => {
    const left = sum();
    const sign = tokens[at];
    if (!['=', '<', '>', '<=', '>='].includes(sign)) return left;
    take();
    const result = order(left, sum());
    return truth(
      (result === 0 && sign.includes('=')) || (result < 0 && sign.includes('<')) || (result > 0 && sign.includes('>')),
    );
  };
  const value = compare();
  if (at !== tokens.length) throw new Error(`cannot read ${formula}`);
  return value;
}

// ---- the payslip ----
const { lines, totalFen, person, month } = JSON.parse(proof.result);
const facts = new Map(lines.flatMap((line) => line.facts.map(({ path, value }) => [path, value])));
const amounts = new Map(lines.map(({ id, amountFen }) => [id, ratio(BigInt(amountFen), 100n)]));
for (const line of lines) {
  try {
    const value = evaluate(line.sheet, (path) => {
      if (path.startsWith('line:')) return amounts.get(path.slice(5));
      if (!facts.has(path)) throw new Error(`the fact ${path} is missing`);
      return decimal(facts.get(path));
    });
    if (toFen(value) !== BigInt(line.amountFen) || value[0] * 100n !== BigInt(line.amountFen) * value[1])
      problems.push(`${line.id} ${line.label.zh}: not what its facts come to`);
  } catch (error) {
    problems.push(`${line.id} ${line.label.zh}: ${error.message}`);
  }
}
const total = lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
if (total !== BigInt(totalFen)) problems.push('the total is not the sum of the lines');

if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}
console.log(`${person.name} ${month}: ${lines.length} lines, their sum and both hashes are right`);
