import { parentPort } from 'node:worker_threads';
import type { SchemeVersion } from '#domain/pay/scheme';
import { draftAll } from './draft.ts';
import type { Answer, Question } from './drafting.ts';

/** The other thread: settles what it is sent, batch after batch, and knows nothing else. */
const port = parentPort!;
const versions = new Map<string, SchemeVersion>();

port.on('message', ({ id, fresh, people }: Question) => {
  for (const [key, version] of fresh) versions.set(key, version);
  let answer: Answer;
  try {
    answer = {
      id,
      drafts: draftAll(people.map(({ version, ...own }) => ({ ...own, version: versions.get(version) }))),
    };
  } catch {
    // asked again by the thread that can report it
    answer = { id, drafts: undefined };
  }
  port.postMessage(answer);
});
port.postMessage('ready');
