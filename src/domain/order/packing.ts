import { inLocale, say, type Text } from '../text.ts';
import type { OrderLine } from './lines.ts';

/** O10. The packing list against the order's lines and what was cut of them. */

/** How much was cut of a line, by the progress log. */
export interface CutLine {
  colour: string;
  size: string;
  done: number;
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s/_·-]+/gu, '');

export const lineName = ({ colour, size }: { colour: string; size: string }): string =>
  [colour, size].filter(Boolean).join('/');

/** The line that a packing list names: `红/M`, `红 M`, or a colour or size of which there is one only; undefined: none or several. */
export function lineNamed(lines: readonly OrderLine[], name: string): OrderLine | undefined {
  const wanted = plain(name);
  const whole = lines.find(({ colour, size }) => plain(colour + size) === wanted);
  const half = lines.filter(({ colour, size }) => plain(colour) === wanted || plain(size) === wanted);
  return whole ?? (half.length === 1 ? half[0] : undefined);
}

/** Pieces of each line that left, less what came back; `undefined` when some part does not say its colours and sizes. */
export function shippedByLine(
  lines: readonly OrderLine[],
  parts: readonly { sizes: readonly { name: string; qty: number }[] | undefined; sign: 1 | -1 }[],
): Map<OrderLine, number> | undefined {
  const shipped = new Map<OrderLine, number>();
  for (const { sizes, sign } of parts) {
    if (sizes === undefined) return undefined;
    for (const { name, qty } of sizes) {
      const line = lineNamed(lines, name);
      if (line) shipped.set(line, (shipped.get(line) ?? 0) + sign * qty);
    }
  }
  return shipped;
}

const LINES_SHOWN = 12;

/**
 * What has left against what was ordered and cut, in words: the whole first, then each line that differs.
 *
 * @param ended somebody said that nothing more will leave
 * @param cut pieces cut by line, where they were logged by line; `cutInAll` altogether, where they were not
 */
export function packingWords({
  order,
  lines,
  shipped,
  byLine,
  ended,
  cut,
  cutInAll,
}: {
  order: { qty: number };
  lines: readonly OrderLine[];
  shipped: number;
  byLine: Map<OrderLine, number> | undefined;
  ended: boolean;
  cut: readonly CutLine[];
  cutInAll: number | undefined;
}): Text[] {
  const words: Text[] = [];
  const left = order.qty - shipped;
  const share = `${Math.round((Math.abs(left) * 1000) / order.qty) / 10}%`;
  if (left === 0) words.push(say(`已出 ${shipped}，全部出完`, `${shipped} have left: all of it`));
  else if (ended)
    words.push(
      say(
        `短装 ${left}（${share}）：订 ${order.qty}，出 ${shipped}，不再出了`,
        `short by ${left} (${share}): ${order.qty} ordered, ${shipped} shipped, nothing more to come`,
      ),
    );
  else
    words.push(
      say(`已出 ${shipped}，还差 ${left}（订 ${order.qty}）`, `${shipped} have left, ${left} of ${order.qty} to go`),
    );
  if (cut.length === 0 && cutInAll !== undefined && shipped > cutInAll)
    words.push(
      say(
        `出货比裁剪数多 ${shipped - cutInAll}（裁 ${cutInAll}），请核对`,
        `${shipped - cutInAll} more have left than were cut (${cutInAll}); please check`,
      ),
    );
  if (lines.length === 0) return words;
  if (byLine === undefined) {
    words.push(
      say(
        '有的批次没有写颜色尺码，分色分码没法核对',
        'some parts do not say colours and sizes, so lines are not compared',
      ),
    );
    return words;
  }
  const different = lines.flatMap((line): Text[] => {
    const out = byLine.get(line) ?? 0;
    const made = cut.find(({ colour, size }) => colour === line.colour && size === line.size)?.done;
    const isShort = out < line.qty && (ended || out > 0);
    const isMoreThanCut = made !== undefined && out > made;
    if (!isShort && !isMoreThanCut) return [];
    const name = lineName(line);
    const made_ = made === undefined ? { zh: '', en: '' } : { zh: `，裁 ${made}`, en: `, ${made} cut` };
    const gap = isMoreThanCut
      ? say(`，比裁剪数多 ${out - made}`, `, ${out - made} more than cut`)
      : say(`，少 ${line.qty - out}`, `, ${line.qty - out} fewer`);
    return [
      say(
        `${name}：订 ${line.qty}${made_.zh}，出 ${out}${inLocale(gap, 'zh')}`,
        `${name}: ${line.qty} ordered${made_.en}, ${out} shipped${inLocale(gap, 'en')}`,
      ),
    ];
  });
  return [
    ...words,
    ...different.slice(0, LINES_SHOWN),
    ...(different.length > LINES_SHOWN
      ? [say(`……另有 ${different.length - LINES_SHOWN} 行`, `… and ${different.length - LINES_SHOWN} more lines`)]
      : []),
  ];
}
