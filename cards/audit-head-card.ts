import type { IsoDate } from '#domain/calendar/dates';
import { say } from '#domain/text';
import { type Card, card, note, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

/** 审计链存证: how many changes are on record and the hash over all of them, for somebody to keep outside the database. */
export function auditHeadCard({ count, hash, today }: { count: number; hash: string; today: IsoDate }): Card {
  return card({
    title: say('审计链存证', 'Head of the audit chain'),
    tone: 'grey',
    body: [
      text(both((t) => md`${t(say('日期', 'Day'))} ${today} · ${t(say('记录数', 'records'))} ${String(count)}`)),
      text(both((t) => md`${t(say('校验值', 'hash'))} ${hash}`)),
      note(
        say(
          `请保留此消息：以后有人删改记录，凭它可以查出。核对：npm run gendan -- verify --anchor ${count}:${hash}`,
          `Keep this message: it shows whether records were deleted or changed later. To check: npm run gendan -- verify --anchor ${count}:${hash}`,
        ),
      ),
    ],
  });
}
