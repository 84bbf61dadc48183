import type { Opened } from '#playground/page-api';
import { api } from './api.ts';
import { go } from './route.ts';
import { Store } from './store.ts';

/** The message that was asked for last, by whom; until its chat shows another. */
export const sought = new Store<(Opened & { as: string }) | undefined>(undefined);

/** Whether the client opens this itself, instead of a browser. */
export const isClientLink = (url: string): boolean =>
  /^https:\/\/applink\.(feishu\.cn|larksuite\.com)\/client\/(chat|thread)\/open\?/.test(url);

/** Goes where the link leads. @throws CallFailed in words for people */
export async function follow(as: string, url: string): Promise<void> {
  const opened = await api.open(as, url);
  sought.set({ ...opened, as });
  go({ as, chat: opened.chatId });
}
