import type { Attachment } from '#bot/command';
import { sendCard } from '#bot/deliver';
import { isGuest } from '#bot/rights';
import { noticeCard } from '#cards/notice-card';
import type { Db } from '#db/client';
import { addJob } from '#db/jobs';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';

const TABLE = /\.(csv|xlsx|xls|txt|ya?ml)$/i;

/** A file sent to the bot in private: a table is read by a job, whose card tells how far it is. */
export async function takeFile(tx: Db, actor: Person, file: Attachment, now: Date): Promise<void> {
  if (isGuest(actor))
    throw new UserError(
      'denied.unknown-person',
      say('你还不在花名册里，所以我还不能收你的文件。', 'You are not on the roster yet, so I cannot take your files.'),
      say(`请把这个编号发给管理员：${actor.openId}`, `Please send this id to an administrator: ${actor.openId}`),
    );
  if (file.type !== 'file' || !TABLE.test(file.name))
    throw new UserError(
      'file.unknown',
      say(
        `「${file.name || '图片'}」我不知道怎么用。`,
        `I do not know what to do with “${file.name || 'the picture'}”.`,
      ),
      say(
        '可以发 CSV 或 Excel 来导入；照片请回复订单卡片发到群里。',
        'Send CSV or Excel to import; photos go as a reply to an order card.',
      ),
    );
  const cardKey = await sendCard(
    tx,
    { to: { person: actor.openId } },
    noticeCard(say(`正在读取「${file.name}」……`, `Reading “${file.name}”…`)),
    { now },
  );
  await addJob(
    tx,
    { kind: 'import-file', args: { messageId: file.messageId, key: file.key, name: file.name }, by: actor.id, cardKey },
    now,
  );
}
