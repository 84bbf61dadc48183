/**
 * The whole bot in a process of its own, which imports a workbook (argument: its path), so that its memory can be told. The settings come from
 * the environment, as those of `src/main.ts`. Prints one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { startApp } from '#app/app';
import { readConfig } from '#app/config';
import { createLog } from '#app/log';
import { findPerson } from '#db/people';
import { orders } from '#db/schema';
import { importOrdersFile } from '#usecases/import-orders';
import { IMPORTED_AT, MANAGER } from './import-book.ts';

const config = readConfig(process.env);
const app = await startApp({ config: { ...config, feishu: config.feishu! }, log: createLog('error') });
const { db } = app.database;
const by = (await findPerson(db, MANAGER))!;
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const started = performance.now();
let cards = 0;
await importOrdersFile(db, {
  ...{ name: 'orders.xlsx', bytes: readFileSync(process.argv[2]!), by, via: 'file', batch: 'bench' },
  ...{ now: () => IMPORTED_AT, zone: config.timezone },
  async show() {
    cards += 1;
  },
});
const seconds = (performance.now() - started) / 1_000;
clearInterval(watch);
const entered = await db.$count(orders);
console.log(JSON.stringify({ entered, seconds, peakMb: peak / 1e6, beforeMb: before / 1e6, cards }));
await app.stop();
process.exit(0);
