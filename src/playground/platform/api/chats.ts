/** `bot/v3/info`, `im/v1/chats` and the count of long connections. */
import { type Call, pageOf, type Reply } from '#playground/platform/api/call';
import { ApiError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import type { StoredChat } from '#playground/platform/model';

const chatScopes = ['im:chat', 'im:chat:readonly', 'im:chat:read'];

/** How many clients hold a long connection: more than expected means that one of them steals events. */
export const connectionEndpoint = (count: () => number): Endpoint => ({
  api: 'connections',
  method: 'GET',
  path: '/event/v1/connection',
  scopes: [],
  run: () => ({ data: { online_instance_cnt: count() } }),
});

export function chatEndpoints({ state }: Gate): Endpoint[] {
  function chatOf(call: Call): StoredChat {
    const chat = state.chats.get(call.param('id'));
    if (!chat) throw new ApiError(232006, 'Your request specifies a chat_id which is invalid.');
    if (chat.dissolved) throw new ApiError(232009, 'Your request specifies a chat which has already been dissolved.');
    if (!chat.hasBot) throw new ApiError(232011, 'Operator can NOT be out of the chat.');
    return chat;
  }

  const brief = (chat: StoredChat) => ({
    chat_id: chat.chatId,
    name: chat.kind === 'group' ? chat.name : '',
    avatar: '',
    description: '',
    ...(chat.ownerOpenId ? { owner_id: chat.ownerOpenId, owner_id_type: 'open_id' } : {}),
    external: false,
    tenant_key: state.seed.tenantKey,
    chat_status: chat.dissolved ? 'dissolved' : 'normal',
  });

  function list(call: Call): Reply {
    const groups = state.chats.values().filter((chat) => chat.kind === 'group' && chat.hasBot && !chat.dissolved);
    const page = pageOf(groups, call.page(20, 100));
    return { data: { ...page, items: page.items.map(brief) } };
  }

  function get(call: Call): Reply {
    const { chat_id: _, ...chat } = brief(chatOf(call));
    const kind = chatOf(call).kind;
    return {
      data: {
        ...chat,
        chat_mode: kind,
        ...(kind === 'group'
          ? {
              chat_type: 'private',
              group_message_type: 'chat',
              user_count: String(chatOf(call).members.length),
              bot_count: '1',
            }
          : {}),
      },
    };
  }

  function members(call: Call): Reply {
    const chat = chatOf(call);
    const idType = call.query('member_id_type') ?? 'open_id';
    const all = chat.members.flatMap((openId) => {
      const user = state.user(openId);
      if (!user) return [];
      const id = idType === 'user_id' ? user.userId : idType === 'union_id' ? user.unionId : openId;
      return [{ member_id_type: idType, member_id: id, name: user.name, tenant_key: state.seed.tenantKey }];
    });
    return { data: { ...pageOf(all, call.page(20, 100)), member_total: all.length } };
  }

  return [
    {
      api: 'bot-info',
      method: 'GET',
      path: '/bot/v3/info',
      scopes: [],
      run: () => ({
        top: {
          bot: {
            activate_status: 2,
            app_name: state.app.botName,
            avatar_url: '',
            ip_white_list: [],
            open_id: state.botOpenId,
          },
        },
      }),
    },
    { api: 'chats', method: 'GET', path: '/im/v1/chats', scopes: chatScopes, run: list },
    { api: 'chat', method: 'GET', path: '/im/v1/chats/:id', scopes: chatScopes, run: get },
    {
      api: 'members',
      method: 'GET',
      path: '/im/v1/chats/:id/members',
      scopes: [...chatScopes, 'im:chat.members:read'],
      run: members,
    },
  ];
}
