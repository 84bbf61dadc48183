import { say, type Text } from '#domain/text';
import { type Action, button, type Card, card, note, row, text } from './kit.ts';
import { md } from './markup.ts';
import { both, bullets } from './words.ts';

export interface ProblemOptions {
  title?: Text;
  /** What is wrong, one entry each. */
  problems: Text[];
  /** What to do. */
  hint?: Text | undefined;
  /** What was understood: label and value. */
  understood?: { label: Text; value: string }[];
  /** A line that works. */
  example?: Text | undefined;
  actions?: { label: Text; action: Action }[];
}

/** Says kindly what was understood, what was not, and what to do; nothing was stored. */
export function problemCard({
  title = say('没有登记，请看一下', 'Nothing was recorded'),
  problems,
  hint,
  understood = [],
  example,
  actions = [],
}: ProblemOptions): Card {
  return card({
    title,
    tone: 'orange',
    body: [
      text(bullets(problems)),
      understood.length > 0 &&
        note(
          both(
            (t) =>
              md`${t(say('看懂的：', 'Understood: '))}${understood.map(({ label, value }) => `${t(label)} ${value}`).join(t(say('，', ', ')))}`,
          ),
        ),
      hint !== undefined && text(both((t) => md`👉 ${t(hint)}`)),
      example !== undefined && note(both((t) => md`${t(say('例如：', 'For example: '))}${t(example)}`)),
      actions.length > 0 && row(...actions.map(({ label, action }) => button(label, action))),
    ],
  });
}

/** A fault of ours: recorded, with the number under which it is found again. */
export const faultCard = (errorNo: string): Card =>
  card({
    title: say('出错了，已记录', 'Something went wrong; it was recorded'),
    tone: 'red',
    body: [
      text(
        both(
          (t) =>
            md`${t(say(`编号 ${errorNo}。什么都没有改动，请稍后再试；再不行，把编号告诉管理员。`, `Number ${errorNo}. Nothing was changed; please try again later, and if it happens again tell an administrator the number.`))}`,
        ),
      ),
    ],
  });

/** A finished or closed form: nothing left to press. */
export const closedCard = (title: Text): Card =>
  card({ title, tone: 'grey', body: [note(say('这张表已关闭。', 'This form is closed.'))] });
