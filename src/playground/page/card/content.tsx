import { useState } from 'preact/hooks';
import { resourceUrl } from '../state/api.ts';
import { useWords } from '../state/locale.ts';
import { useCardLocale } from './context.ts';
import { CardIcon } from './icons.tsx';
import { isPixels } from './style.ts';
import { CardText } from './text.tsx';
import { type Element, type Icon, pickPair, type Text } from './types.ts';

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
  return (
    <div>
      <CardText text={element as Text} />
    </div>
  );
}

/** The `audio` component. */
export function AudioElement({ element }: { element: Element }) {
  const words = useWords();
  const key = pickPair(element, 'file_key', useCardLocale());
  const [broken, setBroken] = useState(!key);
  if (broken || !key) return <span class="broken-image">{words.missingAudio}</span>;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what somebody recorded has no captions
    <audio class="card-audio" controls preload="none" src={resourceUrl(key)} onError={() => setBroken(true)} />
  );
}

/** The `hr` component. */
export function RuleElement() {
  return <hr class="card-rule" />;
}
