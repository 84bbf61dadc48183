import type { PageEvent } from '#playground/page-api';

const firstWaitMs = 500;
const longestWaitMs = 8000;

export interface Live {
  close(): void;
}

/**
 * The stream of events for one person, reconnected for as long as it is not closed.
 *
 * The browser itself gives up on some failures, so each loss makes a new stream, after a wait that doubles up to eight seconds.
 * `opened(again)` tells a reconnect from the first time: what happened in between was not heard and must be read anew.
 */
export function listen(
  as: string,
  on: { event(event: PageEvent): void; opened(again: boolean): void; lost(): void },
): Live {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let opens = 0;

  const connect = () => {
    source = new EventSource(`/playground/api/events?as=${encodeURIComponent(as)}`);
    source.onopen = () => {
      waitMs = firstWaitMs;
      opens += 1;
      on.opened(opens > 1);
    };
    source.onmessage = (message) => {
      if (message.data) on.event(JSON.parse(message.data) as PageEvent);
    };
    source.onerror = () => {
      source?.close();
      on.lost();
      clearTimeout(timer);
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    };
  };
  connect();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
