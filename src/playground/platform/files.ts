/** The bytes of uploaded images and files: on disk beside the journal, or in memory. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class Files {
  readonly #directory: string | undefined;
  readonly #memory = new Map<string, Buffer>();

  constructor(directory?: string) {
    this.#directory = directory;
    if (directory) mkdirSync(directory, { recursive: true });
  }

  put(key: string, bytes: Buffer): void {
    if (this.#directory) writeFileSync(join(this.#directory, key), bytes);
    else this.#memory.set(key, bytes);
  }

  /** Throws when the bytes are gone, e.g. when somebody emptied the folder. */
  get(key: string): Buffer {
    if (this.#directory) return readFileSync(join(this.#directory, key));
    const bytes = this.#memory.get(key);
    if (!bytes) throw new Error(`no bytes are stored under ${key}`);
    return bytes;
  }

  clear(): void {
    this.#memory.clear();
    if (!this.#directory) return;
    rmSync(this.#directory, { recursive: true, force: true });
    mkdirSync(this.#directory, { recursive: true });
  }
}
