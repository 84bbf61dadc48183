import { useCardLocale } from './context.ts';
import { CardIcon } from './icons.tsx';
import { edges, hueOr } from './style.ts';
import { CardText } from './text.tsx';
import type { Header } from './types.ts';

const mostTags = 3;

/** The coloured top of a card. Tags beyond the third are dropped, as the platform does. */
export function CardHeader({ header }: { header: Header }) {
  const locale = useCardLocale();
  const tags = (header.i18n_text_tag_list?.[locale] ?? header.text_tag_list ?? []).slice(0, mostTags);
  return (
    <header class="card-header" data-hue={hueOr(header.template, 'default')} style={{ padding: edges(header.padding) }}>
      {header.icon && (
        <span class="header-icon">
          <CardIcon icon={header.icon} size="20px" />
        </span>
      )}
      <div class="header-words">
        <div class="header-line">
          <h3>
            <CardText text={header.title} />
          </h3>
          {tags.map((tag, index) => (
            <span key={index} class="text-tag" data-hue={tag.color ?? 'neutral'}>
              <CardText text={tag.text} />
            </span>
          ))}
        </div>
        {header.subtitle && (
          <div class="header-subtitle">
            <CardText text={header.subtitle} />
          </div>
        )}
      </div>
    </header>
  );
}
