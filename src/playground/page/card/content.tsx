import { useCard } from './context.ts';
import { CardIcon } from './icons.tsx';
import { isPixels } from './style.ts';
import { CardText } from './text.tsx';
import type { Element, Icon, Text } from './types.ts';

/** The `div` component: a plain text, or pairs of texts in two columns. */
export function DivElement({ element }: { element: Element }) {
  const fields = Array.isArray(element.fields) ? (element.fields as { is_short?: boolean; text?: Text }[]) : [];
  return (
    <div class="div-element" style={{ width: divWidth(element.width) }}>
      {element.text !== undefined && (
        <div class="with-icon">
          <CardIcon icon={element.icon as Icon | undefined} />
          <CardText text={element.text as Text} class="grow" />
        </div>
      )}
      {fields.length > 0 && (
        <div class="fields">
          {fields.map((field, index) => (
            <div key={index} class={field.is_short ? 'short' : 'long'}>
              <CardText text={field.text} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function divWidth(width: unknown): string | undefined {
  if (isPixels(width)) return width;
  return width === 'auto' ? 'fit-content' : '100%';
}

/** `plain_text` and `lark_md` standing as components of their own. */
export function TextElement({ element }: { element: Element }) {
  useCard();
  return (
    <div>
      <CardText text={element as Text} />
    </div>
  );
}

/** The `hr` component. */
export function RuleElement() {
  return <hr class="card-rule" />;
}
