/** Times in milliseconds, sorted. */
export const sorted = (times: number[]): number[] => [...times].sort((a, b) => a - b);
export const quantile = (times: number[], share: number): number =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * share))]!;
export const median = (times: number[]): number => quantile(times, 0.5);

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Takes turns between the works, so that a noisy moment of the machine hits all alike; returns each one's times. */
export async function interleaved<Name extends string>(
  works: Record<Name, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await works[name]();
  for (let round = 0; round < rounds; round++) for (const name of names) times[name].push(await timed(works[name]));
  return times;
}
