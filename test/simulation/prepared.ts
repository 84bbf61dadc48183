import type { messages, PGlite } from '@electric-sql/pglite';

type Message = messages.BackendMessage;

interface Statement {
  name: string;
  /** What the database says of its parameters and rows. */
  description?: Message[];
}

const [PARSE, DESCRIBE, BIND, EXECUTE, SYNC] = [...'PDBES'].map((letter) => letter.charCodeAt(0));

/**
 * Lets the embedded database remember statements, as the driver of the server does: one that is known costs one call instead of five, and
 * neither parsing nor planning. A seed is some seven hundred statements, most of them the same few.
 */
export async function preparing(pglite: PGlite): Promise<void> {
  const known = new Map<string, Statement>();
  const run = pglite.execProtocolStream.bind(pglite);
  let current: Statement | undefined;
  let bound: Uint8Array | undefined;
  let isSynced = false;
  let ids = 0;

  pglite.execProtocolStream = async (message, options) => {
    switch (message[0]) {
      case PARSE: {
        isSynced = false;
        const [, text, types] = partsOf(message);
        current = known.get(text);
        if (current?.description) return [];
        ids += 1;
        current = { name: `s${ids}` };
        const parsed = await run(framed(PARSE!, [`${current.name}\0`, `${text}\0`, types]), options);
        known.set(text, current);
        return parsed;
      }
      case DESCRIBE:
        if (!current) break;
        if (message[5] === 'S'.charCodeAt(0))
          current.description ??= await run(framed(DESCRIBE!, [`S${current.name}\0`]), options);
        return message[5] === 'S'.charCodeAt(0)
          ? current.description!
          : current.description!.filter(({ name }) => name !== 'parameterDescription');
      case BIND: {
        if (!current) break;
        const [portal, , rest] = partsOf(message);
        bound = framed(BIND!, [`${portal}\0`, `${current.name}\0`, rest]);
        return [];
      }
      case EXECUTE: {
        if (!bound) break;
        const all = Buffer.concat([bound, message, framed(SYNC!, [])]);
        bound = undefined;
        const answer = await run(all, options);
        isSynced = true;
        return answer;
      }
      case SYNC:
        current = undefined;
        bound = undefined;
        if (isSynced) {
          isSynced = false;
          return [];
        }
    }
    return run(message, options);
  };
  // a plan of its own for each set of values would depend on how often a statement was run before
  await pglite.exec('set plan_cache_mode = force_generic_plan');
}

/** The two texts with which a message of `parse` or `bind` begins, and what follows them. */
function partsOf(message: Uint8Array): [string, string, Uint8Array] {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const first = bytes.indexOf(0, 5);
  const second = bytes.indexOf(0, first + 1);
  return [bytes.toString('utf8', 5, first), bytes.toString('utf8', first + 1, second), bytes.subarray(second + 1)];
}

function framed(kind: number, parts: (string | Uint8Array)[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
