import { readBotOpenId, rememberBotOpenId } from '#db/bot-identity';
import type { Db } from '#db/client';
import type { FeishuApi } from './api.ts';

/**
 * The bot's own open_id: asked of the platform once a process, and remembered, so that a restart while the platform is away still knows
 * which group messages are for the bot.
 *
 * @returns a function that rejects while nobody knows; then the event should be delivered again
 */
export function botIdentity(db: Db, api: Pick<FeishuApi, 'botInfo'>, now: () => Date): () => Promise<string> {
  let known: string | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    try {
      const { openId } = await api.botInfo();
      known = openId;
      await rememberBotOpenId(db, openId, now());
      return openId;
    } catch (error) {
      const remembered = known ?? (await readBotOpenId(db));
      if (remembered) return remembered;
      throw error;
    }
  }

  return async () => {
    if (known) return known;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
