import { faultOf } from '#bot/log';
import { DirectoryInUse } from '#db/directory-lock';
import { SchemaBehind } from '#db/migrate';
import { UserError } from '#domain/errors';
import { inLocale } from '#domain/text';
import { backupCommand, restoreCommand } from './cli/backup.ts';
import { compute, type Io, schemeCheck } from './cli/compute.ts';
import { withDatabase } from './cli/database.ts';
import { deadLettersCommand } from './cli/dead-letters.ts';
import { doctorCommand } from './cli/doctor.ts';
import { importCommand } from './cli/import.ts';
import { exportCommand, proofCommand, settleCommand } from './cli/pay.ts';
import { verifyCommand } from './cli/verify.ts';
import { ConfigProblems, readConfig } from './config.ts';
import { resetPlayground } from './start-playground.ts';

/** `npm run gendan -- <command>`: the same code as the bot, with the console as the actor. Exit code 0 only on success. */

interface CliCommand {
  usage: string;
  run(args: string[], io: Io, env: Record<string, string | undefined>): number | Promise<number>;
}

const commands: Record<string, CliCommand> = {
  migrate: {
    usage: 'migrate                                  bring the schema of the database up to date',
    run: (_, io, env) =>
      withDatabase(env, async () => {
        io.out('the schema is up to date');
        return 0;
      }),
  },
  import: { usage: 'import people|orders FILE.csv|xlsx       all rows or none', run: importCommand },
  compute: {
    usage: 'compute --scheme NAME|FILE --facts FILE  one person’s settlement as JSON, no database',
    run: (args, io) => compute(args, io),
  },
  settle: {
    usage: 'settle MONTH [--json]                    everybody of a month from what is recorded; stores nothing',
    run: settleCommand,
  },
  export: {
    usage: 'export MONTH --out FILE.xlsx             a month as a workbook with live formulas',
    run: exportCommand,
  },
  proof: {
    usage: 'proof MONTH PERSON --out FILE.json       a settlement with all that is needed to check it',
    run: proofCommand,
  },
  verify: {
    usage:
      'verify [--anchors FILE] [--anchor N:HASH] audit chain against its published heads, every locked settlement computed again',
    run: verifyCommand,
  },
  backup: {
    usage: 'backup FILE                              the whole database as one file, while the bot goes on',
    run: backupCommand,
  },
  restore: {
    usage: 'restore FILE                             into an empty database; checks chain and settlements',
    run: restoreCommand,
  },
  scheme: {
    usage: 'scheme check NAME|FILE                   what is odd about a pay scheme',
    run: ([verb, ...args], io) => {
      if (verb === 'check') return schemeCheck(args, io);
      io.err('usage: npm run gendan -- scheme check NAME|FILE');
      return 1;
    },
  },
  doctor: {
    usage: 'doctor                                   settings, database, credentials, scopes',
    run: (_, io, env) => doctorCommand(io, env),
  },
  'dead-letters': {
    usage: 'dead-letters [list|requeue all|requeue ID …] messages that were given up, events that failed',
    run: deadLettersCommand,
  },
  playground: {
    usage: 'playground reset                         start the demo over',
    async run([verb], io, env) {
      const config = readConfig(env);
      if (verb !== 'reset' || config.feishu) {
        io.err(
          config.feishu
            ? 'there is no playground while credentials are set'
            : 'usage: npm run gendan -- playground reset',
        );
        return 1;
      }
      await resetPlayground(config.dataDir);
      io.out('the playground starts over at the next npm start');
      return 0;
    },
  },
};

const io: Io = { out: (text) => console.log(text), err: (line) => console.error(line) };

async function main([name, ...args]: string[]): Promise<number> {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (!command) {
    const isAsked = name === undefined || name === 'help' || name === '--help';
    if (!isAsked) io.err(`there is no command ${name}`);
    for (const { usage } of Object.values(commands)) (isAsked ? io.out : io.err)(`npm run gendan -- ${usage}`);
    return isAsked ? 0 : 1;
  }
  try {
    return await command.run(args, io, process.env);
  } catch (error) {
    for (const line of linesOf(error)) io.err(line);
    return 1;
  }
}

/** What went wrong, one readable line each. */
function linesOf(error: unknown): string[] {
  if (error instanceof ConfigProblems) return error.problems;
  if (error instanceof UserError)
    return [error.problem, error.hint ?? ''].flatMap((text) => inLocale(text, 'zh').split('\n')).filter(Boolean);
  if (error instanceof DirectoryInUse || error instanceof SchemaBehind) return [error.message];
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return [`there is no file ${path}`];
  return [`failed: ${JSON.stringify(faultOf(error))}`];
}

process.exitCode = await main(process.argv.slice(2));
