import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '#db/client';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of an empty embedded database with the whole schema, as one file. */
    embeddedTemplate: string;
  }
}

/** Once for a run: initdb and the migrations, three seconds, which each suite would spend again. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'gendan-template-'));
  const path = join(folder, 'database.tar');
  const opened = await openEmbedded();
  try {
    const dump = await opened.dump!();
    // unpacked once here instead of in each suite
    writeFileSync(path, gunzipSync(await dump.arrayBuffer()));
  } finally {
    await opened.close();
  }
  project.provide('embeddedTemplate', path);
  return () => rmSync(folder, { recursive: true, force: true });
}
