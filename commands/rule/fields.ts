import { z } from 'zod';
import { choice, Problem } from '#bot/fields';
import { say } from '#domain/text';

export const onOff = choice([
  { value: 'on', label: { zh: '开', en: 'on' }, aliases: ['打开', '是'] },
  { value: 'off', label: { zh: '关', en: 'off' }, aliases: ['关闭', '否'] },
]);

export const gate = choice([
  { value: 'seal', label: { zh: '封样', en: 'seal' }, aliases: ['首件封样'] },
  { value: 'deposit', label: { zh: '定金', en: 'deposit' }, aliases: ['订金'] },
  { value: 'balance', label: { zh: '余款', en: 'balance' }, aliases: ['尾款'] },
]);

/** Classes of orders, several at once; `关` for none. */
export const templateList = z.array(z.string()).meta({
  field: {
    kind: 'templates',
    asks: 'line',
    maxLength: 80,
    read(raw) {
      const words = raw
        .normalize('NFKC')
        .split(/[;,、+]+/)
        .map((word) => word.trim().toLowerCase())
        .filter(Boolean);
      if (words.length === 1 && ['off', '关', '无', 'none'].includes(words[0]!)) return [];
      // a company's own templates count too: which there are, the command looks up
      return words.length > 0
        ? words
        : new Problem(
            say('写上类别，例如 服装、外贸；不要就写 关', 'Name the classes, like garment, foreign-trade; or off'),
          );
    },
  },
});

/** `A` a letter, `9` a digit, anything else itself; `关` for none. */
export const numberForm = z.string().meta({
  field: {
    kind: 'number-form',
    asks: 'line',
    maxLength: 40,
    read(raw) {
      const form = raw.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
      if (['OFF', '关', '无', 'NONE'].includes(form)) return '';
      return /^[A-Z0-9/._]{4,40}$/.test(form) && form.includes('9')
        ? form
        : new Problem(
            say(
              `「${raw.slice(0, 20)}」不是编号格式。9 代表数字，A 代表字母，例如 AA99999999`,
              `“${raw.slice(0, 20)}” is not a number form. 9 stands for a digit, A for a letter, like AA99999999`,
            ),
          );
    },
  },
});
