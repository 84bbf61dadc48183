interface Waiting<Given, Result> {
  given: Given;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Does one by one what comes alone, and together what comes while others are on their way: what costs a trip, a statement and a commit each
 * then costs one for all. Nothing waits where there is room, and each hears of its own result when the work that held it is done.
 *
 * Work on several that fails is tried again for each alone, so that one bad among them takes no others with it; it must therefore be such
 * that a second try after an unknown end does no harm.
 *
 * @param work gives a result for each of what it was given, in their order
 * @param options.ways so much work may be under way at the same time; what is stuck holds up one way only
 * @param options.most so many at a time
 */
export function together<Given, Result>(
  work: (given: Given[]) => Promise<Result[]>,
  { ways = 2, most = 200 }: { ways?: number; most?: number } = {},
): (given: Given) => Promise<Result> {
  const waiting: Waiting<Given, Result>[] = [];
  let underWay = 0;

  async function carry(those: Waiting<Given, Result>[]): Promise<void> {
    try {
      const results = await work(those.map(({ given }) => given));
      for (const [i, { resolve }] of those.entries()) resolve(results[i]!);
    } catch (error) {
      if (those.length === 1) those[0]!.reject(error);
      else await Promise.all(those.map((one) => carry([one])));
    }
  }

  async function next(): Promise<void> {
    underWay++;
    while (waiting.length > 0) await carry(waiting.splice(0, most));
    underWay--;
  }

  return (given) =>
    new Promise((resolve, reject) => {
      waiting.push({ given, resolve, reject });
      if (underWay < ways) void next();
    });
}
