import type { CommandContext } from '#bot/command';
import { type Element, figures } from '#cards/kit';
import { claimFigures } from '#db/claims';
import { say } from '#domain/text';

/** O12: how long customers waited for an answer in a month, and how satisfied they were. */
export async function answerTimes(ctx: CommandContext, { month }: { month: string | undefined }): Promise<Element[]> {
  if (month === undefined) return [];
  const { total, answered, answeredInTime, averageHours, satisfaction } = await claimFigures(ctx.tx, month);
  return [
    figures(
      { label: say('投诉', 'Claims'), value: String(total) },
      { label: say('按期答复', 'In time'), value: `${answeredInTime}/${answered}` },
      {
        label: say('平均答复', 'Answered in'),
        value: averageHours === undefined ? '—' : say(`${averageHours} 小时`, `${averageHours} h`),
      },
      { label: say('满意度', 'Satisfaction'), value: satisfaction ?? '—' },
    ),
  ];
}
