import fc from 'fast-check';
import { auditHeadCard } from '#cards/audit-head-card';
import { formCard } from '#cards/form-card';
import { helpCard } from '#cards/help-card';
import type { Card } from '#cards/kit';
import { asks, does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { orderCard } from '#cards/order-card';
import { ORDERS_A_PAGE, orderListCard } from '#cards/order-list-card';
import { PEOPLE_A_PAGE, peopleListCard } from '#cards/people-list-card';
import { personCard, strangerCard } from '#cards/person-card';
import { closedCard, faultCard, problemCard } from '#cards/problem-card';
import { putAwayCard } from '#cards/put-away-card';
import { welcomeCard } from '#cards/welcome-card';
import { commands } from '#commands/index';
import type { OrderLine } from '#domain/order/lines';
import type { Order, Progress } from '#domain/order/order';
import type { StageState } from '#domain/order/progress';
import type { Worry } from '#domain/order/risk';
import { stages, templates } from '#domain/order/stages';
import { type Person, roles } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { nasty, nastyName } from '#test/trust/nasty';

/** Every card builder with inputs of every kind: what people type is nasty and long, what we number and pick ourselves is well-formed. */

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const id = fc.integer({ min: 1, max: 5 });
const openId = fc.stringMatching(/^ou_[a-z0-9]{4,32}$/);
const orderNumber = fc.stringMatching(/^[A-Z0-9][A-Z0-9._/-]{1,39}$/);
const day = fc.constantFrom('2026-11-20', '2026-11-23', '2026-11-26', '2027-02-28', '1999-12-31');
const moment = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }).map((ms) => new Date(ms));
const fen = fc.bigInt({ min: 0n, max: 10n ** 15n });
const said: fc.Arbitrary<Text> = fc.oneof(
  nastyName,
  fc.tuple(nastyName, nastyName).map(([zh, en]) => say(zh, en)),
);
const names = fc.tuple(nasty, nasty, nasty).map((all) => new Map(all.map((name, i) => [i + 1, name])));

const anyOrder: fc.Arbitrary<Order> = fc.record({
  id,
  no: orderNumber,
  template: fc.constantFrom(...templates.map(({ code }) => code), 'no-such-template'),
  customer: nasty,
  contractNo: maybe(nasty),
  style: nasty,
  product: nasty,
  qty: fc.integer({ min: 1, max: 100_000_000 }),
  unit: fc.constantFrom('件', '双', 'kg'),
  currency: fc.constantFrom('CNY', 'USD'),
  unitPriceFen: maybe(fen),
  amountFen: maybe(fen),
  processingFeeFen: maybe(fen),
  factory: maybe(nasty),
  requestedDate: maybe(day),
  firstPromised: day,
  deliveryDate: day,
  actualDelivery: maybe(day),
  special: nasty,
  merchandiserId: id,
  chatId: maybe(fc.constant('oc_group')),
  status: fc.constantFrom('open', 'closed', 'cancelled'),
  stage: maybe(fc.constantFrom(...stages.map(({ code }) => code), 'own-stage')),
  lastProgressAt: maybe(moment),
  nextStage: maybe(fc.constantFrom(...stages.map(({ code }) => code))),
  nextDue: maybe(day),
  paceStage: maybe(fc.constantFrom(...stages.map(({ code }) => code))),
  paceDone: maybe(fc.integer({ min: 0, max: 100_000_000 })),
  paceFrom: maybe(day),
  paceDue: maybe(day),
  snoozedUntil: maybe(day),
  createdAt: moment,
});

const anyProgress: fc.Arbitrary<Progress> = fc.record({
  id,
  stage: maybe(fc.constantFrom(...stages.map(({ code }) => code))),
  qty: maybe(fc.integer({ min: 0, max: 100_000_000 })),
  added: maybe(fc.integer({ min: 0, max: 100_000_000 })),
  colour: nastyName,
  size: nastyName,
  machines: maybe(fc.integer({ min: 0, max: 10_000 })),
  pieces: maybe(fc.integer({ min: 0, max: 100_000_000 })),
  finished: fc.boolean(),
  note: nasty,
  by: id,
  saidAt: moment,
  recordedAt: moment,
  forDay: day,
  late: fc.boolean(),
  countsAt: moment,
  replaces: maybe(id),
});

const anyWorry: fc.Arbitrary<Worry> = fc.oneof(
  fc.record({ kind: fc.constant('overdue' as const), days: fc.nat(999) }),
  fc.record({ kind: fc.constant('due-soon' as const), days: fc.nat(99) }),
  fc.record({ kind: fc.constant('stalled' as const), workdays: fc.nat(99) }),
);

const anyState: fc.Arbitrary<StageState> = fc.record({
  stage: fc.constantFrom(...stages.map(({ code }) => code), 'own-stage'),
  ownerId: maybe(id),
  planned: maybe(day),
  fixed: fc.boolean(),
  counted: fc.boolean(),
  before: maybe(fc.integer({ min: -40, max: 90 })),
  done: fc.option(fc.integer({ min: 0, max: 100_000_000 }), { nil: undefined }),
  began: fc.boolean(),
  actual: fc.option(day, { nil: undefined }),
  byLine: fc.array(fc.record({ colour: nastyName, size: nastyName, done: fc.nat(99_999) }), { maxLength: 5 }),
  since: fc.option(day, { nil: undefined }),
});

const anyPerson: fc.Arbitrary<Person> = fc.record({
  id,
  openId,
  name: nastyName,
  employeeNo: maybe(nasty),
  department: maybe(nasty),
  managerId: maybe(id),
  deputyId: maybe(id),
  roles: fc.subarray([...roles]),
  hiredOn: maybe(day),
  probationUntil: maybe(day),
  leftOn: maybe(day),
});

const anyAction = fc.constantFrom(
  does('help'),
  does('order list'),
  asks('order new'),
  asks('order update', { order: 'SO-1' }),
);
const actions = fc.array(fc.record({ label: said, action: anyAction }), { maxLength: 3 });
const query = fc.record({
  scope: fc.constantFrom('mine', 'due', 'overdue', 'all', 'closed'),
  customer: nastyName.map((text) => [...text.trim()].slice(0, 80).join('') || '无'),
});

/** Fields of real commands with start values as a person may have typed them. */
const asked = fc.constantFrom(...commands).chain((command) =>
  fc.record({
    command: fc.constant(command),
    fields: fc.array(
      fc.record(
        {
          label: said,
          asks: fc.constantFrom(
            'line' as const,
            'text' as const,
            'choice' as const,
            'person' as const,
            'yes-no' as const,
          ),
          required: fc.boolean(),
          options: fc.uniqueArray(fc.record({ value: fc.stringMatching(/^[a-z]{1,8}$/), label: said }), {
            minLength: 1,
            maxLength: 30,
            selector: ({ value }) => value,
          }),
          value: nastyName,
          placeholder: said,
        },
        { requiredKeys: ['label', 'asks', 'required', 'options'] },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  }),
);

export interface Sample {
  cards: fc.Arbitrary<Card>;
  /** About one person: never forwarded. */
  personal?: boolean;
}

export const orderCards = fc.record({
  order: anyOrder.map((order) => ({ ...order, no: 'SO-1' })),
  states: fc.constant<StageState[]>([]),
  log: fc.constant<Progress[]>([]),
  lines: fc.constant<OrderLine[]>([]),
  files: fc.constant<{ kind: 'image' | 'file'; name: string }[]>([]),
  worries: fc.constant<Worry[]>([]),
  names: fc.constant(new Map([[1, '陈静']])),
  today: day,
});

export const cardSamples: Record<string, Sample> = {
  orderCard: {
    cards: fc
      .record(
        {
          order: anyOrder,
          states: fc.array(anyState, { maxLength: 14 }),
          log: fc.array(anyProgress, { maxLength: 30 }),
          lines: fc.array(fc.record({ colour: nastyName, size: nastyName, qty: fc.nat(99_999) }), { maxLength: 60 }),
          files: fc.array(fc.record({ kind: fc.constantFrom('image', 'file'), name: nasty }), { maxLength: 20 }),
          worries: fc.array(anyWorry, { maxLength: 3 }),
          names,
          today: day,
          withMoney: fc.boolean(),
          news: said,
        },
        { requiredKeys: ['order', 'states', 'log', 'lines', 'files', 'worries', 'names', 'today', 'withMoney'] },
      )
      .map(orderCard),
  },
  orderListCard: {
    cards: fc
      .record({
        heading: said,
        orders: fc.array(anyOrder, { maxLength: ORDERS_A_PAGE }),
        worries: fc
          .array(fc.tuple(id, fc.array(anyWorry, { maxLength: 3 })), { maxLength: 5 })
          .map((all) => new Map(all)),
        names,
        today: day,
        page: fc.integer({ min: 1, max: 130 }),
        total: fc.integer({ min: 0, max: 1000 }),
        more: fc.boolean(),
        query,
      })
      .map(orderListCard),
  },
  peopleListCard: {
    personal: true,
    cards: fc
      .record({
        people: fc.array(anyPerson, { maxLength: PEOPLE_A_PAGE, size: 'max' }),
        total: fc.integer({ min: 0, max: 5000 }),
        managers: names,
        page: fc.integer({ min: 1, max: 100 }),
        query: fc.record({
          department: query.map(({ customer }) => [...customer].slice(0, 60).join('').trim() || '无'),
        }),
        locale: fc.constantFrom('zh', 'en'),
      })
      .map(peopleListCard),
  },
  personCard: {
    cards: fc
      .record(
        {
          person: anyPerson,
          manager: fc.option(nasty, { nil: undefined }),
          orders: fc.record({ open: fc.nat(1_000_000), late: fc.nat(1_000_000) }),
          news: said,
        },
        { requiredKeys: ['person', 'manager'] },
      )
      .map(personCard),
  },
  strangerCard: { cards: openId.map(strangerCard) },
  welcomeCard: {
    cards: fc.option(fc.record({ name: nasty }), { nil: undefined }).map((person) => welcomeCard(person)),
  },
  noticeCard: {
    cards: fc
      .tuple(said, fc.constantFrom('info' as const, 'success' as const, 'warning' as const, 'error' as const), actions)
      .map((args) => noticeCard(...args)),
  },
  problemCard: {
    cards: fc
      .record(
        {
          title: said,
          problems: fc.array(said, { minLength: 1, maxLength: 60 }),
          hint: said,
          understood: fc.array(fc.record({ label: said, value: nasty }), { maxLength: 20 }),
          example: said,
          actions,
        },
        { requiredKeys: ['problems'] },
      )
      .map(problemCard),
  },
  auditHeadCard: {
    cards: fc.record({ count: fc.nat(), hash: fc.stringMatching(/^[0-9a-f]{64}$/), today: day }).map(auditHeadCard),
  },
  faultCard: { cards: fc.stringMatching(/^[0-9A-F]{4}$/).map(faultCard) },
  closedCard: { cards: said.map(closedCard) },
  putAwayCard: { cards: said.map((words) => putAwayCard(closedCard(words), 12)) },
  helpCard: {
    cards: fc.tuple(fc.subarray([...commands], { minLength: 1 }), fc.boolean()).map(([all, detailed]) =>
      helpCard(
        all.map(({ name, aliases, summary, example }) => ({ name, alias: aliases[0] ?? name, summary, example })),
        { detailed },
      ),
    ),
  },
  formCard: {
    cards: fc
      .record(
        {
          title: said,
          intro: said,
          problems: fc.array(said, { maxLength: 60 }),
          asked,
          coversCard: fc.boolean(),
          personal: fc.boolean(),
        },
        { requiredKeys: ['title', 'asked', 'coversCard'] },
      )
      .map(({ asked: { command, fields }, ...rest }) => {
        const own = Object.keys(command.input.shape);
        return formCard({
          ...rest,
          fields: fields.slice(0, own.length).map((field, i) => ({ ...field, name: own[i]! })),
          // what a real form asks for and sends is tested with the real forms
          submit: does('help'),
        });
      }),
  },
};
