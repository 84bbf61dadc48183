import type { PlatformClock } from '#playground/platform/clock';

/** Events and callbacks are to be answered within this. */
export const answerLimitMs = 3000;

/** What became of one HTTP push. `status` is 0 when no answer came. */
export interface PostResult {
  status: number;
  text: string;
  failure?: 'timeout' | 'dns' | 'connect';
  tookMs: number;
}

/** POSTs once and waits `limitMs` at most; never follows a redirect. */
export async function post(
  clock: PlatformClock,
  url: string,
  body: string,
  headers: Record<string, string>,
  limitMs: number,
): Promise<PostResult> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  const abort = new AbortController();
  const deadline = clock.deadline(limitMs);
  const answer = (async (): Promise<PostResult> => {
    try {
      const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: abort.signal });
      return { status: response.status, text: await response.text(), tookMs: took() };
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code;
      return {
        status: 0,
        text: '',
        failure: cause === 'ENOTFOUND' || cause === 'EAI_AGAIN' ? 'dns' : 'connect',
        tookMs: took(),
      };
    }
  })();
  const late = deadline.expired.then((): PostResult => ({ status: 0, text: '', failure: 'timeout', tookMs: took() }));
  const result = await Promise.race([answer, late]);
  deadline.cancel();
  if (result.failure === 'timeout') abort.abort();
  return result;
}
