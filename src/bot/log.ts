/** The part of a logger that we use; fields first, then a sentence. Fields never hold message bodies, names, amounts or tokens. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * What may be logged of an error: its kind, its code and where it happened. Never its message: database drivers put values into it,
 * HTTP clients whole requests with their tokens.
 */
export function faultOf(error: unknown): { name: string; code?: string | number; at?: string[]; cause?: object } {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  // the words of an error stand before its frames and may look like one
  const frames = error.stack?.replace(error.message, '').match(/^ {4}at .*:\d+:\d+\)?$/gm);
  const at = frames?.slice(0, 8);
  return {
    name: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(at && { at: at.map((line) => line.trim()) }),
    ...(error.cause !== undefined && { cause: faultOf(error.cause) }),
  };
}
