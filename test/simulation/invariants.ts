import { auditHead, sealAudit, verifyAudit } from '#db/audit';
import { yuanText } from '#domain/money';
import { verifyPay } from '#usecases/pay/verify';
import { GROUP } from './company.ts';
import type { Machine } from './machine.ts';
import { companyDay, doneOf, type Said, type Stage, type Standing, stages } from './model.ts';
import { orders, type peopleAtWork } from './people-at-work.ts';
import { type SimulationDatabase, WAGE_FEN } from './simulation-database.ts';

type People = ReturnType<typeof peopleAtWork>;

/** Looks again and again; remembers what may never change. Every method returns what is wrong, in words. */
export function watch(database: SimulationDatabase, machine: Machine, people: People) {
  const { rows } = database;
  const { world, record } = machine.standIn;
  const anchors: { count: number; hash: string }[] = [];
  let settled = '';
  let settledRows = 0;

  /** At any moment when nothing is under way. */
  async function always(): Promise<string[]> {
    const problems = machine.faults.map((fault) => `a fault of ours: ${fault}`);
    problems.push(...(await ledger()));
    anchors.push(await auditHead(database.db));
    return problems;
  }

  /** What was locked stays as it was, and adds up. */
  async function ledger(): Promise<string[]> {
    const problems: string[] = [];
    const found = await rows<{ person_id: number; inputs: string; result: string; total_fen: string; month: string }>(
      'select person_id, month, inputs, result, total_fen::text from settlements order by id',
    );
    const text = JSON.stringify(found.slice(0, settledRows));
    if (settledRows > 0 && text !== settled) problems.push('a locked settlement has changed');
    settledRows = found.length;
    settled = JSON.stringify(found);
    const sums = await rows<{ settlement_id: number; sum: string }>(
      'select settlement_id, sum(amount_fen)::text as sum from pay_postings group by settlement_id having sum(amount_fen) <> 0',
    );
    for (const { settlement_id, sum } of sums)
      problems.push(`the postings of settlement ${settlement_id} add up to ${sum}`);
    const drafts = await rows<{ person_id: number; result: string | null; total_fen: string | null }>(
      'select person_id, result, total_fen::text from pay_drafts where result is not null',
    );
    for (const { person_id, result, total_fen } of [...found, ...drafts]) {
      const sum = sumOfLines(result!);
      if (`${sum}` !== total_fen)
        problems.push(`the lines of person ${person_id} add up to ${sum}, not to ${total_fen}`);
    }
    return problems;
  }

  /** When the faults have ceased and everything has come to rest. */
  async function inTheEnd(): Promise<string[]> {
    const problems = await always();
    const [queue] = await rows<{ pending: number; dead: number; jobs: number }>(
      `select (select count(*)::int from outbox where state = 'pending') as pending,
              (select count(*)::int from outbox where state = 'dead') as dead,
              (select count(*)::int from jobs where state in ('waiting', 'running')) as jobs`,
    );
    if (queue!.pending > 0) problems.push(`${queue!.pending} messages were never sent`);
    if (queue!.dead > 0) problems.push(`${queue!.dead} messages were given up`);
    if (queue!.jobs > 0) problems.push(`${queue!.jobs} jobs never ended`);
    problems.push(
      ...(await effects()),
      ...(await progress()),
      ...(await messages()),
      ...(await months()),
      ...(await secrets()),
    );
    const failed = await rows<{ kind: string; problem: string }>(
      "select kind, problem from jobs where state = 'failed' and problem ~ '^[0-9A-F]{4}$'",
    );
    for (const { kind } of failed) problems.push(`a job ${kind} failed for a fault of ours`);
    while ((await sealAudit(database.db)) > 0);
    problems.push(...(await verifyAudit(database.db, anchors)), ...(await verifyPay(database.db)));
    return problems;
  }

  const effectTables = {
    update: 'order_progress',
    undo: 'order_progress',
    incident: 'incidents',
    dispute: 'incident_steps',
    hours: 'hours_entries',
    facts: 'pay_facts',
  };

  /** Each acknowledged event was taken once and has its one effect; a refused one has none. */
  async function effects(): Promise<string[]> {
    const problems: string[] = [];
    const inbox = await rows<{ event_id: string; message_id: string | null; outcome: string }>(
      'select event_id, message_id, outcome from inbox',
    );
    const byMessage = grouped(inbox, ({ message_id }) => message_id);
    const counts = new Map<string, number>();
    for (const [kind, table] of Object.entries(effectTables))
      for (const { event_id, n } of await rows<{ event_id: string; n: number }>(
        `select event_id, count(*)::int as n from ${table} group by event_id`,
      ))
        counts.set(`${kind} ${event_id}`, n);
    for (const one of people.said) {
      const what = `「${one.text}」 of ${one.who}`;
      const taken = byMessage.get(one.messageId) ?? [];
      if (people.isIn(one.messageId) && taken.length === 0) problems.push(`${what} was acknowledged and is lost`);
      if (taken.length > 1) problems.push(`${what} was taken ${taken.length} times`);
      const [first] = taken;
      if (!first) continue;
      if (first.outcome === 'failed') problems.push(`${what} could not be carried out`);
      if (one.must === 'done' && first.outcome !== 'done') problems.push(`${what} was ${first.outcome}`);
      if (one.must === 'refused' && first.outcome === 'done') problems.push(`${what} should have been refused`);
      if (one.kind === 'other') continue;
      const effect = counts.get(`${one.kind} ${first.event_id}`) ?? 0;
      const expected = effectOf(one, first.outcome);
      if (expected !== undefined && effect !== expected)
        problems.push(`${what} was ${first.outcome} and has ${effect} effects`);
    }
    return problems;
  }

  /** `undefined`: as many as it changes. */
  function effectOf({ kind }: Said, outcome: string): number | undefined {
    if (outcome !== 'done') return 0;
    return kind === 'hours' || kind === 'facts' ? undefined : 1;
  }

  /** The log against the model: what was said, in the order in which it was said, less what was taken back. */
  async function progress(): Promise<string[]> {
    const problems: string[] = [];
    const log = await rows<{
      id: number;
      by: number;
      order_no: string;
      note: string;
      stage: string | null;
      undoes: number | null;
      said: string;
      recorded: string;
      for_day: string | null;
    }>(
      `select p.id::int, p.by::int, o.no as order_no, p.note, p.stage, p.undoes::int, extract(epoch from p.said_at) * 1000 as said,
              extract(epoch from p.recorded_at) * 1000 as recorded, p.for_day::text
       from order_progress p join orders o on o.id = p.order_id order by p.id`,
    );
    const undone = new Set(log.flatMap(({ undoes }) => (undoes === null ? [] : [undoes])));
    if (undone.size !== log.filter(({ undoes }) => undoes !== null).length)
      problems.push('an entry was taken back twice');
    for (const undo of log.filter(({ undoes }) => undoes !== null)) {
      const before = log.filter(
        (row) =>
          row.by === undo.by &&
          row.undoes === null &&
          row.id < undo.id &&
          !log.some((other) => other.undoes === row.id && other.id < undo.id),
      );
      const last = before.sort((a, b) => Number(a.recorded) - Number(b.recorded) || a.id - b.id).at(-1);
      if (last?.id !== undo.undoes) problems.push(`entry ${undo.undoes} was taken back, but the last was ${last?.id}`);
    }
    const standing: Standing[] = [];
    const marks = new Map(
      [...people.said, ...people.submitted].flatMap((one) => (one.mark && one.entry ? [[one.mark, one] as const] : [])),
    );
    for (const row of log) {
      if (row.undoes !== null) continue;
      const known = marks.get(row.note);
      if (!known) problems.push(`nobody said 「${row.note}」`);
      else if (!undone.has(row.id))
        standing.push({ at: 'at' in known ? known.at : Number(row.said), entry: known.entry! });
      if (row.for_day !== companyDay(Number(row.said)))
        problems.push(`「${row.note}」 was said on ${companyDay(Number(row.said))} and is kept for ${row.for_day}`);
    }
    for (const { mark, must, told, who } of people.submitted) {
      const times = log.filter(({ note }) => note === mark).length;
      if (times > 1) problems.push(`the form ${mark} of ${who} took effect ${times} times`);
      if (must === 'refused' && times > 0) problems.push(`the form ${mark} of ${who} should have been refused`);
      if (told && times === 0) problems.push(`${who} was told that ${mark} is recorded, and it is not`);
    }
    const shown = await rows<{ no: string; stage: string | null; pace_stage: string | null; pace_done: number | null }>(
      'select no, stage, pace_stage, pace_done from orders',
    );
    for (const { no, stage } of shown) {
      const newest =
        standing
          .filter(({ entry }) => entry.order === no)
          .sort((a, b) => a.at - b.at)
          .at(-1)?.entry.stage ?? null;
      if (newest !== stage) problems.push(`${no} stands at ${stage}, not at ${newest}`);
    }
    problems.push(...orders.flatMap((no) => cardOf(no, standing)));
    return problems;
  }

  /** What the newest card of an order in the group tells people. */
  function cardOf(no: string, standing: readonly Standing[]): string[] {
    const asked = people.said.findLast(({ text, who }) => text === `/订单 查看 ${no}` && who === 'ou_zhao');
    const answer = asked && world.messagesIn(GROUP).find(({ parentId }) => parentId === asked.messageId);
    const words = JSON.stringify(answer?.content ?? '');
    return (Object.keys(stages) as Stage[]).flatMap((stage) => {
      const done = doneOf(standing, no, stage);
      const expected = `${stages[stage]}${done === undefined ? '' : ` ${done}/1000`}`;
      return words.includes(expected) && (done !== undefined || !words.includes(`${stages[stage]} 0/`))
        ? []
        : [`the card of ${no} does not say 「${expected}」`];
    });
  }

  /** Each message is on the platform once, of one row of the outbox, in the order of its chat. */
  async function messages(): Promise<string[]> {
    const problems: string[] = [];
    const sent = await rows<{ id: number; lane: string; message_id: string }>(
      `select id::int, lane, message_id from outbox where state = 'sent' and job->>'do' in ('send', 'reply') order by id`,
    );
    const byMessage = grouped(sent, ({ message_id }) => message_id);
    for (const [id, of] of byMessage)
      if (of.length > 1) problems.push(`message ${id} stands for ${of.length} rows of the outbox`);
    const late = new Set(
      record.calls
        .filter(({ rawBody }) => rawBody.includes('"uuid":"late-'))
        .map(({ response }) => (response as { data?: { message_id?: string } } | undefined)?.data?.message_id),
    );
    const stored = world.chats
      .flatMap(({ chatId }) => world.messagesIn(chatId))
      .filter(({ sender }) => sender.kind === 'bot');
    const extra = grouped(
      stored.filter(({ messageId }) => !byMessage.has(messageId) && !late.has(messageId)),
      ({ chatId }) => chatId,
    );
    // what nobody could look up after an hour is sent again with a line that it may be a repeat: at most so many
    const marked = await rows<{ lane: string; n: number }>(
      "select lane, count(*)::int as n from outbox where job::text like '%此消息可能重复%' group by lane",
    );
    for (const [chatId, of] of extra) {
      const chat = world.chats.find((one) => one.chatId === chatId)!;
      const lane = chat.kind === 'group' ? `chat:${chatId}` : `person:${chat.members[0]}`;
      if (of.length > (marked.find((one) => one.lane === lane)?.n ?? 0))
        problems.push(`${of.length} messages to ${lane} were sent twice`);
    }
    const ids = new Map(stored.map(({ messageId }, at) => [messageId, at]));
    for (const { message_id } of sent)
      if (!ids.has(message_id)) problems.push(`message ${message_id} counts as sent and is not there`);
    for (const [lane, of] of grouped(sent, (row) => row.lane)) {
      const places = of.map(({ message_id }) => ids.get(message_id) ?? -1);
      if (places.some((place, at) => at > 0 && place < places[at - 1]!))
        problems.push(`the messages to ${lane} came in another order`);
    }
    for (const { messageId, inGroup, text } of people.said) {
      if (!inGroup || !people.isIn(messageId)) continue;
      const answers = world
        .messagesIn(GROUP)
        .filter(({ parentId, sender }) => parentId === messageId && sender.kind === 'bot')
        .map((answer) =>
          versionsOf(answer.messageId).some((text) => text.includes('此消息可能重复')) ? 'repeat' : 'first',
        );
      // a repeat that says so stands beside the first or instead of it
      if (answers.length === 0 || new Set(answers).size < answers.length)
        problems.push(`「${text}」 has ${answers.length} answers in the group`);
    }
    return problems;
  }

  /** What was recorded about a month after it was locked went somewhere else. */
  async function months(): Promise<string[]> {
    const problems: string[] = [];
    // by the database's own order, since our clock may jump
    const late = await rows<{ what: string }>(
      `select 'hours' as what from hours_entries h join locked_months l using (month) where h.xmin::text::bigint > l.xmin::text::bigint
       union all select 'an incident' from incidents i join locked_months l using (month) where i.xmin::text::bigint > l.xmin::text::bigint
       union all select 'a fact' from pay_facts f join locked_months l using (month) where f.xmin::text::bigint > l.xmin::text::bigint and not f.late`,
    );
    for (const { what } of late) problems.push(`${what} got into a locked month`);
    const dated = await rows<{ note: string; date: string; said: string }>(
      'select note, date::text, extract(epoch from said_at) * 1000 as said from incidents',
    );
    for (const { note, date, said } of dated)
      if (date !== companyDay(Number(said)))
        problems.push(`the incident ${note} of ${companyDay(Number(said))} is dated ${date}`);
    return problems;
  }

  /** Nothing private is in the group, in no version of any message. */
  async function secrets(): Promise<string[]> {
    const totals = await rows<{ total: string }>(
      'select total_fen::text as total from pay_estimates union select total_fen::text from settlements union select total_fen::text from pay_drafts where total_fen is not null',
    );
    const amounts = [WAGE_FEN, ...totals.map(({ total }) => BigInt(total))]
      .filter((fen) => fen > 999_99n)
      .map(yuanText);
    const shown = world
      .messagesIn(GROUP)
      .filter(({ sender }) => sender.kind === 'bot')
      .flatMap(({ messageId }) => versionsOf(messageId));
    const all = shown.join('\n').replaceAll(',', '');
    return [...amounts, '机密']
      .filter((secret) => all.includes(secret))
      .map((secret) => `the group can read 「${secret}」`);
  }

  /** Everything that a message has ever shown to anybody. */
  function versionsOf(messageId: string): string[] {
    const message = world.message(messageId)!;
    return [
      message.content,
      ...message.history.map(({ content }) => content),
      ...Object.values(message.personal ?? {}),
    ];
  }

  return { always, inTheEnd };
}

/** By hand, from the text that is kept: the product's own reader is not asked. */
function sumOfLines(result: string): bigint {
  const { lines } = JSON.parse(result) as { lines: { amountFen?: string | number; amount?: string }[] };
  return lines.reduce((sum, line) => sum + fenOf(line.amountFen ?? line.amount), 0n);
}

function fenOf(amount: string | number | undefined): bigint {
  if (typeof amount === 'number') {
    if (!Number.isInteger(amount)) throw new Error(`${amount} is not whole`);
    return BigInt(amount);
  }
  return BigInt((amount ?? '').replace('.', ''));
}

function grouped<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
