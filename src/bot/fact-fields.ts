import { z } from 'zod';
import { addMonths, isMonth, monthOf } from '#domain/calendar/dates';
import { say } from '#domain/text';
import { choice, Problem } from './fields.ts';

/** The kinds of words that facts about people are made of: months, numbers with decimals, yes or no. Read exactly, never guessed. */

const plain = (raw: string) => raw.normalize('NFKC').trim();
const quoted = (raw: string) => (raw.length > 40 ? `${raw.slice(0, 40)}…` : raw);

/** `2026-10`, `2026年10月`, `10月` (the last one that has begun), `本月`, `上月`. */
export const month = z.string().meta({
  field: {
    kind: 'month',
    asks: 'line',
    maxLength: 12,
    read(raw, { today }) {
      const now = monthOf(today);
      const word = plain(raw).toLowerCase();
      if (['本月', '这个月', 'this-month'].includes(word)) return now;
      if (['上月', '上个月', 'last-month'].includes(word)) return addMonths(now, -1);
      const match = /^(?:(\d{4})[-/年.])?(\d{1,2})月?$/.exec(word);
      const bare = match && !match[1] && !word.endsWith('月');
      if (match && !bare) {
        const two = match[2]!.padStart(2, '0');
        const here = `${match[1] ?? now.slice(0, 4)}-${two}`;
        // a month without a year is the last one that has begun: nobody settles the future
        const meant = !match[1] && here > now ? `${Number(now.slice(0, 4)) - 1}-${two}` : here;
        if (isMonth(meant)) return meant;
      }
      return new Problem(
        say(
          `「${quoted(raw)}」不是月份。请写成 2026-10、10月、本月 或 上月`,
          `“${quoted(raw)}” is not a month. Write 2026-10, 10月, this-month or last-month`,
        ),
      );
    },
    looksLike: (raw) => /^(\d{4}-\d{2}|(\d{4}年)?\d{1,2}月|本月|上月|上个月|this-month|last-month)$/.test(plain(raw)),
  },
});

/** A decimal of 0 or more with at most `digits` decimals, kept as the text it is. */
export const decimal = (digits: number, example: string) =>
  z.string().meta({
    field: {
      kind: 'decimal',
      asks: 'line',
      maxLength: 16,
      read(raw) {
        const word = plain(raw)
          .replace(/(小时|h|hours?|夜|次|分)$/i, '')
          .trim();
        return new RegExp(digits > 0 ? `^\\d{1,6}(\\.\\d{1,${digits}})?$` : '^\\d{1,6}$').test(word)
          ? word
          : new Problem(
              say(
                `「${quoted(raw)}」不行，请写 0 以上的数字，最多 ${digits} 位小数，例如 ${example}`,
                `“${quoted(raw)}” will not do; write a number of 0 or more with at most ${digits} decimals, like ${example}`,
              ),
            );
      },
    },
  });

export const yesNo = choice([
  { value: 'yes', label: { zh: '是', en: 'yes' }, aliases: ['y', 'true', '好', '符合'] },
  { value: 'no', label: { zh: '否', en: 'no' }, aliases: ['n', 'false', '不', '不符合'] },
]);

/** The number under which something was recorded, with or without `#`. */
export const recordNo = z
  .int()
  .min(1)
  .meta({
    field: {
      kind: 'record-no',
      asks: 'line',
      maxLength: 12,
      read: (raw) =>
        /^#?\d{1,9}$/.test(plain(raw))
          ? Number(plain(raw).replace('#', ''))
          : new Problem(say(`「${quoted(raw)}」不是编号，例如 12`, `“${quoted(raw)}” is not a record number, like 12`)),
      looksLike: (raw) => /^#\d{1,9}$/.test(plain(raw)),
    },
  });
