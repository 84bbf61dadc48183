import { recordNo } from '#bot/fact-fields';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import type { LoadedSheet } from '#usecases/appraisal-sheets';

/** Which scores a card showed: an answer to others than those that count now would be an answer to nothing. */
export const version = recordNo.optional().meta({ label: { zh: '版本', en: 'version' }, hidden: true });

export function demandVersion({ state }: LoadedSheet, seen: number | undefined): void {
  if (seen === undefined || seen === state.scoredSeq) return;
  throw new UserError(
    'appraisal.changed',
    say('分数已经更新，这张卡片是旧的。', 'The scores have changed; this card is an old one.'),
    say('请看最新的：/考核 结果', 'See the newest: /appraise results'),
  );
}
