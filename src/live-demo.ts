import { begins, type Hands, moment, present } from '#playground/demo/past/act';
import { orderActs } from '#playground/demo/past/orders';
import { peopleActs } from '#playground/demo/past/people';
import { recordActs } from '#playground/demo/past/records';
import type { StandIn } from '#playground/platform/stand-in';
import type { App } from './app.ts';

/** Everything that happened, in its order. */
const story = [...orderActs, ...recordActs, ...peopleActs].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
const FIRST_STEPS = 5;

/**
 * Lives the demo company's past: people type and tap in the stand-in, the bot answers over HTTP as ever, and the clock goes from one act
 * to the next. So every fact of the demo has its message, every card its clicks, and nothing has to be kept in step with the schema.
 */
export async function livePast(standIn: StandIn, app: App, signal: AbortSignal): Promise<void> {
  const { world, clock } = standIn;
  const done = async () => {
    await standIn.quiet();
    await app.answered();
  };
  const hands: Hands = {
    async tell(who, chat, text) {
      world.say(who, chat, chat === 'bot' ? text : `<at id="${world.botOpenId}"></at> ${text}`);
      await done();
    },
    async chat(who, chat, text) {
      world.say(who, chat, text);
      await done();
    },
    async send(who, name, text) {
      const key = world.upload(who, name, Buffer.from(text));
      world.say(who, 'bot', { file: { key, name } });
      await done();
    },
    async read() {
      for (const { chatId, members } of world.chats) for (const who of members) world.read(who, chatId);
      await done();
    },
    async morning() {
      await app.settle();
    },
  };
  clock.jump(moment(begins));
  let shown = 0;
  for (const [i, act] of story.entries()) {
    signal.throwIfAborted();
    clock.jump(moment(act.at));
    await act.by(hands);
    if (i >= shown) {
      standIn.settingUp({ done: FIRST_STEPS + i, of: FIRST_STEPS + story.length });
      shown = i + Math.ceil(story.length / 25);
    }
  }
  clock.jump(moment(present));
  await done();
}
