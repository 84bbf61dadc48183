import type { DirectoryEntry } from '#usecases/directory';
export async function fetchDirectory(_api: unknown, _zone: string): Promise<DirectoryEntry[]> {
  return [];
}
