import { z } from 'zod';
import { type CommandContext, defineCommand, type Reply, type Told } from '#bot/command';
import { freeText, isoDate, money, orderNo, personRef } from '#bot/fields';
import { saidBy } from '#bot/said';
import { factsCard, whatCard, whomCard } from '#cards/incident-add-card';
import { incidentFlagCard } from '#cards/incident-flag-card';
import { onePerson } from '#commands/people/lookup';
import { doOnce } from '#db/done-once';
import { insertIncident } from '#db/incidents';
import { openMonthFrom } from '#db/locked-months';
import { managersAbove, personById } from '#db/people';
import { everybodyBelow, peopleWithRole } from '#db/reporting-line';
import { UserError } from '#domain/errors';
import { mayRecord } from '#domain/incident/incident';
import { findKind, type IncidentKind, incidentProblems } from '#domain/incident/kinds';
import { standing } from '#domain/incident/ladder';
import { formatYuan } from '#domain/money';
import type { Person } from '#domain/people/person';
import { join, say } from '#domain/text';
import { faultDates } from '#usecases/ladder';
import { demandOrder } from '../order/access.ts';
import { type Access, cardOfIncident, demandIncident, kindsFor, toldAbout } from './access.ts';

const kindWord = freeText(60).meta({
  field: {
    kind: 'incident-kind',
    asks: 'line',
    maxLength: 60,
    read: (raw) => raw.trim(),
    looksLike: (raw) => /^([A-Z]{2,5}-[A-Z]\d{1,2}|[KF]\d|NOTE)$/i.test(raw.normalize('NFKC')),
  },
});

/** `/incident add …` (section 3): whom, what, then only the facts that this kind needs. The employee is told at once. */
export const addIncident = defineCommand({
  name: 'incident add',
  aliases: ['考核事件 登记', '考核事件 新增'],
  summary: { zh: '登记考核事件，马上私信本人', en: 'record an incident; the employee is told at once' },
  example: {
    zh: '/考核事件 登记 陈静 JW-K3 金额=200 订单=SO-1001 原因=“交期延误空运”',
    en: '/incident add 陈静 JW-K3 amount=200 order=SO-1001 note="late, sent by air"',
  },
  roles: ['manager', 'general_manager', 'hr'],
  answers: 'private',
  input: z.object({
    person: personRef.optional().meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    kind: kindWord.optional().meta({ word: 2, keys: ['条款'], label: { zh: '种类', en: 'kind' }, bare: true }),
    amount: money.optional().meta({ keys: ['扣款'], label: { zh: '金额', en: 'amount' } }),
    loss: money.optional().meta({ keys: ['公司损失'], label: { zh: '损失', en: 'loss' } }),
    date: isoDate.optional().meta({ label: { zh: '日期', en: 'date' }, bare: true }),
    order: orderNo.optional().meta({ keys: ['单号'], label: { zh: '订单', en: 'order' } }),
    declaration: freeText(40)
      .optional()
      .meta({ keys: ['报关单号'], label: { zh: '报关单', en: 'declaration' } }),
    note: freeText(2000)
      .optional()
      .meta({ keys: ['说明', '备注', 'reason'], label: { zh: '原因', en: 'note' } }),
    /** The form of the last step was handed in: what is missing now is a mistake, not the next question. */
    sure: freeText(3)
      .optional()
      .meta({ label: { zh: '确定', en: 'sure' }, hidden: true }),
  }),

  async run(ctx, { person: word, kind: wanted, ...given }): Promise<Reply> {
    if (word === undefined) {
      const own = await everybodyBelow(ctx.tx, ctx.actor.id, 60);
      if (own.length === 0 && !ctx.actor.roles.includes('hr')) throw nobodyBelow();
      return { card: whomCard(own) };
    }
    const person = await onePerson(ctx.tx, word);
    const above = await managersAbove(ctx.tx, person.id);
    if (!mayRecord(ctx.actor, person.id, above)) throw notYours(person, ctx.actor);
    const date = given.date ?? ctx.today;
    if (date > ctx.today)
      throw new UserError(
        'incident.future',
        say(`${date} 还没有到。`, `${date} is still to come.`),
        say('请写发生的日期。', 'Give the day on which it happened.'),
      );
    const { scheme, kinds } = await kindsFor(ctx.tx, person.id, date.slice(0, 7));
    const kind = wanted === undefined ? undefined : findKind(kinds, wanted);
    if (wanted !== undefined && !kind) throw unknownKind(person, wanted, kinds);
    if (!kind) return { card: whatCard(person, kinds) };
    const facts = {
      lossFen: given.loss,
      amountFen: given.amount,
      note: given.note,
      order: given.order,
      declaration: given.declaration,
    };
    const problems = incidentProblems(kind, facts);
    if (problems.length > 0) {
      if (given.sure || (given.note !== undefined && ctx.via === 'text'))
        throw new UserError(
          'incident.facts',
          join(problems, ' '),
          say(
            '补上再登记；不知道要写什么，就只写姓名，会一步步问。',
            'Add it and say it again; give only the name and you are asked step by step.',
          ),
        );
      return { card: factsCard(person, kind, { date: ctx.today, known: knownOf(given) }) };
    }
    return record(ctx, { person, above, scheme, kind, date, facts });
  },
});

interface ToRecord {
  person: Person;
  above: number[];
  scheme: string | null;
  kind: IncidentKind;
  date: string;
  facts: Parameters<typeof incidentProblems>[1];
}

async function record(ctx: CommandContext, { person, above, scheme, kind, date, facts }: ToRecord): Promise<Reply> {
  const month = await openMonthFrom(ctx.tx, date.slice(0, 7));
  const order = facts.order === undefined ? undefined : await demandOrder(ctx.tx, facts.order);
  const row = {
    personId: person.id,
    clause: kind.clause,
    scheme,
    month,
    date,
    orderId: order?.id ?? null,
    declaration: facts.declaration ?? null,
    lossFen: facts.lossFen ?? null,
    amountFen: facts.amountFen ?? null,
    note: facts.note!,
    evidence: ctx.attachments.filter(({ type }) => type === 'image'),
    ...saidBy(ctx),
  };
  const id = await insertIncident(ctx.tx, row);
  await ctx.record({ subject: `incident:${id}`, after: row });
  const access: Access = { ...(await demandIncident(ctx, id)), above };
  const told = say(
    '你有一条新的考核事件。看一下，有异议可以点下面的按钮。',
    'A new incident was recorded about you. If you disagree, object below.',
  );
  return {
    card: await cardOfIncident(
      ctx,
      access,
      ctx.actor,
      say(`✅ 已登记，已私信 ${person.name}`, `✅ Recorded; ${person.name} was told privately`),
    ),
    toast: { tone: 'success', text: say('已登记，已私信本人', 'Recorded; the employee was told') },
    subject: `incident:${id}`,
    also: [
      await toldAbout(ctx, access, person, told, `incident:${id}:told`),
      ...(await flags(ctx, person, kind, date)),
    ],
  };
}

/** FT-F5: at this many faults HR and the manager are told, with the evidence; people decide, the bot never writes "resigned". */
async function flags(ctx: CommandContext, person: Person, kind: IncidentKind, date: string): Promise<Told[]> {
  if (kind.charge.by !== 'fault') return [];
  const year = date.slice(0, 4);
  const dates = await faultDates(ctx.tx, person.id, year);
  const hit = standing(dates, kind.charge.ladder, date).find(({ step, reached }) => step.flag && reached);
  if (!hit || !(await doOnce(ctx.tx, 'incident.flag', `${person.id}:${year}:${hit.step.clause}`, ctx.now))) return [];
  const manager = person.managerId === null ? undefined : await personById(ctx.tx, person.managerId);
  const readers = new Map(
    [...(await peopleWithRole(ctx.tx, 'hr')), ...(manager ? [manager] : [])].map((reader) => [reader.id, reader]),
  );
  readers.delete(person.id);
  const card = incidentFlagCard({
    person,
    count: hit.count,
    year,
    clause: hit.step.clause,
    words: hit.step.text,
    month: date.slice(0, 7),
  });
  return [...readers.values()].map((reader) => ({
    to: { person: reader.openId },
    content: { type: 'card', card },
    key: `flag:${person.id}:${year}:${reader.id}`,
  }));
}

const knownOf = (given: {
  amount?: bigint | undefined;
  loss?: bigint | undefined;
  date?: string | undefined;
  order?: string | undefined;
  declaration?: string | undefined;
  note?: string | undefined;
}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined || key === 'sure' ? [] : [[key, typeof value === 'bigint' ? formatYuan(value) : value]],
    ),
  );

const nobodyBelow = () =>
  new UserError(
    'incident.nobody',
    say(
      '没有人向你汇报，你不能登记考核事件。',
      'Nobody reports to you, so there is nobody you can record an incident about.',
    ),
    say('上级关系由人事维护：/人员 设置', 'Reporting lines are kept by HR: /people set'),
  );

const notYours = (person: Person, actor: Person) =>
  person.id === actor.id
    ? new UserError(
        'denied.own',
        say('不能给自己登记考核事件。', 'Nobody records an incident about themselves.'),
        say('请你的上级或人事登记。', 'Ask your manager or HR to record it.'),
      )
    : new UserError(
        'denied.incident',
        say(`你不能给 ${person.name} 登记考核事件。`, `You may not record an incident about ${person.name}.`),
        say('可以登记的人：他的上级和人事。', 'Those above in the reporting line may, and HR.'),
      );

const unknownKind = (person: Person, wanted: string, kinds: IncidentKind[]) =>
  new UserError(
    'incident.kind',
    say(`${person.name} 的方案里没有「${wanted}」。`, `The scheme of ${person.name} has no “${wanted}”.`),
    say(
      `可以写：${kinds.map(({ clause, label }) => `${clause} ${label.zh}`).join('；')}`,
      `Known: ${kinds.map(({ clause, label }) => `${clause} ${label.en}`).join('; ')}`,
    ),
  );
