import { beforeEach } from 'vitest';
import type { Log } from '#bot/log';
import type { Card } from '#cards/kit';
import { cardsTo } from './facts.ts';
import type { TestPeople } from './people.ts';
import { type Room, testRoom } from './room.ts';

export interface PayRoom extends Room<TestPeople> {
  /** Says it in private and returns the cards that the person was answered with. */
  say(openId: string, words: string): Promise<Card[]>;
}

/** What every test file of pay begins with: a room, and what `before` enters in it. */
export async function payRoom({
  log,
  before,
}: {
  log?: Log;
  before?: (room: PayRoom) => Promise<void>;
} = {}): Promise<PayRoom> {
  const room = await testRoom(log && { log });
  const payroom: PayRoom = {
    ...room,
    async begin() {
      await room.begin();
      await before?.(payroom);
    },
    say: async (openId, words) => cardsTo(await room.bot.say(openId, words), openId),
  };
  beforeEach(() => before?.(payroom));
  return payroom;
}
