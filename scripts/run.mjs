/**
 * `npm start` and `npm run gendan`: builds the program from its sources and runs it, in this process. The first argument names what to run,
 * `main` or `cli`; the others are its own.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProgram } from './build.mjs';

const [name] = process.argv.splice(2, 1);
await import(pathToFileURL(join(buildProgram(), `${name}.mjs`)).href);
