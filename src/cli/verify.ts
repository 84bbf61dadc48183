import { verifyAudit } from '#db/audit';
import { verifyPay } from '#usecases/pay/verify';
import { readAnchors } from '../anchors.ts';
import { readConfig } from '../config.ts';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

type Head = { count: number; hash: string };

/**
 * `verify [--anchors FILE] [--anchor COUNT:HASH]…`: the audit chain, against the heads that were published (the file that the settings
 * name unless another is given, and those copied from an auditor's chat), and every locked settlement computed again. Returns 1 when
 * anything does not fit.
 */
export async function verifyCommand(args: string[], io: Io, env: Record<string, string | undefined>): Promise<number> {
  const read = readArgs(args);
  if (!read) {
    io.err('usage: npm run gendan -- verify [--anchors FILE] [--anchor COUNT:HASH]…');
    return 1;
  }
  const published = await readAnchors(read.file ?? readConfig(env).anchorFile!);
  if (read.file && published.length === 0) {
    io.err(`there are no published heads in ${read.file}`);
    return 1;
  }
  const anchors = [...published, ...read.heads];
  return withDatabase(env, async (db) => {
    const chain = await verifyAudit(db, anchors);
    const pay = await verifyPay(db);
    for (const problem of [...chain, ...pay]) io.err(problem);
    if (chain.length === 0)
      io.out(
        anchors.length > 0
          ? `ok    audit chain: complete, and as it was published ${anchors.length} times`
          : 'ok    audit chain: complete; no head was published yet, so a tail cut off would not show',
      );
    if (pay.length === 0)
      io.out('ok    settlements: every locked one gives the same bytes again, postings add up to 0');
    return chain.length + pay.length > 0 ? 1 : 0;
  });
}

function readArgs(args: string[]): { file: string | undefined; heads: Head[] } | undefined {
  let file: string | undefined;
  const heads: Head[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at], args[at + 1]];
    const head = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value ?? '');
    if (name === '--anchors' && value) file = value;
    else if (name === '--anchor' && head) heads.push({ count: Number(head[1]), hash: head[2]! });
    else return undefined;
  }
  return { file, heads };
}
