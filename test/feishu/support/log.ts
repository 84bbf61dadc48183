import type { Log } from '#bot/log';

/** Keeps every line, so that a test can look for what must not be there. */
export function recordingLog(): Log & { lines: { level: string; fields: object; message: string }[]; text(): string } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    lines,
    text: () => JSON.stringify(lines),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
