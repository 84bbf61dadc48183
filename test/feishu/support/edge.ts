import type { Answer, Incoming, IncomingClick, Receive } from '#bot/incoming';
import { createIntake, type IntakeOptions } from '#feishu/intake';
import { webhookRoutes } from '#feishu/webhook';
import { type MovableClock, movableClock } from './clock.ts';
import { bot, credentials, type Delivery, deliver, tenant } from './delivery.ts';
import { recordingLog } from './log.ts';

/** The webhook with everything behind it recorded, and a clock that the test moves. */
export function edge({
  receive,
  clock = movableClock(),
  ...overrides
}: Partial<IntakeOptions> & { clock?: MovableClock } = {}) {
  const received: Incoming[] = [];
  const late: { click: IncomingClick; answer: Answer; at: Date }[] = [];
  const log = recordingLog();
  const take: Receive = async (incoming) => {
    received.push(incoming);
    return receive ? receive(incoming) : {};
  };
  const intake = createIntake({
    receive: take,
    botOpenId: async () => bot,
    isOurTenant: async (key) => key === tenant,
    async deliverLate(click, answer) {
      late.push({ click, answer, at: clock.now() });
    },
    clock,
    log,
    ...overrides,
  });
  const app = webhookRoutes({ credentials, intake, clock, log });
  const post = async (delivery: Delivery, path = '/webhook/event'): Promise<Response> =>
    app.request(path, { method: 'POST', body: delivery.body, headers: delivery.headers });
  return {
    app,
    clock,
    intake,
    log,
    received,
    late,
    post,
    /** A genuine delivery of this payload, now. */
    send: (payload: unknown, path?: string) => post(deliver(payload, { at: clock.now() }), path),
  };
}
