import { monthOf } from '#domain/calendar/dates';
import { type Fen, formatYuan, sumFen, yuanText } from '#domain/money';
import type { ComputedLine, FactUse, LineDraft, PayContext, Warning } from '#domain/pay/context';
import type { Incident } from '#domain/pay/facts';
import { invalid, missing } from '#domain/pay/problem';
import { type Text, text } from '#domain/pay/text';

/** What the kinds that charge incidents share: which incidents count, and how a charge becomes a line. */

const disputeOpen: Warning = {
  code: 'DISPUTE-OPEN',
  level: 'blocks',
  text: text('申诉未决，本月不能审批', 'the dispute is open; the month cannot be approved'),
  source: 'domain 3',
};

/** The month's incidents that cost something: withdrawn ones stay on record and cost nothing. */
export function standingIncidents(context: PayContext): Incident[] {
  const { incidents } = context.facts;
  if (!incidents)
    throw missing('incidents', '考核事件（没有请写空列表）', 'the list of incidents (empty when there are none)');
  return incidents.filter(({ status }) => status !== 'withdrawn') as Incident[];
}

/** Does the incident count now? An open dispute counts or waits as the setting says. */
export function counts(incident: Incident, context: PayContext): boolean {
  return incident.status !== 'disputed' || context.settings.openDispute === 'counts';
}

/** What one incident costs, positive, and how that came about. */
export interface Charge {
  readonly fen: Fen;
  readonly formula: Text;
  readonly sheet: string;
  readonly facts: readonly FactUse[];
  readonly warnings?: readonly Warning[];
}

/** One line for each incident of the clause, in order of date. */
export function chargeLines(clause: string, context: PayContext, charge: (incident: Incident) => Charge): LineDraft[] {
  return standingIncidents(context)
    .filter((incident) => incident.clause === clause)
    .map((incident) => {
      const { fen, formula, sheet, facts, warnings = [] } = charge(incident);
      const where = incident.order ? ` ${incident.order}` : '';
      const head = `${incident.date}${where}`;
      const why = incident.reason ? `（${incident.reason}）` : '';
      const late: Warning[] =
        monthOf(incident.date) === context.month
          ? []
          : [
              {
                code: 'LATE-INCIDENT',
                level: 'info',
                text: text(
                  `${incident.date} 的事件在本月补记`,
                  `an incident of ${incident.date}, recorded in this month`,
                ),
              },
            ];
      const flags = [...warnings, ...late, ...(incident.status === 'disputed' ? [disputeOpen] : [])];
      const id = `${clause}/${incident.id}`;
      if (!counts(incident, context)) {
        const waits = `${head}${why}：暂不计入，原应扣 ${formatYuan(fen)}`;
        return {
          id,
          amountFen: 0n,
          formula: text(waits, `${head}: waits, otherwise −${formatYuan(fen)}`),
          sheet: '0',
          facts,
          warnings: flags,
        };
      }
      return {
        id,
        amountFen: -fen,
        formula: text(`${head}${why}：−${formula.zh}`, `${head}: −${formula.en}`),
        sheet,
        facts,
        warnings: flags,
      };
    });
}

/** The facts of an incident as a line shows them. */
export function incidentUse(incident: Incident, part: 'loss' | 'amount'): FactUse & { fen: Fen } {
  const fen = incident[part];
  const label = part === 'loss' ? text('公司损失', 'company loss') : text('考核金额', 'chosen amount');
  const path = `incidents.${incident.id}.${part}`;
  if (fen === undefined) {
    throw missing(
      path,
      `${incident.clause} ${incident.date} 事件的${label.zh}`,
      `the ${label.en} of the ${incident.clause} incident of ${incident.date}`,
    );
  }
  const source =
    incident.source || incident.order ? [{ ...incident.source, ...(incident.order && { order: incident.order }) }] : [];
  return { fen, label, path, sources: source, value: yuanText(fen) };
}

/** The incident itself as a fact of value 1, for charges that need no figure. */
export function occurrenceUse(incident: Incident): FactUse {
  return {
    label: text(`${incident.clause} 事件`, `${incident.clause} incident`),
    path: `incidents.${incident.id}`,
    sources:
      incident.source || incident.order
        ? [{ ...incident.source, ...(incident.order && { order: incident.order }) }]
        : [],
    value: '1',
  };
}

export interface Total {
  readonly fen: Fen;
  readonly sheet: string;
  readonly facts: readonly FactUse[];
}

/**
 * 本人扣款: the month's incident charges as the document has them, also those that the guard stopped (a setting), and
 * short attendance when the setting says so. A carried-in amount is none.
 */
export function ownDeductions({ lines, settings }: PayContext): Total {
  const own = lines.filter(
    ({ nature }) =>
      nature === 'fine' ||
      nature === 'damages' ||
      (nature === 'time-not-worked' && settings.ownDeductions === 'incidents-and-attendance'),
  );
  const charge = (line: ComputedLine) => (settings.stoppedFineCounts === 'yes' ? line.chargedFen : line.amountFen);
  const terms = own.map((line) =>
    charge(line) === line.amountFen ? `-{line:${line.id}}` : `+${yuanText(-charge(line))}`,
  );
  return { fen: -sumFen(own.map(charge)), sheet: `(0${terms.join('')})`, facts: [] };
}

/** 公司损失: the losses of the employee's incidents of the month, or what finance recorded. */
export function companyLoss(context: PayContext): Total {
  const { facts, settings } = context;
  if (settings.companyLoss === 'recorded') {
    if (!facts.companyLoss)
      throw missing('companyLoss', '财务登记的公司损失', 'the company loss that finance recorded');
    const { value, source } = facts.companyLoss;
    const use = {
      path: 'companyLoss',
      label: text('公司损失', 'company loss'),
      value: yuanText(value),
      sources: source ? [source] : [],
    };
    return { fen: value, sheet: '{companyLoss}', facts: [use] };
  }
  const uses = standingIncidents(context)
    .filter((incident) => incident.loss !== undefined && counts(incident, context))
    .map((incident) => incidentUse(incident, 'loss'));
  return {
    fen: sumFen(uses.map(({ fen }) => fen)),
    sheet: `(0${uses.map(({ path }) => `+{${path}}`).join('')})`,
    facts: uses.map(({ fen: _, ...use }) => use),
  };
}

/** An incident under a clause that the scheme does not charge. */
export function unknownClause(incident: Incident): Error {
  return invalid(
    `incidents.${incident.id}.clause`,
    `方案没有条款 ${incident.clause}`,
    `the scheme has no clause ${incident.clause}`,
  );
}
