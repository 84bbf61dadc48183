import type { OrderLine } from '#domain/order/lines';
import type { StageState } from '#domain/order/progress';
import { stageLabel } from '#domain/order/stages';
import { join, say, type Text } from '#domain/text';
import { type Element, panel, text } from './kit.ts';
import { literal, Markup, md } from './markup.ts';
import { both } from './words.ts';

const MOST_COLOURS = 15;
const MOST_SIZES = 8;

/** Colours down, sizes across; where a stage is counted by colour and size, how much of each is done. */
export function linesPanel(lines: readonly OrderLine[], counting?: StageState): Element {
  const colours = [...new Set(lines.map(({ colour }) => colour))];
  const sizes = [...new Set(lines.map(({ size }) => size))];
  const done = new Map(counting?.byLine.map((line) => [`${line.colour}\0${line.size}`, line.done]));
  const cell = (colour: string, size: string): string => {
    const line = lines.find((one) => one.colour === colour && one.size === size);
    if (!line) return '';
    const made = done.get(`${colour}\0${size}`);
    return made === undefined ? String(line.qty) : `${made}/${line.qty}`;
  };
  const shownSizes = sizes.slice(0, MOST_SIZES);
  const table = (t: (words: Text) => string): Markup =>
    new Markup(
      [
        [t(say('颜色', 'colour')), ...shownSizes.map((size) => size || t(say('数量', 'qty'))), t(say('合计', 'total'))],
        Array.from({ length: shownSizes.length + 2 }, () => '---'),
        ...colours
          .slice(0, MOST_COLOURS)
          .map((colour) => [
            colour || '—',
            ...shownSizes.map((size) => cell(colour, size)),
            String(lines.filter((line) => line.colour === colour).reduce((sum, { qty }) => sum + qty, 0)),
          ]),
      ]
        .map((cells, i) => `| ${cells.map((words) => (i === 1 ? words : literal(words))).join(' | ')} |`)
        .join('\n'),
    );
  const hidden = Math.max(0, colours.length - MOST_COLOURS) + Math.max(0, sizes.length - MOST_SIZES);
  return panel(
    both(
      (t) =>
        md`**${t(say(`明细 ${lines.length} 行`, `${lines.length} lines`))}**${counting && done.size > 0 ? t(join([' ', stageLabel(counting.stage)])) : ''}`,
    ),
    [
      text(both(table)),
      ...(hidden > 0
        ? [
            text(
              say(
                '放不下的颜色和尺码请用 /订单 导出 查看。',
                'For the colours and sizes that do not fit, use /order export.',
              ),
            ),
          ]
        : []),
    ],
  );
}
