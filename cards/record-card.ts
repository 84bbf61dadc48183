import { type Approval, type ApprovalCode, approvalKinds } from '#domain/approval';
import { missingFor, stateLabel } from '#domain/records/check';
import type { AnyKind, FullEntry, RecordOfOrder } from '#domain/records/kind';
import { cut, type Fact, factsOf, recordTitle } from '#domain/records/words';
import { join, say, type Text } from '#domain/text';
import { type Action, asks, button, type Card, card, does, type Element, note, panel, row, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { both, bullets } from './words.ts';

export interface RecordView {
  kind: AnyKind;
  record: RecordOfOrder;
  /** What still stands, oldest first. */
  entries: FullEntry[];
  /** Names by person id. */
  names: Map<number, string>;
  approvals: Approval[];
  /** Amounts are left out in groups and for people whom they do not concern. */
  withMoney: boolean;
  /** What it comes to beside other records, in words: a packing list against the order. */
  compared?: Text[];
  news?: Text;
}

/** Long words are shortened here and whole in the log, so that a card never outgrows the platform. */
const MOST_CHARACTERS = 100;
const ENTRIES_SHOWN = 5;

/** The card of a record of any kind: what it says, where it stands, the next steps as buttons, who said what. */
export function recordCard({
  kind,
  record,
  entries,
  names,
  approvals,
  withMoney,
  compared = [],
  news,
}: RecordView): Card {
  const spec = kind.states[record.state]!;
  const facts = factsOf(kind, record.values, names, { withMoney });
  return card({
    title: join([shortTitle(kind, record)]),
    subtitle: subtitle(record, names),
    tone: spec.tone,
    tags: [
      { text: spec.label, colour: spec.tone },
      ...(record.files > 0
        ? [{ text: say(`附件 ${record.files}`, `${record.files} files`), colour: 'neutral' as const }]
        : []),
    ],
    summary: say(`${kind.noun.zh} #${record.id}`, `${kind.noun.en} #${record.id}`),
    personal: kind.isPrivate ?? false,
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      facts.length > 0 && factLines(facts),
      compared.length > 0 && text(bullets(compared)),
      record.due !== null && text(both((t) => md`⏰ ${t(say('期限 ', 'Due '))}${record.due!}`)),
      ...approvals.map(approvalLine(names)),
      steps(kind, record),
      entries.length > 0 && history(kind, entries, names),
    ],
  });
}

const shortTitle = (kind: AnyKind, { id, values }: RecordOfOrder): Text => {
  const title = recordTitle(kind, id, values);
  return typeof title === 'string' ? cut(title, 60) : say(cut(title.zh, 60), cut(title.en, 60));
};

const subtitle = ({ orderNo, responsibleId, day }: RecordOfOrder, names: Map<number, string>): Text =>
  [orderNo, names.get(responsibleId), day].filter(Boolean).join(' · ');

const factLines = (facts: Fact[]): Element =>
  text(
    both(
      (t) =>
        new Markup(
          facts
            .map(({ label, value }) => md`${coloured('grey', t(label))} ${cut(t(value), MOST_CHARACTERS)}`.source)
            .join('\n'),
        ),
    ),
  );

const approvalLine =
  (names: Map<number, string>) =>
  ({ kind, decision, askedOf }: Approval): Element => {
    const label = approvalKinds[kind as ApprovalCode]?.label ?? { zh: kind, en: kind };
    const answer: Text =
      decision === undefined
        ? say(`等 ${names.get(askedOf) ?? '—'} 答复`, `waiting for ${names.get(askedOf) ?? '—'}`)
        : decision.approved
          ? say(`${names.get(decision.by) ?? '—'} 已同意`, `approved by ${names.get(decision.by) ?? '—'}`)
          : say(`${names.get(decision.by) ?? '—'} 已拒绝`, `refused by ${names.get(decision.by) ?? '—'}`);
    const sign = decision === undefined ? '⏳' : decision.approved ? '✅' : '❌';
    return text(
      both(
        (t) =>
          md`${sign} ${t(label)}：${t(answer)}${decision?.reason ? ` · ${cut(decision.reason, MOST_CHARACTERS)}` : ''}`,
      ),
    );
  };

/** The ways on from here. Where something has yet to be said for it, the button asks for it. */
function steps(kind: AnyKind, record: RecordOfOrder): Element {
  const update = `${kind.code} update`;
  const ref = `#${record.id}`;
  const ways = kind.states[record.state]!.to.map((state, i) => {
    const spec = kind.states[state]!;
    const step: Action =
      missingFor(kind, state, record.values).length > 0
        ? asks(update, { record: ref, state })
        : does(update, { record: ref, state });
    return button(spec.act ?? spec.label, step, {
      look: i === 0 && record.open ? 'primary_filled' : 'default',
      size: 'small',
    });
  });
  return row(
    ...ways,
    button(say('修改', 'Edit'), asks(update, { record: ref }), { size: 'small' }),
    record.orderNo !== null &&
      button(say('看订单', 'Order'), does('order show', { order: record.orderNo }), { size: 'small', look: 'text' }),
  );
}

function history(kind: AnyKind, entries: FullEntry[], names: Map<number, string>): Element {
  const shown = entries.slice(-ENTRIES_SHOWN).reverse();
  const lines = both(
    (t) =>
      new Markup(
        shown
          .map(({ state, note: words, by, saidAt, files }) => {
            const what = [
              state === null ? t(say('更新', 'updated')) : t(stateLabel(kind, state)),
              files.length > 0 && t(say(`附件 ${files.length}`, `${files.length} files`)),
              cut(words, 60),
            ]
              .filter(Boolean)
              .join(' · ');
            return md`- ${moment(saidAt)} ${names.get(by) ?? '—'}：${what}`.source;
          })
          .join('\n'),
      ),
  );
  const earlier = entries.length - shown.length;
  return panel(
    both((t) => md`**${t(say('经过', 'History'))}**`),
    [
      text(lines, { size: 'notation' }),
      ...(earlier > 0 ? [note(say(`还有更早的 ${earlier} 条`, `${earlier} earlier entries`))] : []),
    ],
  );
}

/** A moment in the reader's own zone. */
const moment = (at: Date): Markup =>
  new Markup(`<local_datetime millisecond='${at.getTime()}' format_type='date_short'></local_datetime>`);
