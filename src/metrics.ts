import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows: counts and times, by kind; never a name, an id or an amount. */
export interface Metrics {
  events: Counter<'kind'>;
  eventSeconds: Histogram<'kind'>;
  sends: Counter<'result'>;
  sendSeconds: Histogram;
  text(): Promise<string>;
  contentType: string;
}

export interface Backlog {
  pending: number;
  dead: number;
  /** Age of the oldest message that could be sent by now. */
  oldestSeconds: number;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 2.5, 10];

export function createMetrics(backlog: () => Promise<Backlog>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'gendan_outbox_messages',
    help: 'Messages of the outbox by state',
    labelNames: ['state'],
    registers,
    async collect() {
      const { pending, dead } = await backlog();
      this.set({ state: 'pending' }, pending);
      this.set({ state: 'dead' }, dead);
    },
  });
  new Gauge({
    name: 'gendan_outbox_oldest_seconds',
    help: 'Age of the oldest message that waits to be sent',
    registers,
    async collect() {
      this.set((await backlog()).oldestSeconds);
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    events: new Counter({
      name: 'gendan_events_total',
      help: 'Events taken, by kind',
      labelNames: ['kind'],
      registers,
    }),
    eventSeconds: new Histogram({
      name: 'gendan_event_seconds',
      help: 'Time from taking an event to its being durable',
      labelNames: ['kind'],
      buckets,
      registers,
    }),
    sends: new Counter({
      name: 'gendan_sends_total',
      help: 'Calls to send something, by result',
      labelNames: ['result'],
      registers,
    }),
    sendSeconds: new Histogram({
      name: 'gendan_send_seconds',
      help: 'Time of one call to the platform',
      buckets,
      registers,
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
