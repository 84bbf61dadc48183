import { describe, expect, it } from 'vitest';
import { openForm } from '#bot/form';
import { parseNamed } from '#bot/parse';
import { createRegistry } from '#bot/registry';
import { actionsOf, stampCard } from '#bot/stamp';
import { approvalCard } from '#cards/approval-card';
import { approvalListCard } from '#cards/approval-list-card';
import { docChecklistCard } from '#cards/doc-checklist-card';
import { type Card, card } from '#cards/kit';
import { marksLine } from '#cards/order-marks';
import { recordCard } from '#cards/record-card';
import { RECORDS_A_PAGE, recordListCard } from '#cards/record-list-card';
import { REMINDERS_A_CARD, recordReminderCard } from '#cards/record-reminder-card';
import { ruleCard } from '#cards/rule-card';
import { commands } from '#commands/index';
import type { Approval } from '#domain/approval';
import { defaultRules } from '#domain/order/gates';
import { orderMarks } from '#domain/order/marks';
import type { Order } from '#domain/order/order';
import { templates } from '#domain/order/stages';
import type { AnyKind, FullEntry, RecordOfOrder } from '#domain/records/kind';
import { kindOf, recordKinds } from '#domain/records/kinds';
import { checklist } from '#domain/records/kinds/doc';
import { checkCard } from '#playground/platform/card-rules';

const registry = createRegistry(commands);
const LONG = '<at id=all></at> [x](http://x) '.repeat(200).slice(0, 5_000);
const names = new Map([[1, LONG.slice(0, 80)]]);
const at = new Date('2026-11-23T02:00:00Z');

const order: Order = {
  id: 1,
  no: 'SO-1001',
  template: 'foreign-trade',
  customer: LONG,
  contractNo: null,
  style: 'A118',
  product: '',
  qty: 1000,
  unit: '件',
  currency: 'CNY',
  unitPriceFen: 1000n,
  amountFen: 1_000_000n,
  processingFeeFen: null,
  factory: null,
  requestedDate: null,
  firstPromised: '2026-12-20',
  deliveryDate: '2026-12-20',
  actualDelivery: null,
  special: '',
  merchandiserId: 1,
  chatId: null,
  status: 'open',
  stage: null,
  lastProgressAt: null,
  nextStage: null,
  nextDue: null,
  paceStage: null,
  paceDone: null,
  paceFrom: null,
  paceDue: null,
  snoozedUntil: null,
  createdAt: at,
};

function sampleValue({ as, ...field }: AnyKind['fields'][string]): unknown {
  switch (as) {
    case 'money':
      return 88_888n;
    case 'person':
    case 'quantity':
      return 1;
    case 'date':
      return '2026-11-30';
    case 'measure':
      return '12.5';
    case 'choice':
      return (field as unknown as { options: { value: string }[] }).options[0]!.value;
    default:
      return LONG;
  }
}

const full = (kind: AnyKind, state: string): RecordOfOrder => ({
  id: 12,
  kind: kind.code,
  orderId: 1,
  orderNo: 'SO-1001',
  responsibleId: 1,
  state,
  open: kind.states[state]!.open,
  values: Object.fromEntries(Object.entries(kind.fields).map(([name, field]) => [name, sampleValue(field)])),
  files: 3,
  day: '2026-11-23',
  due: '2026-11-30',
  createdBy: 1,
  createdAt: at,
  updatedAt: at,
});

const entries = (kind: AnyKind): FullEntry[] =>
  Array.from({ length: 30 }, (_, i) => ({
    id: i + 1,
    state: Object.keys(kind.states)[0]!,
    values: {},
    files: [],
    note: LONG,
    by: 1,
    saidAt: at,
    recordedAt: at,
    eventId: 'e',
    commandIndex: i,
  }));

const approval = (decision?: Approval['decision']): Approval => ({
  id: 3,
  kind: 'mould',
  subject: 'record:12',
  orderNo: 'SO-1001',
  question: {
    title: LONG,
    facts: Array.from({ length: 12 }, () => ({ label: '款号', value: LONG })),
    reason: LONG.slice(0, 500),
  },
  askedBy: 1,
  askedOf: 1,
  askedAt: at,
  decision,
});
const decided = approval({ approved: false, reason: LONG.slice(0, 500), by: 1, at });

const everyState = recordKinds.flatMap((kind) => Object.keys(kind.states).map((state) => [kind.code, state] as const));

const others: [string, Card][] = [
  ['an approval', approvalCard({ approval: approval(), names })],
  ['an answered approval', approvalCard({ approval: decided, names })],
  ['approvals', approvalListCard({ approvals: Array.from({ length: 10 }, () => approval()), names })],
  [
    'a checklist',
    docChecklistCard({ order, items: checklist(order, []), names, cutoff: '2026-11-25', today: '2026-11-23' }),
  ],
  ['rules', ruleCard({ rules: defaultRules, templates, mayChange: true })],
  [
    'reminders',
    recordReminderCard(
      Array.from({ length: REMINDERS_A_CARD }, (_, i) => ({
        personId: 1,
        key: String(i),
        text: { zh: LONG.slice(0, 120), en: LONG.slice(0, 120) },
        opens: { command: 'claim show', args: { record: '#5' } },
        isLate: i % 2 === 0,
      })),
    ),
  ],
  ...recordKinds.map((kind): [string, Card] => [
    `${kind.code} list`,
    recordListCard({
      kind,
      heading: kind.nouns,
      records: Array.from({ length: RECORDS_A_PAGE }, () => full(kind, Object.keys(kind.states)[0]!)),
      names,
      today: '2026-11-23',
      page: 2,
      total: 100,
      query: { scope: 'open', order: 'SO-1001' },
      add: {
        command: 'card form',
        args: { of: kind.code === 'shipment' ? 'order ship' : `${kind.code} add`, order: 'SO-1001' },
      },
    }),
  ]),
];

const cardOf = (code: string, state: string, withMoney = true): Card => {
  const kind = kindOf(code);
  return recordCard({
    kind,
    record: full(kind, state),
    entries: entries(kind),
    names,
    approvals: [approval(), decided],
    withMoney,
  });
};

const stamped = (made: Card) => stampCard(made, { card: 'a'.repeat(20), rev: 1 });

function expectLive(made: Card): void {
  for (const { command: name, args } of actionsOf(made)) {
    if (name === 'card close') continue;
    const { of, ...known } = args;
    const command = registry.find(name === 'card form' ? of! : name);
    expect(command, `${name} ${of ?? ''}`).toBeDefined();
    const { problems, missing } = parseNamed(command!, registry, known, { today: '2026-11-23' });
    expect(problems).toEqual([]);
    if (name !== 'card form') expect(missing.map((argument) => argument.name)).toEqual([]);
  }
}

describe('cards of records', () => {
  it.each(everyState)(
    '%s in state %s can be sent with the longest words, and every button does something',
    (code, state) => {
      const made = cardOf(code, state);
      expect(checkCard(stamped(made))).toEqual([]);
      expectLive(made);
    },
  );

  it.each(others)('%s can be sent with the longest words, and every button does something', (_, made) => {
    expect(checkCard(stamped(made))).toEqual([]);
    expectLive(made);
  });

  it('without the right to amounts there is none in it', () => {
    for (const kind of recordKinds) {
      expect(JSON.stringify(cardOf(kind.code, Object.keys(kind.states)[0]!, false))).not.toContain('888.88');
    }
  });

  it('what people typed neither mentions nor links', () => {
    expect(JSON.stringify(cardOf('sample', 'making').body)).not.toContain('<at id=all>');
    expect(JSON.stringify(others[0]![1].body)).not.toContain('<at id=all>');
  });

  it('an approval cannot be forwarded', () => {
    expect(others[0]![1].config).toMatchObject({ enable_forward: false });
  });

  it('the line on the order’s card can be sent', () => {
    const marks = orderMarks(
      order,
      recordKinds.map((kind) => full(kind, Object.keys(kind.states)[0]!)),
      [],
      { documents: {} },
    );
    expect(marks.map(({ kind }) => kind)).toContain('doc');
    expect(checkCard(card({ title: 'x', body: [marksLine(marks)] }))).toEqual([]);
    expect(JSON.stringify(marks)).not.toContain('888');
  });
});

describe('forms of records', () => {
  const own = commands.filter(({ name }) =>
    /^(sample|seal|material|check|doc|money|claim|declare|shipment|approval|rule) |^order ship$/.test(name),
  );

  it.each(own.map((command) => [command.name, command] as const))('the form of /%s can be sent', (_, command) => {
    const form = openForm(registry, { command, known: { record: '#12', order: 'SO-1001' }, coversCard: true });
    expect(checkCard(stamped(form))).toEqual([]);
  });

  it.each(own.map((command) => [command.name, command] as const))(
    'the examples of /%s are understood',
    async (_, command) => {
      const { parseLine } = await import('#bot/parse');
      for (const line of [command.example.zh.replace(/（附.*）/, ''), command.example.en.replace(/ \(with.*\)/, '')]) {
        const parsed = parseLine(line, registry, { today: '2026-11-23' });
        expect(parsed).toMatchObject({ command: { name: command.name }, problems: [], missing: [] });
      }
    },
  );
});
