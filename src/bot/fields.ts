import { z } from 'zod';
import type { IsoDate } from '#domain/calendar/dates';
import { readDate } from '#domain/calendar/read-date';
import { NumberTextError, parseYuan } from '#domain/money';
import { findStage, stages, templates } from '#domain/order/stages';
import { roleLabel, roles } from '#domain/people/person';
import { say, type Text } from '#domain/text';

/**
 * The kinds of words that commands take: how each is read (never guessed), whether a bare word looks like one, and how a form asks for it.
 * Every schema here carries its `Field` as metadata; a command refines it with `.meta({ word, keys, label })`.
 */
export interface Field {
  kind: string;
  /** @returns the value for the schema, or a `Problem` in words */
  read(raw: string, env: FieldEnv): unknown;
  /** True when a bare word can only be this. */
  looksLike?(raw: string, env: FieldEnv): boolean;
  asks: 'line' | 'text' | 'date' | 'choice' | 'person' | 'yes-no';
  options?: { value: string; label: Text }[];
  maxLength?: number;
}

export interface FieldEnv {
  today: IsoDate;
}

export class Problem {
  readonly text: Text;
  constructor(text: Text) {
    this.text = text;
  }
}

const problem = (zh: string, en: string) => new Problem(say(zh, en));

/** How much of a wrong word is quoted back. */
const quoted = (raw: string) => ([...raw].length > 40 ? `${[...raw].slice(0, 40).join('')}…` : raw);

const orderNoPattern = /^[A-Z0-9][A-Z0-9._/-]{1,39}$/;

/** O1. Order numbers are kept in upper case; full-width forms read like their ASCII ones. */
export const orderNo = z.string().meta({
  field: {
    kind: 'order-no',
    asks: 'line',
    maxLength: 40,
    read(raw) {
      const no = raw.normalize('NFKC').trim().toUpperCase();
      return orderNoPattern.test(no)
        ? no
        : problem(
            `「${quoted(raw)}」不像订单号（字母、数字和 - _ . /，最多 40 位，例如 SO-1001）`,
            `“${quoted(raw)}” is not an order number (letters, digits, - . /, at most 40, like SO-1001)`,
          );
    },
    looksLike: (raw) =>
      /\d/.test(raw) && /[A-Z]/i.test(raw) && orderNoPattern.test(raw.normalize('NFKC').toUpperCase()),
  },
});

export const stage = z.string().meta({
  field: {
    kind: 'stage',
    asks: 'choice',
    options: stages.map(({ code, label }) => ({ value: code, label })),
    read(raw) {
      return (
        findStage(raw.normalize('NFKC'))?.code ??
        problem(
          `没有「${quoted(raw)}」这个工序。可以写：${stages.map(({ label }) => label.zh).join('、')}`,
          `There is no stage “${quoted(raw)}”. Known: ${stages.map(({ code }) => code).join(', ')}`,
        )
      );
    },
    looksLike: (raw) => findStage(raw.normalize('NFKC')) !== undefined,
  },
});

const unitPattern = /^(\d{1,3}(?:,\d{3})+|\d+)(件|套|条|双|只|个|张|米|箱|pcs?|sets?|pieces?)?$/i;

/** Whole pieces, with or without a unit. `1e3`, `1.5`, `-3`, `5打` are refused, not guessed. */
export const quantity = z
  .int()
  .min(0)
  .max(100_000_000)
  .meta({
    field: {
      kind: 'quantity',
      asks: 'line',
      maxLength: 20,
      read(raw) {
        const match = unitPattern.exec(raw.normalize('NFKC').replace(/\s/g, ''));
        const value = match ? Number(match[1]!.replaceAll(',', '')) : Number.NaN;
        return value <= 100_000_000
          ? value
          : problem(
              `「${quoted(raw)}」不是数量。请写整数，可带单位，例如 800 或 800件`,
              `“${quoted(raw)}” is not a quantity. Write a whole number, like 800 or 800pcs`,
            );
      },
      looksLike: (raw) => Boolean(unitPattern.exec(raw.normalize('NFKC'))?.[2]),
    },
  });

export const isoDate = z.string().meta({
  field: {
    kind: 'date',
    asks: 'date',
    read: (raw, { today }) =>
      readDate(raw.replace(/ [+-]\d{4}$/, ''), today) ??
      problem(
        `「${quoted(raw)}」不是日期。请写成 2026-12-05、12/5、今天 或 明天`,
        `“${quoted(raw)}” is not a date. Write 2026-12-05, 12/5, today or tomorrow`,
      ),
    looksLike: (raw, { today }) => readDate(raw, today) !== undefined,
  },
});

/** Amounts of money in whole fen (hundredths of the currency's unit). */
export const money = z
  .bigint()
  .min(0n)
  .meta({
    field: {
      kind: 'money',
      asks: 'line',
      maxLength: 24,
      read(raw) {
        try {
          const fen = parseYuan(raw.normalize('NFKC').replace(/^[$€£]|\s*(块|usd|eur)$/gi, ''));
          if (fen >= 0n) return fen;
        } catch (error) {
          if (!(error instanceof NumberTextError)) throw error;
        }
        return problem(
          `「${quoted(raw)}」不是金额。请写成 12800 或 12,800.50（最多两位小数）`,
          `“${quoted(raw)}” is not an amount. Write 12800 or 12,800.50 (at most two decimals)`,
        );
      },
    },
  });

/** A person: a mention (`@{ou_…}` after the edge), a name, an employee number or an open_id. Who that is, the command looks up. */
export const personRef = z
  .string()
  .min(1)
  .max(80)
  .meta({
    field: { kind: 'person', asks: 'person', maxLength: 80, read: (raw) => raw.trim().replace(/^@\{(.+)\}$/, '$1') },
  });

export const freeText = (max: number) =>
  z
    .string()
    .max(max)
    .meta({
      field: {
        kind: 'text',
        asks: max > 120 ? 'text' : 'line',
        maxLength: max,
        read: (raw) =>
          [...raw].length <= max
            ? raw.trim()
            : problem(
                `太长了：最多 ${max} 个字，现在有 ${[...raw].length} 个`,
                `Too long: at most ${max} characters, these are ${[...raw].length}`,
              ),
      },
    });

export function choice<const Value extends string>(
  options: { value: Value; label: { zh: string; en: string }; aliases?: string[] }[],
) {
  return z.enum(options.map(({ value }) => value) as [Value, ...Value[]]).meta({
    field: {
      kind: 'choice',
      asks: 'choice',
      options,
      read(raw) {
        const word = raw.normalize('NFKC').trim().toLowerCase();
        const found = options.find(
          ({ value, label, aliases = [] }) =>
            value === word || label.zh === word || label.en === word || aliases.includes(word),
        );
        return (
          found?.value ??
          problem(
            `没有「${quoted(raw)}」。可以写：${options.map(({ label }) => label.zh).join('、')}`,
            `There is no “${quoted(raw)}”. Known: ${options.map(({ value }) => value).join(', ')}`,
          )
        );
      },
      looksLike: (raw) => {
        const word = raw.normalize('NFKC').trim().toLowerCase();
        return options.some(
          ({ value, label, aliases = [] }) => value === word || label.zh === word || aliases.includes(word),
        );
      },
    },
  });
}

export const template = choice(templates.map(({ code, label }) => ({ value: code, label })));

/** One or more roles, separated by `;`, `,`, `、` or `+`. */
export const roleList = z.array(z.enum(roles)).meta({
  field: {
    kind: 'roles',
    asks: 'line',
    maxLength: 120,
    read(raw) {
      const words = raw
        .normalize('NFKC')
        .split(/[;,、+\s]+/)
        .filter(Boolean);
      const found = words.map((word) =>
        roles.find((role) => role === word.toLowerCase() || roleLabel[role].zh === word),
      );
      const wrong = words.find((_, i) => !found[i]);
      return wrong === undefined
        ? found
        : problem(
            `没有「${quoted(wrong)}」这个角色。可以写：${roles.map((role) => roleLabel[role].zh).join('、')}`,
            `There is no role “${quoted(wrong)}”. Known: ${roles.join(', ')}`,
          );
    },
  },
});

export const pageNumber = z
  .int()
  .min(1)
  .max(100_000)
  .meta({
    field: {
      kind: 'page',
      asks: 'line',
      read: (raw) =>
        /^\d{1,6}$/.test(raw)
          ? Math.max(1, Number(raw))
          : problem(`「${quoted(raw)}」不是页码`, `“${quoted(raw)}” is not a page number`),
    },
  });
