import { sendFile } from '#bot/deliver';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { UserError } from '#domain/errors';
import { mayPay } from '#domain/people/access';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { exportWorkbook } from './export.ts';

/** Makes the workbook and sends it to who asked, privately. The right is checked again: it may be gone by now. */
export async function exportMonth(
  { db, by, now, complete }: { db: Db; by: Person; now(): Date; complete(tx: Db, card: Card): Promise<void> },
  { month }: { month: string },
): Promise<void> {
  if (!mayPay('export', by))
    throw new UserError(
      'denied.pay',
      say('你不能导出工资。', 'You may not export pay.'),
      say('财务和人事可以。', 'Finance and HR may.'),
    );
  const { name, bytes, people, draft } = await exportWorkbook(db, month, now());
  await db.transaction(async (tx) => {
    await sendFile(tx, { to: { person: by.openId } }, { name, bytes }, now());
    await recordAudit(tx, {
      at: now(),
      actor: by.openId,
      via: 'job',
      command: 'pay export',
      subject: `pay-run:${month}`,
      outcome: 'done',
      after: { people, draft, bytes: bytes.length },
    });
    await complete(
      tx,
      noticeCard(
        say(
          `已导出 ${month}，共 ${people} 人${draft ? '（草稿）' : ''}。`,
          `${month} exported: ${people} people${draft ? ' (draft)' : ''}.`,
        ),
        'success',
      ),
    );
  });
}
