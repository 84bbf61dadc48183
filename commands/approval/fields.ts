import { z } from 'zod';
import { Problem } from '#bot/fields';
import { say } from '#domain/text';

/** The number of an approval, as on its card. */
export const approvalNo = z
  .int()
  .min(1)
  .meta({
    label: { zh: '审批号', en: 'approval' },
    field: {
      kind: 'approval',
      asks: 'line',
      maxLength: 12,
      read(raw) {
        const match = /^#?(\d{1,9})$/.exec(raw.normalize('NFKC').trim());
        return match
          ? Number(match[1])
          : new Problem(say(`「${raw.slice(0, 20)}」不是审批号`, `“${raw.slice(0, 20)}” is not an approval`));
      },
    },
  });
