import type { OpenDatabase } from '#db/client';
import type { Server } from '../scripts/postgres.ts';

/** One part of the benchmarks: `npm run bench -- pay webhook` runs these two. */
export interface Part {
  name: string;
  title: string;
  run(bench: Bench): Promise<Measured>;
}

export interface Bench {
  server: Server;
  /** A database of its own on the server, with the schema. */
  postgres(name: string): Promise<OpenDatabase & { url: string }>;
  say(line: string): void;
}

export interface Measured {
  /** Markdown. */
  lines: string[];
  /** What has become slower in kind: ratios beyond their limits, in words. */
  broken: string[];
}

export const one = (value: number): string => value.toFixed(1);
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** A table of rows; the first is the head, numbers to the right. */
export function table(head: string[], rows: string[][]): string[] {
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, i) => (i === 0 ? '---' : '---:')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}
