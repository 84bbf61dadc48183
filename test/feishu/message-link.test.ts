import { describe, expect, it } from 'vitest';
import type { MessagePlace } from '#feishu/api';
import { ApiError } from '#feishu/api-error';
import { findLinks, linkTo } from '#feishu/message-link';

const inChat: MessagePlace = { chatId: 'oc_1', position: '29', deleted: false };

describe('what opens a message', () => {
  it('is its place in the chat, on the platform’s own host', () => {
    expect(linkTo(inChat, 'feishu')).toBe('https://applink.feishu.cn/client/chat/open?openChatId=oc_1&position=29');
    expect(linkTo(inChat, 'lark')).toBe('https://applink.larksuite.com/client/chat/open?openChatId=oc_1&position=29');
    expect(linkTo({ ...inChat, chatId: 'oc_a&b)' }, 'feishu')).toContain('openChatId=oc_a%26b%29&position=29');
  });

  it('is its place in the topic where it stands in one, spelt for every client', () => {
    const url = new URL(linkTo({ ...inChat, position: '-3', threadId: 'omt_9', threadPosition: '2' }, 'feishu')!);
    expect(url.pathname).toBe('/client/thread/open');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ open_thread_id: 'omt_9', openthreadid: 'omt_9', open_chat_id: 'oc_1', openchatid: 'oc_1' },
      thread_position: '2',
    });
    expect(linkTo({ ...inChat, threadId: 'omt_9', threadPosition: '-1' }, 'feishu')).toContain('thread_position=-1');
    expect(linkTo({ ...inChat, threadId: 'omt_9' }, 'feishu')).toContain('/client/chat/open?');
  });

  it.each<[string, Partial<MessagePlace>]>([
    ['without a place', { position: undefined }],
    ['without a chat', { chatId: undefined }],
    ['with a place in a topic that is not named', { position: '-3' }],
    ['with a place that is none', { position: '29&openChatId=oc_2' }],
    ['that was taken back', { deleted: true }],
  ])('is nothing for a message %s', (_, change) => {
    expect(linkTo({ ...inChat, ...change }, 'feishu')).toBe(null);
  });

  it('is what the platform says itself, where that leads to its client', () => {
    const appLink = 'https://applink.feishu.cn/client/message/link/open?token=abc';
    expect(linkTo({ ...inChat, appLink }, 'feishu')).toBe(appLink);
    for (const wrong of [
      '',
      'http://applink.feishu.cn/x',
      'https://applink.feishu.cn.example.com/x',
      'https://applink.feishu.cn/a)b',
    ])
      expect(linkTo({ ...inChat, appLink: wrong }, 'feishu'), wrong).toContain('position=29');
  });
});

describe('asking for the places', () => {
  const error = (kind: 'give-up' | 'retry' | 'reauthorise') => new ApiError('no', { kind, unknownResult: false });
  const ids = Array.from({ length: 12 }, (_, i) => `om_${i}`);
  const asking = async (refused: Record<string, ApiError>) => {
    const asked: string[] = [];
    const links = await findLinks(
      {
        async messagePlace(id) {
          asked.push(id);
          if (refused[id]) throw refused[id];
          return inChat;
        },
      },
      'feishu',
      ids,
    );
    return { asked, links: Object.fromEntries(links.map(({ messageId, link }) => [messageId, link])) };
  };

  it('what is refused for good has no link, the others are found', async () => {
    const { links } = await asking({ om_3: error('give-up') });
    expect(Object.keys(links)).toHaveLength(12);
    expect(links.om_3).toBe(null);
    expect(links.om_4).toContain('position=29');
  });

  it.each(['retry', 'reauthorise'] as const)(
    'stops at a platform that cannot answer now (%s), and remembers nothing of what it was asked for',
    async (kind) => {
      const { asked, links } = await asking({ om_3: error(kind) });
      expect(asked).toHaveLength(5);
      expect(Object.keys(links)).toEqual(['om_0', 'om_1', 'om_2', 'om_4']);
    },
  );
});
