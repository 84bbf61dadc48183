import type { Month } from '#domain/calendar/dates';
import type { Incident } from '#domain/incident/incident';
import { stateLabel, stateOf } from '#domain/incident/incident';
import type { IncidentKind } from '#domain/incident/kinds';
import { say, type Text } from '#domain/text';
import { beside, button, type Card, card, does, type Element, note, row, text } from './kit.ts';
import { coloured, type Markup, md } from './markup.ts';
import { both, lines } from './words.ts';

export const INCIDENTS_A_PAGE = 8;

export interface IncidentListView {
  /** Whose, when it is one person's. */
  person?: { name: string };
  month: Month;
  incidents: Incident[];
  kinds: Map<number, IncidentKind | undefined>;
  names: Map<number, string>;
  page: number;
  total: number;
  query: Record<string, string>;
  mayAdd: boolean;
  ladder?: Text[];
}

const colours = { recorded: 'orange', disputed: 'violet', upheld: 'red', withdrawn: 'grey' } as const;

/** 考核事件列表 of a month, newest first. Amounts are on each incident's own card. */
export function incidentListCard({
  person,
  month,
  incidents,
  kinds,
  names,
  page,
  total,
  query,
  mayAdd,
  ladder = [],
}: IncidentListView): Card {
  const pages = Math.max(1, Math.ceil(total / INCIDENTS_A_PAGE));
  return card({
    title: say('考核事件', 'Incidents'),
    subtitle: month,
    personal: true,
    body: [
      person && text(both(() => md`**${person.name}**`)),
      total === 0 && text(say('没有考核事件。', 'There are none.')),
      ...incidents.map((incident) => line(incident, kinds.get(incident.id), names)),
      ladder.length > 0 && note(both((t) => lines(...ladder.map((each) => md`${t(each)}`)))),
      (page > 1 || page < pages) &&
        row(
          page > 1 &&
            button(say('上一页', 'Previous'), does('incident list', { ...query, page: page - 1 }), { size: 'small' }),
          page < pages &&
            button(say('下一页', 'Next'), does('incident list', { ...query, page: page + 1 }), { size: 'small' }),
        ),
      mayAdd &&
        row(button(say('登记事件', 'Record one'), does('incident add', person ? { person: query.person } : {}))),
    ],
  });
}

function line(incident: Incident, kind: IncidentKind | undefined, names: Map<number, string>): Element {
  const state = stateOf(incident);
  const said = (t: (text: Text) => string): Markup =>
    lines(
      md`**${incident.date.slice(5)}** ${names.get(incident.personId) ?? '—'} · ${incident.clause} ${kind ? t(kind.label) : ''}`,
      md`${coloured(colours[state], t(stateLabel[state]))}${incident.orderNo ? ` · ${incident.orderNo}` : ''}`,
    );
  return beside(
    both(said),
    button(say('查看', 'Open'), does('incident list', { incident: incident.id }), { size: 'small' }),
  );
}
