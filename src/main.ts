import { faultOf } from '#bot/log';
import { DirectoryInUse } from '#db/directory-lock';
import { SchemaBehind } from '#db/migrate';
import { startApp } from './app.ts';
import { ConfigProblems, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startPlayground } from './start-playground.ts';

/** The longest that stopping may take; the platform's next try or the lease brings back what was cut off. */
const STOP_WITHIN_MS = 9_500;

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const { feishu } = config;
  const app = feishu ? await startApp({ config: { ...config, feishu }, log }) : await startPlayground(config, log);
  if (!feishu)
    log.info({ url: app.url }, `playground: open ${app.url.replace('127.0.0.1', 'localhost')}/ in a browser`);

  // a fault that nobody waits for must not take the others down; it is logged with its place
  process.on('unhandledRejection', (error) => log.error({ fault: faultOf(error) }, 'unhandled rejection'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      app.stop().then(
        () => process.exit(0),
        (error) => {
          log.error({ fault: faultOf(error) }, 'could not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (error instanceof ConfigProblems) for (const problem of error.problems) console.error(problem);
  else if (error instanceof DirectoryInUse || error instanceof SchemaBehind) console.error(error.message);
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    console.error(`port ${process.env.PORT ?? 3000} is in use: stop the other program, or set PORT`);
  else console.error(`could not start: ${JSON.stringify(faultOf(error))}`);
  process.exitCode = 1;
}
