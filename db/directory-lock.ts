import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The directory belongs to another living process. */
export class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by process ${pid}: stop it first, or give this one another DATA_DIR (or a DATABASE_URL to share)`,
    );
    this.name = 'DirectoryInUse';
  }
}

/**
 * Takes the directory for this process alone, by a file that names the process and when it started (a process id alone may have
 * been given to somebody else since). A lock left behind by a dead process is taken over.
 *
 * @throws DirectoryInUse while the holder lives.
 */
export async function takeDirectoryLock(directory: string): Promise<{ release(): Promise<void> }> {
  await mkdir(directory, { recursive: true });
  const lock = join(directory, 'lock');
  const mine = join(directory, `lock.${randomUUID()}`);
  const text = JSON.stringify({ pid: process.pid, started: await startOf(process.pid), nonce: randomUUID() });
  await writeFile(mine, text);
  try {
    for (;;) {
      // link() is the one atomic "create it, unless it exists" that also brings its content along
      const taken = await link(mine, lock).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
      );
      if (taken) break;
      const held = await readFile(lock, 'utf8').catch(() => undefined);
      if (held === undefined) continue;
      const holder = parseHolder(held);
      if (holder && (await isAlive(holder))) throw new DirectoryInUse(directory, holder.pid);
      await removeExactly(lock, held);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { release: () => removeExactly(lock, text) };
}

/** Removes the lock only if it still is the one meant: between reading and removing, somebody else may have taken it. */
async function removeExactly(lock: string, expected: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== expected) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

interface Holder {
  pid: number;
  started: string | null;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Holder;
    return Number.isInteger(pid) ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = await startOf(pid);
  return started === null || now === null || now === started;
}

/** When the process started, in clock ticks since boot; null where the system has no /proc. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // the second field, the name, may hold blanks and brackets: count from its end
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
