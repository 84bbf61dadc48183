import { parentPort, workerData } from 'node:worker_threads';
import { connectPostgres } from '#db/client';
import { draftBatch } from './draft-batch.ts';
import { type Answer, AT_ONCE_EACH, type Question } from './drafting.ts';

/** Another thread of a run: settles what it is sent, with connections of its own, and knows nothing else. */
const port = parentPort!;
const { url } = workerData as { url: string };
const { db } = await connectPostgres(url, { max: AT_ONCE_EACH });

port.on('message', async ({ id, batch }: Question) => {
  let answer: Answer;
  try {
    answer = { id, drafted: await draftBatch(db, batch), failed: false };
  } catch {
    answer = { id, drafted: undefined, failed: true };
  }
  port.postMessage(answer);
});
