import { useCard, useCardLocale } from './context.ts';
import { LarkMd } from './markdown/markdown.tsx';
import { colour, textAlign, textSize } from './style.ts';
import { pick, type Text } from './types.ts';

/** The words of a text object, for places that take no markup. */
export function useText(text: Text | undefined): string {
  return pick(text, useCardLocale());
}

/** A text object: `plain_text` shows every sign as it is, `lark_md` knows the small dialect. */
export function CardText({ text, class: name }: { text: Text | undefined; class?: string }) {
  const card = useCard();
  const words = useText(text);
  if (!text) return null;
  const style = {
    ...(text.text_size ? { fontSize: textSize(text.text_size, card) } : {}),
    ...(text.text_align ? { textAlign: textAlign(text.text_align), display: 'block' } : {}),
    ...(text.tag !== 'lark_md' && text.text_color ? { color: colour(text.text_color, card) } : {}),
    ...(text.lines ? { WebkitLineClamp: String(text.lines) } : {}),
  };
  const lines = text.lines ? ' clamped' : '';
  return (
    <span class={`card-text${lines}${name ? ` ${name}` : ''}`} style={style}>
      {text.tag === 'lark_md' ? <LarkMd source={words} /> : words}
    </span>
  );
}
