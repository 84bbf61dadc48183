import { z } from 'zod';
import { Problem } from '#bot/fields';
import { say } from '#domain/text';

export const year = z
  .int()
  .min(2024)
  .max(2100)
  .meta({
    field: {
      kind: 'year',
      asks: 'line',
      maxLength: 6,
      read: (raw) =>
        /^20\d{2}年?$/.test(raw.normalize('NFKC').trim())
          ? Number(raw.normalize('NFKC').trim().slice(0, 4))
          : new Problem(
              say(`「${raw.slice(0, 20)}」不是年份，例如 2027`, `“${raw.slice(0, 20)}” is not a year, like 2027`),
            ),
      looksLike: (raw) => /^20\d{2}年?$/.test(raw),
    },
  });
