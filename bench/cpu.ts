import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from '../scripts/postgres.ts';

/** Processor seconds so far, by who used them: everything runs on the same cores, so the wall clock alone says little about the bot. */
export interface CpuSeconds {
  bot: number;
  postgres: number;
  /** The load, and the platform that takes everything: this process. */
  load: number;
}

const TICKS_A_SECOND = 100;

/** Fields 14 to 17 of `/proc/<pid>/stat` and the parent; undefined when the process is gone or there is no such file. */
function statOf(pid: number | string): { parent: number; own: number; children: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number);
    const [own, children] = [fields[11]! + fields[12]!, fields[13]! + fields[14]!];
    return { parent: fields[1]!, own: own / TICKS_A_SECOND, children: children / TICKS_A_SECOND };
  } catch {
    return undefined;
  }
}

/** A server's processes that have ended count with its first one. */
function secondsOfServer(pid: number): number {
  const first = statOf(pid);
  if (!first) return 0;
  const others = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === pid);
  return others.reduce((sum, stat) => sum + stat!.own, first.own + first.children);
}

/** @param bots their process ids */
export function cpuSeconds(bots: readonly number[], server: Server): CpuSeconds {
  const { user, system } = process.cpuUsage();
  const bot = bots.reduce((sum, pid) => sum + (statOf(pid)?.own ?? 0), 0);
  return { bot, postgres: secondsOfServer(server.pid()), load: (user + system) / 1e6 };
}

/** Milliseconds of each for one event. */
export function millisecondsEach(before: CpuSeconds, after: CpuSeconds, events: number): CpuSeconds {
  const each = (who: keyof CpuSeconds) => ((after[who] - before[who]) * 1_000) / Math.max(1, events);
  return { bot: each('bot'), postgres: each('postgres'), load: each('load') };
}
