/** Structured log lines, as pino takes them. What we pass never holds message text, amounts, tokens or secrets. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * What may be logged of an error that somebody else threw: its kind, its code and where. Never its message: database drivers put
 * parameters into it, HTTP clients whole requests with their tokens.
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
