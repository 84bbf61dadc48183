/** The card callback: one POST, three seconds, no second try; its verdict is what the client shows (5). */
import type { ClickOutcome } from '#playground/page-api';
import { checkCard } from '#playground/platform/card-rules';
import { knowledgeOf } from '#playground/platform/cards/knowledge';
import { isNode, isShared, isStreaming, isV2 } from '#playground/platform/cards/reading';
import { changeContent } from '#playground/platform/changes';
import { signOldCallback } from '#playground/platform/crypto';
import type { FaultBox } from '#playground/platform/faults';
import { newCardToken } from '#playground/platform/ids';
import { cardTokenMs, type StoredCardToken, type StoredMessage } from '#playground/platform/model';
import type { Courier } from '#playground/platform/push/courier';
import type { Targets } from '#playground/platform/push/deliveries';
import { type PushOptions, parcel } from '#playground/platform/push/envelope';
import { userIds } from '#playground/platform/push/events';
import { answerLimitMs, type PostResult, post } from '#playground/platform/push/post';
import type { WireRecord } from '#playground/platform/record';
import type { State } from '#playground/platform/state';

const dayMs = 86_400_000;

const toastTypes = ['info', 'success', 'warning', 'error'];

/** What the client says; the number is the code it shows. */
export const failureTexts: Record<number, string> = {
  200080: '卡片已过期，不能再操作',
  200340: '出错了，请稍后重试 code: 200340（应用没有配置回调地址）',
  200341: '出错了，请稍后重试 code: 200341（应用没有在 3 秒内应答）',
  200342: '出错了，请稍后重试 code: 200342（连不上应用）',
  200343: '出错了，请稍后重试 code: 200343（找不到应用的域名）',
  200671: '出错了，请稍后重试 code: 200671（应用的应答不是 HTTP 200）',
  200672: '出错了，请稍后重试 code: 200672（应答的格式不对）',
  200673: '出错了，请稍后重试 code: 200673（应答里的卡片不合规）',
  200830: '出错了，请稍后重试 code: 200830（2.0 卡片不能换成 1.0）',
};

interface Answer {
  toast?: { type: 'info' | 'success' | 'warning' | 'error'; content: string; i18n?: Record<string, string> };
  card?: Record<string, unknown>;
}

export class Callbacks {
  readonly #state: State;
  readonly #courier: Courier;
  readonly #faults: FaultBox;
  readonly #record: WireRecord;
  readonly #targets: Targets;

  constructor(courier: Courier, faults: FaultBox, record: WireRecord, targets: Targets) {
    this.#state = courier.state;
    this.#courier = courier;
    this.#faults = faults;
    this.#record = record;
    this.#targets = targets;
  }

  /** Reports one click and answers what the clicker sees. */
  async click(
    message: StoredMessage,
    openId: string,
    action: Record<string, unknown>,
    options?: PushOptions,
  ): Promise<ClickOutcome> {
    const expires = isV2(JSON.parse(message.content)) ? 14 : 30;
    if (this.#state.clock.ms() - message.createdAt > expires * dayMs) return this.#failed(message, openId, 200080);
    const token = this.#mint(message, openId);
    const before = message.content;
    const result = await this.#push(message, openId, token, action, options);
    const verdict = judge(this.#state, result, before);
    this.#settle(token, message, before);
    if (typeof verdict === 'number') return this.#failed(message, openId, verdict);
    if (verdict.card) this.#apply(message, openId, verdict.card);
    return {
      ...(verdict.toast ? { toast: this.#toast(verdict.toast, openId) } : {}),
    };
  }

  #mint(message: StoredMessage, openId: string): StoredCardToken {
    const now = this.#state.clock.ms();
    for (const old of this.#state.cardTokens.values()) {
      if (now - old.mintedAt > 2 * cardTokenMs) this.#state.cardTokens.delete(old.token);
    }
    const token = newCardToken();
    const { messageId } = message;
    return this.#state.cardTokens.set(token, {
      token,
      messageId,
      openId,
      mintedAt: now,
      uses: 0,
      answered: false,
    });
  }

  /** From now on the token updates for good; what it changed before the answer is undone (4.6). */
  #settle(token: StoredCardToken, message: StoredMessage, before: string): void {
    const used = this.#state.cardTokens.get(token.token) ?? token;
    this.#state.cardTokens.set(token.token, { ...used, answered: true });
    if (used.uses > 0 && message.content !== before) changeContent(this.#state, message, before, 'reverted');
  }

  async #push(
    message: StoredMessage,
    openId: string,
    token: StoredCardToken,
    action: Record<string, unknown>,
    options: PushOptions | undefined,
  ): Promise<PostResult | 'no-target'> {
    const state = this.#state;
    const one = parcel(
      state,
      'card.action.trigger',
      {
        operator: { tenant_key: state.seed.tenantKey, ...userIds(state, openId) },
        token: token.token,
        action,
        host: 'im_message',
        context: { open_message_id: message.messageId, open_chat_id: message.chatId },
      },
      options,
    );
    const url = this.#targets.cardUrl;
    if (!this.#courier.reaches(url)) return 'no-target';
    if (url && this.#faults.switches.oldCardCallbackToo) await this.#pushOld(url, message, openId, token, action);
    return this.#courier.carry(one, url, 1);
  }

  /** The old form of 5.5: flat, never encrypted, SHA-1. Its answer does not count here. */
  async #pushOld(
    url: string,
    message: StoredMessage,
    openId: string,
    token: StoredCardToken,
    action: Record<string, unknown>,
  ): Promise<void> {
    const state = this.#state;
    const { open_id, user_id } = userIds(state, openId);
    const body = JSON.stringify({
      open_id,
      user_id,
      open_message_id: message.messageId,
      open_chat_id: message.chatId,
      tenant_key: state.seed.tenantKey,
      token: token.token,
      action,
    });
    const timestamp = String(Math.floor(state.clock.ms() / 1000));
    const nonce = token.token.slice(2, 18);
    await post(
      state.clock,
      url,
      body,
      {
        'content-type': 'application/json;charset=utf-8',
        'x-lark-request-timestamp': timestamp,
        'x-lark-request-nonce': nonce,
        'x-lark-signature': signOldCallback(state.app.verificationToken, timestamp, nonce, body),
        'x-refresh-token': token.token,
      },
      answerLimitMs,
    );
  }

  #apply(message: StoredMessage, openId: string, card: Record<string, unknown>): void {
    const content = JSON.stringify(card);
    const age = this.#state.clock.ms() - message.createdAt;
    if (message.recalledAt !== undefined || age > 14 * dayMs) return;
    // while a card is being written, a click shows its toast and changes nothing
    if (isStreaming(JSON.parse(message.content), this.#state.clock.ms() - message.updatedAt)) return;
    if (isShared(card, 'effective') || message.onlyFor) changeContent(this.#state, message, content, 'answered');
    else {
      message.personal = { ...message.personal, [openId]: content };
      this.#state.saveMessage(message);
    }
  }

  #toast(toast: NonNullable<Answer['toast']>, openId: string): NonNullable<ClickOutcome['toast']> {
    const locale = this.#state.user(openId)?.locale ?? this.#state.seed.locale ?? 'zh_cn';
    return { type: toast.type ?? 'info', content: toast.i18n?.[locale] ?? toast.content };
  }

  #failed(message: StoredMessage, openId: string, code: number): ClickOutcome {
    const text = failureTexts[code] ?? `出错了，请稍后重试 code: ${code}`;
    this.#record.seen({ openId, messageId: message.messageId, code, text, at: this.#state.clock.now() });
    return { failure: { code, text } };
  }
}

/** The answer, or the code that the client shows. */
function judge(state: State, result: PostResult | 'no-target', before: string): Answer | number {
  if (result === 'no-target') return 200340;
  if (result.failure === 'timeout') return 200341;
  if (result.failure === 'dns') return 200343;
  if (result.failure === 'connect') return 200342;
  if (result.status !== 200) return 200671;
  const body = parse(result.text);
  if (!isNode(body) || Object.keys(body).some((key) => key !== 'toast' && key !== 'card')) return 200672;
  if (body.toast !== undefined && !isToast(body.toast)) return 200672;
  if (body.card === undefined) return body as Answer;
  if (!isNode(body.card) || body.card.type !== 'raw' || !isNode(body.card.data)) return 200672;
  const card = body.card.data;
  if (isV2(JSON.parse(before)) && !isV2(card)) return 200830;
  if (checkCard(card, knowledgeOf(state)).length > 0) return 200673;
  return { ...(body.toast ? { toast: body.toast as Answer['toast'] & object } : {}), card };
}

function isToast(toast: unknown): boolean {
  if (!isNode(toast)) return false;
  if (toast.type !== undefined && !toastTypes.includes(String(toast.type))) return false;
  return typeof toast.content === 'string' || isNode(toast.i18n);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
