import { createHash } from 'node:crypto';
import type postgres from 'postgres';

type Sql = postgres.Sql;

/** How many different statements are prepared on a connection at most; each costs the server some memory. */
const MOST = 500;
/** Longer ones are inserts of many rows, which seldom come again with as many. */
const LONGEST = 8_000;

/**
 * The client as drizzle sees it, with every statement that comes again prepared once on its connection: the server then neither parses
 * nor plans it anew, and one trip carries it where an unprepared one with parameters takes two.
 *
 * A statement is prepared when it is seen for the second time, so that texts that differ each time fill no memory.
 */
export function preparing(client: Sql): Sql {
  const seen = new Set<string>();
  const known = new Set<string>();
  const again = (text: string): boolean => {
    if (known.has(text)) return true;
    if (text.length > LONGEST || known.size >= MOST) return false;
    // a text that was put together of a thousand pieces holds them all as long as it is held
    const mark = createHash('sha256').update(text).digest('base64');
    if (seen.delete(mark)) {
      known.add(text);
      return true;
    }
    if (seen.size >= MOST) seen.clear();
    seen.add(mark);
    return false;
  };
  type Scope = Pick<Sql, 'unsafe'> & Partial<Pick<postgres.TransactionSql, 'savepoint'>> & Partial<Pick<Sql, 'begin'>>;
  const wrap = <Inner extends Scope>(inner: Inner): Inner => {
    const unsafe: Sql['unsafe'] = (text, params, options) =>
      inner.unsafe(text, params, { ...options, prepare: params !== undefined && params.length > 0 && again(text) });
    const nested = (work: (tx: postgres.TransactionSql) => unknown) => (tx: postgres.TransactionSql) => work(wrap(tx));
    return new Proxy(inner, {
      get(target, key) {
        if (key === 'unsafe') return unsafe;
        if (key === 'begin') return (work: never) => target.begin!(nested(work));
        if (key === 'savepoint') return (work: never) => target.savepoint!(nested(work));
        return Reflect.get(target, key);
      },
    });
  };
  return wrap(client);
}
