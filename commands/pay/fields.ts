import { z } from 'zod';
import { Problem } from '#bot/fields';
import { say } from '#domain/text';

/** A whole number of 0 or more, kept as the text it is. */
export const wholeNumber = z.string().meta({
  field: {
    kind: 'whole-number',
    asks: 'line',
    maxLength: 8,
    read(raw) {
      const word = raw
        .normalize('NFKC')
        .trim()
        .replace(/(天|次|票|夜|days?)$/i, '')
        .trim();
      return /^\d{1,6}$/.test(word)
        ? word
        : new Problem(
            say(`「${raw.slice(0, 40)}」不是整数，例如 3`, `“${raw.slice(0, 40)}” is not a whole number, like 3`),
          );
    },
  },
});
