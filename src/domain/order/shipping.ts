import { type Fen, multiply, ratio, smaller, sumFen } from '../money.ts';

/** O10. What has left, and what has come back. */
export interface Part {
  /** Pieces; negative for goods that came back. */
  qty: number;
}

export const netShipped = (parts: readonly Part[]): number => parts.reduce((sum, { qty }) => sum + qty, 0);

/**
 * What each part is worth, in the order in which they happened: order amount × pieces ÷ ordered pieces, rounded once. The part that
 * completes the order takes what remains, and one that brings everything back takes all of it, so that the parts add up.
 */
export function partAmounts({ qty, amountFen }: { qty: number; amountFen: Fen }, parts: readonly Part[]): Fen[] {
  const amounts: Fen[] = [];
  let shipped = 0;
  for (const part of parts) {
    shipped += part.qty;
    const soFar = sumFen(amounts);
    const share = multiply(amountFen, ratio(BigInt(part.qty), BigInt(qty)));
    if (shipped === qty) amounts.push(amountFen - soFar);
    else if (shipped === 0) amounts.push(-soFar);
    else amounts.push(part.qty > 0 ? smaller(share, amountFen - soFar) : share < -soFar ? -soFar : share);
  }
  return amounts;
}

const sizeLine = /^([^:=×*]*[^:=×*\s])\s*[:=×*]\s*(\d{1,8})\s*(?:件|套|条|双|只|个|pcs)?$/iu;

/**
 * `红/M:120 红/L:80` → lines; undefined when a part of it cannot be read. Blanks separate as commas do, unless they belong to a name
 * that stands alone between commas (`navy blue:5, black:7`).
 */
export function readSizes(text: string): { name: string; qty: number }[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[,;、\n]+/u)
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => (sizeLine.test(part) ? [part] : part.split(/\s+(?=\S+\s*[:=×*]\s*\d)/u)));
  const lines = parts.map((part) => {
    const match = sizeLine.exec(part.trim());
    return match ? { name: match[1]!.trim(), qty: Number(match[2]) } : undefined;
  });
  return lines.length > 0 && lines.every((line) => line !== undefined) ? lines : undefined;
}

export const sizesText = (lines: readonly { name: string; qty: number }[]): string =>
  lines.map(({ name, qty }) => `${name}:${qty}`).join(' ');
