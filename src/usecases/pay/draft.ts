import type { DraftColumns } from '#db/pay-runs';
import type { Warning } from '#domain/pay/context';
import type { PayProblem } from '#domain/pay/problem';
import type { SchemeVersion } from '#domain/pay/scheme';
import { carriedForward } from '#domain/pay/settle';
import { type Inputs, inputsText, resultText, type SettlementKind } from '#domain/pay/stored';
import type { Collected } from '../facts/collect.ts';
import { compute, sha256 } from './compute.ts';

/** Everything that a draft follows from. */
export interface ToDraft {
  personId: number;
  kind: SettlementKind;
  version: SchemeVersion | undefined;
  schemeHash: string | undefined;
  inputs: Inputs;
  problems: PayProblem[];
  blocks: Warning[];
  /** Finance entered facts of this month or there are corrections. */
  touched: boolean;
}

export const toDraft = ({ person, inputs, problems, blocks }: Collected, touched: boolean): ToDraft => ({
  personId: person.id,
  kind: person.kind,
  version: person.version,
  schemeHash: person.scheme?.hash,
  inputs,
  problems,
  blocks,
  touched,
});

/** What is kept of these people's settlements. Pure: the same people give the same bytes, in whichever thread. */
export function draftAll(people: readonly ToDraft[]): DraftColumns {
  const rows = people.map(draft);
  // JSON holds no line breaks, and nothing else here does
  const column = (of: (row: (typeof rows)[number]) => string | number | bigint | boolean | null | undefined) =>
    rows.map(of).join('\n');
  return {
    personId: column(({ personId }) => personId),
    kind: column(({ kind }) => kind),
    scheme: column(({ version }) => version?.scheme),
    version: column(({ version }) => version?.from),
    schemeHash: column(({ schemeHash }) => schemeHash),
    inputs: column(({ inputs }) => inputs),
    result: column(({ result }) => result),
    hash: column(({ hash }) => hash),
    totalFen: column(({ totalFen }) => totalFen),
    carriedFen: column(({ carriedFen }) => carriedFen),
    damagesFen: column(({ damagesFen }) => damagesFen),
    problems: column(({ problems }) => problems),
    blocks: column(({ blocks }) => blocks),
    warnings: column(({ warnings }) => warnings),
    touched: column(({ touched }) => touched),
  };
}

/** One at a time from facts to texts, so that no settlement outlives its own turn. */
function draft({ personId, kind, version, schemeHash, touched, ...known }: ToDraft) {
  const inputs = inputsText(known.inputs);
  const { settlement, problems, blocks, warnings } = compute({ ...known, person: { kind, version } });
  const result = settlement ? resultText(settlement) : null;
  const forward = settlement && carriedForward(settlement);
  return {
    personId,
    kind,
    version,
    schemeHash,
    inputs,
    result,
    touched,
    hash: sha256(inputs, schemeHash ?? '', result ?? ''),
    totalFen: settlement?.totalFen,
    carriedFen: forward?.carriedInFen,
    damagesFen: forward?.damagesBalanceFen,
    problems: JSON.stringify(problems),
    blocks: JSON.stringify(blocks),
    warnings: JSON.stringify(
      warnings.filter(({ level }) => level !== 'blocks').map(({ code, audience, text }) => ({ code, audience, text })),
    ),
  };
}
