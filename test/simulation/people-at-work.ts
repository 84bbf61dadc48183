import type { Message } from '#playground/page-api';
import { GROUP } from './company.ts';
import type { Machine } from './machine.ts';
import { type Entry, type Kind, QTY, type Said, type Stage, type Submitted, stages } from './model.ts';
import type { Random } from './random.ts';

/** The people of the company, saying and clicking what the seed draws. */

const merchandisers = ['ou_chen', 'ou_li'] as const;
const orderOf: Record<string, string[]> = { ou_chen: ['SO-1001'], ou_li: ['SO-1002'] };
export const orders = ['SO-1001', 'SO-1002'];

interface OldClick {
  who: string;
  messageId: string;
  action: Parameters<Machine['standIn']['world']['click']>[2];
  submitted?: Submitted;
}

export function peopleAtWork(machine: Machine, random: Random, { isPayday }: { isPayday: boolean }) {
  const { standIn, time } = machine;
  const { world } = standIn;
  const said: Said[] = [];
  const submitted: Submitted[] = [];
  const clicks: OldClick[] = [];
  let marks = 0;
  /** Added so far by stage, so that no order of arrival can make it more than was ordered. */
  const room = new Map<string, number>();
  /** Has lost the right to record; from then on every try must be refused. */
  let demoted: string | undefined;
  /** Perhaps has: the order to demote them was not acknowledged yet, but may have taken effect. */
  let unsure: string | undefined;
  let paySteps = 0;

  const mark = (prefix: string) => {
    marks += 1;
    return `${prefix}${marks}记`;
  };

  function say(
    who: string,
    text: string,
    kind: Kind,
    { must = 'either', inGroup = random.chance(0.5), ...more }: Partial<Said> = {},
  ): Said {
    const message = world.say(
      who,
      inGroup ? GROUP : 'bot',
      inGroup ? `<at id="${world.botOpenId}"></at> ${text}` : text,
    );
    const one: Said = { who, text, kind, inGroup, messageId: message.messageId, at: time.ms(), must, ...more };
    said.push(one);
    machine.trace.push(`${who} ${inGroup ? 'in the group' : 'in private'}: ${text}`);
    return one;
  }

  function drawEntry(who: string): Entry {
    const order = random.pick(orderOf[who]!);
    const stage = random.pick(Object.keys(stages) as Stage[]);
    const left = room.get(`${order} ${stage}`) ?? 300;
    if (random.chance(0.4) && left > 0) {
      const added = random.int(1, Math.min(40, left));
      room.set(`${order} ${stage}`, left - added);
      return { order, stage, added };
    }
    return { order, stage, total: random.int(0, QTY - 300) };
  }

  const amountOf = ({ total, added }: Entry) => (total === undefined ? `+${added}` : `${total}件`);

  function update(): void {
    const who = random.pick(merchandisers);
    const entry = drawEntry(who);
    const words = mark('备');
    say(who, `/订单 更新 ${entry.order} ${stages[entry.stage]} ${amountOf(entry)} 备注=${words}`, 'update', {
      must: who === demoted ? 'refused' : who === unsure ? 'either' : 'done',
      entry,
      mark: words,
    });
  }

  /** Not theirs, or nobody of ours: never an effect. */
  function trespass(): void {
    const words = mark('越');
    const [who, order] = random.pick([
      ['ou_stranger', 'SO-1001'],
      ['ou_li', 'SO-1001'],
      ['ou_chen', 'SO-1002'],
      ['ou_fang', 'SO-1002'],
    ] as const);
    say(who, `/订单 更新 ${order} 缝制 ${random.int(1, 500)}件 备注=${words}`, 'update', {
      must: 'refused',
      mark: words,
    });
  }

  const undo = () => say(random.pick(merchandisers), '/撤销', 'undo');
  const look = () =>
    say(random.pick(['ou_chen', 'ou_li', 'ou_wang']), `/订单 查看 ${random.pick(orders)}`, 'other', { must: 'done' });

  function incident(): void {
    const words = mark('机密');
    say(random.pick(['ou_wang', 'ou_hr']), `/考核事件 登记 李敏 JW-K2 原因=${words}`, 'incident', {
      must: 'done',
      mark: words,
    });
  }
  const dispute = () => say('ou_li', `/考核事件 异议 ${random.int(1, 4)} ${mark('机密')}`, 'dispute');
  const hours = () => say('ou_hr', `/工时 登记 李敏 2026-10 加班=${random.int(1, 30)}`, 'hours');
  const facts = () =>
    say('ou_fang', `/工资 事实 陈静 2026-10 销售额=${random.int(100, 900)}000 得分=${random.int(60, 100)}`, 'facts');
  const lateFacts = () => say('ou_fang', `/工资 事实 陈静 2026-10 得分=${random.int(60, 100)} 原因=改判`, 'facts');
  const estimate = () => say(random.pick(['ou_chen', 'ou_li']), '/工资', 'other');

  /** The month's settlement, one step after the other. */
  const settlement: (() => void)[] = [
    () => void facts(),
    () => void say('ou_fang', '/工资 设置 夜班费=15 起=2026-10', 'other'),
    () => void say('ou_hr', '/工时 登记 李敏 2026-10 应出勤=168 实出勤=168 加班=0 夜班=0 表现=是', 'hours'),
    () => void say('ou_fang', '/工资 事实 李敏 2026-10 加工费=400000 打样=无', 'facts'),
    () => void say('ou_fang', '/工资 核算 2026-10', 'other'),
    () => void say('ou_fang', '/工资 检查 2026-10', 'other'),
    () => void say('ou_zhao', '/工资 审批 2026-10', 'other'),
    () => void say('ou_fang', '/工资 锁定 2026-10', 'other'),
    () => void lateFacts(),
    () => void say('ou_fang', '/工资 更正 2026-10 写入=是 原因=改判', 'other'),
    () => void say('ou_fang', '/工资 发工资条 2026-10', 'other'),
    () => void say('ou_chen', '/工资 确认 2026-10', 'other'),
    () => void say('ou_fang', '/工资 事实 陈静 2026-10 得分=77', 'facts'),
  ];
  async function pay(): Promise<void> {
    const step = settlement[paySteps];
    if (!step) return;
    paySteps += 1;
    step();
    await time.pass(1_500);
  }

  async function outcomeOf(click: Promise<{ toast?: { type: string } }>): Promise<boolean> {
    let told: boolean | undefined;
    void click.then(
      ({ toast }) => {
        told = toast?.type === 'success';
      },
      () => {
        told = false;
      },
    );
    for (let rounds = 0; told === undefined && rounds < 100; rounds++) await time.pass(200);
    return told ?? false;
  }

  const isCard = (message: Message) => message.sender.kind === 'bot' && message.type === 'interactive';
  const shownTo = (who: string): Message[] => [
    ...world.messagesIn(GROUP, who).filter(isCard),
    ...world.sentTo(who).filter(isCard),
  ];

  async function click(who: string, messageId: string, action: OldClick['action'], form?: Submitted): Promise<void> {
    clicks.push({ who, messageId, action, ...(form && { submitted: form }) });
    machine.trace.push(`${who} clicks`);
    const twice = random.chance(0.25);
    const first = outcomeOf(world.click(who, messageId, action));
    const second = twice ? outcomeOf(world.click(who, messageId, action)) : undefined;
    const told = [await first, await second].includes(true);
    if (form && told) form.told = true;
  }

  /** Opens the form of an order card and hands it in. */
  async function fillForm(): Promise<void> {
    const who = random.pick(merchandisers);
    const open = shownTo(who).flatMap((message) => {
      const button = buttonsOf(message.content).find(
        ({ label, value }) => label === '登记进度' && orderOf[who]!.includes(argOf(value, 'order')),
      );
      return button ? [{ message, button }] : [];
    });
    const chosen = open.at(-1);
    if (!chosen) return void look();
    await click(who, chosen.message.messageId, { tag: 'button', value: chosen.button.value });
    const form = world.message(chosen.message.messageId);
    const submit = form && buttonsOf(JSON.parse(form.content)).find(({ submits }) => submits);
    if (!submit) return;
    const demotes = (demoted ?? unsure) === undefined && who === 'ou_li' && random.chance(0.5) && everythingIsIn();
    if (demotes) await demote(who);
    const entry = { ...drawEntry(who), order: argOf(chosen.button.value, 'order') };
    const words = mark('表');
    const handedIn: Submitted = { who, mark: words, must: who === demoted ? 'refused' : 'once', entry, told: false };
    submitted.push(handedIn);
    const values = { stage: entry.stage, qty: amountOf(entry).replace('件', ''), note: words };
    await click(
      who,
      chosen.message.messageId,
      { tag: 'button', name: submit.name!, form_value: values, timezone: 'Asia/Shanghai' },
      handedIn,
    );
  }

  /** Somebody loses a role while a form of theirs is open. */
  async function demote(who: string): Promise<void> {
    const order = say('ou_admin', '/人员 设置 李敏 角色=人事', 'other', { inGroup: false });
    for (let rounds = 0; rounds < 40 && !isIn(order.messageId); rounds++) await time.pass(1_000);
    if (isIn(order.messageId)) demoted = who;
    else unsure = who;
  }

  /** The platform's word that an event was taken. */
  const isIn = (messageId: string) =>
    standIn.record
      .pushesOf('im.message.receive_v1')
      .some(
        ({ ok, plain }) =>
          ok && (plain as { event: { message: { message_id: string } } }).event.message.message_id === messageId,
      );
  const everythingIsIn = () => said.every(({ messageId }) => isIn(messageId));

  /** A click on a card that has changed since, or that was pressed before. */
  async function clickAgain(): Promise<void> {
    const old = clicks.length > 0 && random.pick(clicks);
    if (!old) return void look();
    machine.trace.push(`${old.who} clicks an old button`);
    const told = await outcomeOf(world.click(old.who, old.messageId, old.action));
    if (told && old.submitted) old.submitted.told = true;
  }

  /** Any button that anybody sees. */
  async function clickSomething(): Promise<void> {
    const who = random.pick(['ou_chen', 'ou_li', 'ou_wang', 'ou_zhao', 'ou_fang', 'ou_hr']);
    const message = shownTo(who).at(-random.int(1, 4));
    const button =
      message && random.pick([...buttonsOf(message.content).filter(({ value }) => value !== undefined), undefined]);
    if (!message || !button) return;
    await click(who, message.messageId, { tag: 'button', value: button.value });
  }

  const doings: [number, () => unknown][] = [
    [8, update],
    [2, undo],
    [2, look],
    [1, trespass],
    [4, fillForm],
    [2, clickAgain],
    [2, clickSomething],
    [2, incident],
    [1, dispute],
    [1, hours],
    [1, facts],
    [1, estimate],
    [1, () => world.read(random.pick(['ou_chen', 'ou_li']), 'bot')],
    [isPayday ? 8 : 0, pay],
  ];
  const total = doings.reduce((sum, [weight]) => sum + weight, 0);

  return {
    said,
    submitted,
    say,
    isIn,
    async something(): Promise<void> {
      let left = random.next() * total;
      for (const [weight, doing] of doings) {
        left -= weight;
        if (left < 0) return void (await doing());
      }
    },
    /** What is left of the settlement. */
    async finishPay(): Promise<void> {
      while (isPayday && paySteps < settlement.length) await pay();
    },
  };
}

interface Button {
  label: string;
  name?: string;
  value?: unknown;
  submits: boolean;
}

export function buttonsOf(node: unknown): Button[] {
  if (Array.isArray(node)) return node.flatMap(buttonsOf);
  if (!node || typeof node !== 'object') return [];
  const element = node as Record<string, unknown>;
  const inner = Object.values(element).flatMap(buttonsOf);
  if (element.tag !== 'button' || element.disabled === true) return inner;
  const [callback] = (element.behaviors ?? []) as { type: string; value?: unknown }[];
  return [
    {
      label: String((element.text as { content?: string } | undefined)?.content ?? ''),
      ...(typeof element.name === 'string' && { name: element.name }),
      ...(callback?.type === 'callback' && { value: callback.value }),
      submits: element.form_action_type === 'submit',
    },
    ...inner,
  ];
}

const argOf = (value: unknown, name: string): string =>
  String((value as { args?: Record<string, string> } | undefined)?.args?.[name] ?? '');
