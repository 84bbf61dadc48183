import type { AnyKind } from './kind.ts';
import { check } from './kinds/check.ts';
import { claim } from './kinds/claim.ts';
import { declaration } from './kinds/declaration.ts';
import { doc } from './kinds/doc.ts';
import { material } from './kinds/material.ts';
import { money } from './kinds/money.ts';
import { purchase } from './kinds/purchase.ts';
import { sample } from './kinds/sample.ts';
import { seal } from './kinds/seal.ts';
import { shipment } from './kinds/shipment.ts';

/** All kinds, in the order of an order's life: a new subject is one file and a line here. */
export const recordKinds: readonly AnyKind[] = [
  sample,
  seal,
  material,
  purchase,
  check,
  doc,
  shipment,
  money,
  claim,
  declaration,
];

const byCode = new Map(recordKinds.map((kind) => [kind.code, kind]));

export function kindOf(code: string): AnyKind {
  const kind = byCode.get(code);
  if (!kind) throw new Error(`there is no kind of record ${code}`);
  return kind;
}
