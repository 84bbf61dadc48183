import { silent } from '#bot/log';
import { verifyAudit } from '#db/audit';
import { mayChangeRecords } from '#db/roles';
import { outboxState } from '#db/sending';
import { createApi } from '#feishu/api';
import { ApiError } from '#feishu/api-error';
import { readAnchors } from '../anchors.ts';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

/** Read scopes that some part of the bot needs, each with a call that shows whether it is there. */
type Probe = [name: string, probe: () => Promise<string>];

/** `doctor`: settings, database, credentials, scopes; each line says what is well, or what is wrong and what to do. Exit code 1 when anything is wrong. */
export async function doctorCommand(io: Io, env: Record<string, string | undefined>): Promise<number> {
  let wrong = 0;
  const check = async ([name, probe]: Probe) => {
    try {
      io.out(`ok    ${name}: ${await probe()}`);
    } catch (error) {
      wrong += 1;
      const why =
        error instanceof ApiError
          ? `code ${error.code ?? error.httpStatus ?? '-'}: ${error.message}`
          : error instanceof Error
            ? error.message.split('\n')[0]
            : String(error);
      io.err(`wrong ${name}: ${why}`);
    }
  };
  return withDatabase(env, async (db, config) => {
    io.out(
      `ok    settings: ${config.feishu ? `app ${config.feishu.appId}, events by ${config.feishu.events}` : 'no credentials: playground'}`,
    );
    await check([
      'database',
      async () =>
        `${config.databaseUrl ? 'PostgreSQL' : 'embedded (survives kill -9, not a power cut)'}, takes queries`,
    ]);
    if (config.databaseUrl)
      io.out(
        (await mayChangeRecords(db))
          ? 'note  database role: may change records; give the bot a role of its own (README, two roles)'
          : 'ok    database role: cannot change records',
      );
    await check([
      'audit chain',
      async () => {
        const [problem] = await verifyAudit(db, await readAnchors(config.anchorFile!));
        if (problem) throw new Error(problem);
        return 'complete';
      },
    ]);
    await check([
      'outbox',
      async () => {
        const { pending, dead } = await outboxState(db, new Date());
        if (dead > 0) throw new Error(`${dead} messages could not be delivered: npm run gendan -- dead-letters`);
        return `${pending} messages wait`;
      },
    ]);
    const { feishu } = config;
    if (feishu) {
      const api = createApi({
        appId: feishu.appId,
        appSecret: feishu.appSecret,
        domain: feishu.domain,
        now: () => new Date(),
        log: silent,
      });
      await check(['credentials and bot ability', async () => `the bot is called ${(await api.botInfo()).name}`]);
      await check([
        'contact scopes',
        async () => `${(await api.contactScope()).departmentIds.length} departments readable`,
      ]);
      await check(['slash commands', async () => `${(await api.listSlashCommands()).length} registered`]);
      api.close();
    }
    return wrong > 0 ? 1 : 0;
  });
}
