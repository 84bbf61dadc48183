import type { Chat, SlashCommand, World } from '#playground/page-api';
import type { Locale } from '../state/locale.ts';
import type { Words } from '../state/words.ts';

/** A line that the composer offers to complete what is being typed. */
export interface Candidate {
  key: string;
  title: string;
  hint: string;
  kind: 'person' | 'bot' | 'everyone' | 'command';
  /** Text that takes the place of the one typed. */
  insert: string;
  /** Whom the inserted @name means. */
  mention?: { name: string; openId: string };
  colour?: string;
}

export interface Offer {
  kind: 'mention' | 'command';
  /** Where in the text the part to be replaced begins. */
  from: number;
  candidates: Candidate[];
}

/** What the composer offers at the cursor: people after `@`, commands after a `/` that begins the message. */
export function offerAt(
  text: string,
  cursor: number,
  world: World,
  chat: Chat,
  locale: Locale,
  words: Words,
): Offer | undefined {
  const before = text.slice(0, cursor);
  const mention = /(?:^|[\s\p{P}\p{Script=Han}])@([^\s@]{0,20})$/u.exec(before);
  if (mention && chat.kind === 'group') {
    const candidates = people(mention[1]!, world, chat, words);
    return candidates.length > 0 ? { kind: 'mention', from: cursor - mention[1]!.length - 1, candidates } : undefined;
  }
  const command = /^(\s*(?:@\S+\s+)*)([/／][^\n]*)$/.exec(before);
  if (!command || !chat.hasBot) return undefined;
  return {
    kind: 'command',
    from: command[1]!.length,
    candidates: commands(command[2]!.slice(1), world.commands, locale),
  };
}

function people(typed: string, world: World, chat: Chat, words: Words): Candidate[] {
  const wanted = typed.toLowerCase();
  const found: Candidate[] = world.people
    .filter((person) => chat.members.includes(person.openId) && person.openId !== world.me.openId)
    .map((person) => ({
      key: person.openId,
      title: person.name,
      hint: person.title,
      kind: 'person',
      insert: `@${person.name} `,
      mention: { name: person.name, openId: person.openId },
      colour: person.avatarColor,
    }));
  const { bot } = world;
  const special: Candidate[] = [
    {
      key: bot.openId,
      title: bot.name,
      hint: words.bot,
      kind: 'bot',
      insert: `@${bot.name} `,
      mention: { name: bot.name, openId: bot.openId },
    },
    {
      key: 'all',
      title: words.everyone,
      hint: words.everyoneHint,
      kind: 'everyone',
      insert: `@${words.everyone} `,
      mention: { name: words.everyone, openId: 'all' },
    },
  ];
  return [...(chat.hasBot ? special.slice(0, 1) : []), ...found, ...special.slice(1)].filter(
    (candidate) => candidate.title.toLowerCase().includes(wanted) || candidate.hint.toLowerCase().startsWith(wanted),
  );
}

/** Commands whose name begins with what was typed come first, then those that mention it. Nothing once a command is complete. */
function commands(typed: string, all: SlashCommand[], locale: Locale): Candidate[] {
  const wanted = typed.toLowerCase();
  const candidates = all.map(({ command, description }): Candidate => {
    const name = command.replace(/^\/+/, '');
    return { key: name, title: `/${name}`, hint: description[locale], kind: 'command', insert: `/${name} ` };
  });
  const begins = candidates.filter(({ key }) => key.toLowerCase().startsWith(wanted));
  const mentions = candidates.filter(
    (candidate) => !begins.includes(candidate) && `${candidate.key} ${candidate.hint}`.toLowerCase().includes(wanted),
  );
  return /\s/.test(typed) ? begins : [...begins, ...mentions];
}
