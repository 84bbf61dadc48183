import type { Text } from './text.ts';

/**
 * Something that a person can put right: what was understood, what was not, what to do. Goes to the chat as it is.
 * A programmer's mistake is never dressed up as one.
 */
export class UserError extends Error {
  readonly code: string;
  readonly problem: Text;
  readonly hint: Text | undefined;

  /** @param code stable and dotted, for tests and logs: `order.not-found` */
  constructor(code: string, problem: Text, hint?: Text) {
    super(code);
    this.name = 'UserError';
    this.code = code;
    this.problem = problem;
    this.hint = hint;
  }
}
