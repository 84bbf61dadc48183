import type { Message } from '#playground/page-api';
import type { Card } from '../card/types.ts';
import type { Words } from '../state/words.ts';
import { postOf } from './post.ts';

/** A message in one line, for quotes; `whole` keeps its line ends, for copying. */
export function oneLine(message: Message, words: Words, whole = false): string {
  const content = (message.content ?? {}) as Record<string, unknown>;
  switch (message.type) {
    case 'text': {
      let text = String(content.text ?? '');
      for (const { key, name } of message.mentions) text = text.replaceAll(key, `@${name}`);
      text = text.replaceAll('@_all', `@${words.everyone}`).replace(/<at[^>]*>([^<]*)<\/at>/g, '@$1');
      return whole ? text : text.replace(/\s+/g, ' ');
    }
    case 'post': {
      const { title, lines } = postOf(content);
      return [title, ...lines.map((line) => line.map((piece) => piece.text ?? '').join(''))].filter(Boolean).join(' ');
    }
    case 'image':
      return words.image;
    case 'interactive': {
      const card = content as Card;
      return `${words.card} ${card.header?.title?.content ?? ''}`.trim();
    }
    default:
      return `${words.file} ${String(content.file_name ?? '')}`.trim();
  }
}
