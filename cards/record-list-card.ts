import { stateLabel } from '#domain/records/check';
import type { AnyKind, RecordOfOrder } from '#domain/records/kind';
import { cut, recordTitle } from '#domain/records/words';
import { say, type Text } from '#domain/text';
import { type Action, beside, button, type Card, card, does, type Element, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { both, lines } from './words.ts';

export const RECORDS_A_PAGE = 8;

export interface RecordListView {
  kind: AnyKind;
  heading: Text;
  records: RecordOfOrder[];
  names: Map<number, string>;
  today: string;
  page: number;
  total: number;
  /** The words that made the list, for the paging buttons. */
  query: Record<string, string>;
  /** What stands above the list: sums, counts. */
  above?: Element[];
  add: Action;
}

/** The records of a kind: what is due first, each with a button that opens it. */
export function recordListCard({
  kind,
  heading,
  records,
  names,
  today,
  page,
  total,
  query,
  above = [],
  add,
}: RecordListView): Card {
  const pages = Math.max(1, Math.ceil(total / RECORDS_A_PAGE));
  const turn = (to: number) => does(`${kind.code} list`, { ...query, page: to });
  return card({
    title: heading,
    subtitle: say(`共 ${total} 条`, `${total} in all`),
    summary: heading,
    personal: kind.isPrivate ?? false,
    body: [
      ...above,
      records.length === 0 && text(say(`没有符合的${kind.noun.zh}记录。`, `No ${kind.nouns.en} match.`)),
      ...records.map((record) => line(kind, record, names, today)),
      pages > 1 &&
        row(
          page > 1 && button(say('上一页', 'Previous'), turn(page - 1), { size: 'small' }),
          page < pages && button(say('下一页', 'Next'), turn(page + 1), { size: 'small' }),
        ),
      pages > 1 && note(say(`第 ${page} / ${pages} 页`, `Page ${page} of ${pages}`)),
      row(button(say(`登记${kind.noun.zh}`, `Add ${kind.noun.en}`), add, { size: 'small' })),
    ],
  });
}

function line(kind: AnyKind, record: RecordOfOrder, names: Map<number, string>, today: string): Element {
  const { id, state, values, orderNo, due, responsibleId, files } = record;
  const late = due !== null && due < today;
  const said = (t: (text: Text) => string) =>
    lines(
      md`**${cut(t(recordTitle(kind, id, values)), 50)}** ${coloured(kind.states[state]!.tone, t(stateLabel(kind, state)))}`,
      md`${[orderNo, names.get(responsibleId), due && t(say(`期限 ${due}`, `due ${due}`)), files > 0 && t(say(`附件 ${files}`, `${files} files`))].filter(Boolean).join(' · ')}${late ? ' ⚠️' : ''}`,
    );
  return beside(
    both(said),
    button(say('打开', 'Open'), does(`${kind.code} show`, { record: `#${id}` }), { size: 'small' }),
  );
}
