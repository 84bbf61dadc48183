import type { OutboxContent } from '#db/outbox';

/** With the card itself in it, wherever it is kept. */
export type Whole = Exclude<OutboxContent, { type: 'card' }> | { type: 'card'; card: object };

const WORDS = '（此消息可能重复）';

/**
 * The same content with a line that it may have been sent before: nobody knows whether the first try arrived, and a reader should not
 * take two payslips for two payments.
 */
export function markedAsRepeat(content: Whole): Whole {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: `${WORDS}${content.text}` };
    case 'file':
      return { ...content, name: `${WORDS}${content.name}` };
    case 'card':
      return { type: 'card', card: withLine(content.card) };
  }
}

function withLine(card: object): object {
  const line = { tag: 'markdown', content: `<font color='grey'>${WORDS} possibly sent twice</font>` };
  const { body } = card as { body?: { elements?: unknown[] } };
  return { ...card, body: { ...body, elements: [...(body?.elements ?? []), line] } };
}
