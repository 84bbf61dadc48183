import { findStage, isCounted, type TemplateStep } from './stages.ts';

export class TemplateProblem {
  readonly part: string;
  readonly why: 'shape' | 'twice' | 'too-few' | 'too-many' | 'order';
  constructor(part: string, why: TemplateProblem['why']) {
    this.part = part;
    this.why = why;
  }
}

const MOST = 25;

/**
 * Reads the stages of a template: `接单 > 面料 20 > 绣花 8 计数 > 出货 0`. After each name, the working days before the delivery by
 * which it is finished (negative: after it); 计数 where pieces are counted. Without days: the day of the order for the first,
 * evenly spaced between its neighbours for the others, the delivery date for the last.
 */
export function parseTemplate(text: string): TemplateStep[] | TemplateProblem {
  const parts = text
    .normalize('NFKC')
    .split(/\s*(?:>|->|→|,|、|;|\n)\s*/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length < 2) return new TemplateProblem(text.trim(), 'too-few');
  if (parts.length > MOST) return new TemplateProblem(String(parts.length), 'too-many');
  const read: { stage: string; days: number | undefined; counted: boolean }[] = [];
  for (const part of parts) {
    const match = /^(.+?)(?:[\s=:]+(-?\d{1,3})(?:天|d)?)?(?:\s+(计数|counted))?$/i.exec(part);
    const name = match?.[1]?.trim() ?? '';
    if (!match || !name || [...name].length > 30) return new TemplateProblem(part, 'shape');
    const stage = findStage(name)?.code ?? name;
    if (read.some((before) => before.stage === stage)) return new TemplateProblem(name, 'twice');
    const days = match[2] === undefined ? undefined : Number(match[2]);
    const last = read.findLast((before) => before.days !== undefined);
    if (days !== undefined && last && days > last.days!) return new TemplateProblem(part, 'order');
    read.push({ stage, days, counted: match[3] !== undefined || isCounted(stage) });
  }
  return read.map(({ stage, counted }, i) => ({ stage, counted, before: beforeOf(read, i) }));
}

function beforeOf(read: readonly { days: number | undefined }[], i: number): number | null {
  const own = read[i]!.days;
  if (own !== undefined) return own;
  if (i === 0) return null;
  const from = read.findLastIndex(({ days }, at) => at < i && days !== undefined);
  const to = read.findIndex(({ days }, at) => at > i && days !== undefined);
  const end = to < 0 ? read.length - 1 : to;
  const endDays = to < 0 ? Math.min(0, from < 0 ? 0 : read[from]!.days!) : read[to]!.days!;
  const start = Math.max(from, 0);
  const startDays = from < 0 ? endDays + 3 * (end - start) : read[from]!.days!;
  return Math.round(startDays + ((endDays - startDays) * (i - start)) / Math.max(1, end - start));
}
