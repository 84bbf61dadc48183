import type { Answer } from '#bot/incoming';

/** What a click may be answered with; anything else makes the client show error 200672. */
export interface CallbackBody {
  toast?: { type: 'info' | 'success' | 'warning' | 'error'; content: string; i18n: { zh_cn: string; en_us: string } };
  card?: { type: 'raw'; data: object };
}

/** Our answer in the platform's words; nothing to say is `{}`. */
export function callbackBody({ toast, card }: Answer): CallbackBody {
  return {
    ...(toast && {
      toast: { type: toast.tone, content: toast.zh, i18n: { zh_cn: toast.zh, en_us: toast.en } },
    }),
    ...(card && { card: { type: 'raw', data: card } }),
  };
}

/** The work goes on; its result follows. */
export const WORKING: Answer = { toast: { tone: 'info', zh: '处理中，稍后更新', en: 'Working on it' } };

/** Says nothing about why: whoever may not know must not learn it from an error. */
export const FAILED: Answer = {
  toast: { tone: 'error', zh: '出错了，请稍后再点一次', en: 'Something went wrong, please try again' },
};
