import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '#bot/log';
import { auditHead, sealHash } from '#db/audit';
import type { DueTask } from '#usecases/due';

/** The head of the audit chain as it was published outside the database: how many seals there were, and the hash of the last. */
export interface Anchor {
  at: string;
  count: number;
  hash: string;
}

const EVERY_MS = 60 * 60_000;

/** The heads in the file, oldest first; empty when there is no file. A line that a crash cut short is left out. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => parseAnchor(line) ?? []);
}

function parseAnchor(line: string): Anchor | undefined {
  try {
    const { at, count, hash } = JSON.parse(line) as Anchor;
    return Number.isSafeInteger(count) && /^[0-9a-f]{64}$/.test(hash) ? { at, count, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Appends one line and waits until it is on disk. */
export async function appendAnchor(file: string, anchor: Anchor): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = size === 0 ? '\n' : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
    await handle.appendFile(`${last === '\n' ? '' : '\n'}${JSON.stringify(anchor)}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * Publishes the head of the chain to the file, once an hour when it has grown: whoever cuts or rewrites the chain in the database later
 * cannot change what was written there. On the way it looks whether the chain still goes on from the last published head.
 */
export function publishAnchors(file: string, log: Log): DueTask {
  let last: Anchor | undefined;
  let looked = false;
  return {
    name: 'publish-anchors',
    async run({ db, now }) {
      if (!looked) last = (await readAnchors(file)).at(-1);
      looked = true;
      if (last && Math.abs(now.getTime() - Date.parse(last.at)) < EVERY_MS) return;
      const head = await auditHead(db);
      if (last && last.count > 0 && (await sealHash(db, last.count)) !== last.hash)
        log.error(
          { published: last.count, found: head.count },
          'the audit chain does not go on from the head that was published last: run npm run gendan -- verify',
        );
      if (head.count === (last?.count ?? 0) && head.hash === last?.hash) return;
      const anchor = { at: now.toISOString(), ...head };
      await appendAnchor(file, anchor);
      last = anchor;
    },
  };
}
