import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
let built: Promise<string> | undefined;

/**
 * The program in one file, for suites that start it by the dozen: loading its hundreds of files one by one takes most of a start. As
 * people start it, it is started in `processes.test.ts`.
 *
 * @returns path of the file, which is gone after this process
 */
export function programInOneFile(): Promise<string> {
  built ??= (async () => {
    const outfile = join(root, 'node_modules', '.cache', `gendan-program-${process.pid}.mjs`);
    process.once('exit', () => rmSync(outfile, { force: true }));
    await build({
      absWorkingDir: root,
      entryPoints: ['src/main.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      plugins: [
        {
          name: 'each file knows where it was',
          setup({ onLoad }) {
            onLoad({ filter: /\/(src|db|cards|commands)\/.*\.ts$/ }, ({ path }) => ({
              loader: 'ts',
              contents: readFileSync(path, 'utf8').replaceAll(
                'import.meta.url',
                JSON.stringify(pathToFileURL(path).href),
              ),
            }));
          },
        },
      ],
    });
    return outfile;
  })();
  return built;
}
