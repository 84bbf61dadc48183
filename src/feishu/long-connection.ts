export function startLongConnection(_o: unknown): { connected(): boolean; stop(): Promise<void> } {
  throw new Error('later');
}
