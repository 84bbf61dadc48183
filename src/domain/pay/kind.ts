import { z } from 'zod';
import type { LineDraft, MissedPay, Nature, PayContext } from '#domain/pay/context';
import type { Finding } from '#domain/pay/finding';
import type { Settings } from '#domain/pay/settings';
import type { Text } from '#domain/pay/text';

/** What every rule of a scheme says besides its kind: its clause, its name, and the document's own words. */
const natures = ['earning', 'time-not-worked', 'damages', 'fine'] as const satisfies readonly Nature[];
const common = {
  clause: z.string().min(1),
  label: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
  text: z.string().min(1),
  nature: z.enum(natures).default('earning'),
};

/** The schema of a rule of one kind: the common fields and its own. */
export function ruleSchema<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.strictObject({ ...common, kind: z.literal(kind), ...shape });
}

export interface AnyRule {
  readonly clause: string;
  readonly label: Text;
  readonly text: string;
  readonly nature: (typeof natures)[number];
  readonly kind: string;
}

/**
 * One kind of rule: its schema, its arithmetic, its sentence and its spreadsheet formula in one file, so that
 * they cannot drift apart.
 */
export interface Kind<Rule extends AnyRule> {
  readonly kind: Rule['kind'];
  readonly schema: z.ZodType<Rule>;
  /** The lines with amounts, formulas and facts. Throws PayProblemFound for a fact that is missing or cannot be. */
  lines(rule: Rule, context: PayContext): LineDraft[];
  /** The rule in words, with its numbers. */
  sentence(rule: Rule, settings: Settings): Text;
  /** Clauses whose lines must be computed first. */
  dependsOn?(rule: Rule, all: readonly AnyRule[]): string[];
  /** Money missed in this month, nearest condition first. */
  whyNotMore?(rule: Rule, context: PayContext): MissedPay[];
  /** What is odd about the rule itself. */
  lint?(rule: Rule): Finding[];
}

export function defineKind<Rule extends AnyRule>(kind: Kind<Rule>): Kind<Rule> {
  return kind;
}
