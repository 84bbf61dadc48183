import { useMemo } from 'preact/hooks';
import { useWords } from '../state/locale.ts';
import { CardContext } from './context.ts';
import { Elements } from './element.tsx';
import { CardHeader } from './header.tsx';
import { layoutStyle, safeUrl } from './style.ts';
import type { Card } from './types.ts';

/**
 * A Card JSON 2.0 as the desktop and phone clients draw it. A changed card is drawn from scratch, and so loses what was typed
 * into it: the platform replaces whole cards too.
 */
export function CardView({ content }: { content: unknown }) {
  const version = useMemo(() => JSON.stringify(content), [content]);
  const card = useMemo(() => JSON.parse(version) as Card, [version]);
  const words = useWords();
  const mode = card.config?.width_mode;
  const link = safeUrl(card.card_link?.pc_url || card.card_link?.url);
  const open = (event: Event) => {
    const inner = (event.target as HTMLElement).closest(
      'button, a, input, textarea, form, [role=button], dialog, [popover]',
    );
    if (link && !inner) window.open(link, '_blank', 'noopener');
  };
  return (
    <CardContext.Provider value={card}>
      <article
        key={version}
        class={`card ${mode === 'fill' || mode === 'compact' ? mode : 'default'}${link ? ' linked' : ''}`}
        data-testid="card"
        onClick={link ? open : undefined}
        onKeyDown={link ? (event) => event.key === 'Enter' && open(event) : undefined}
        tabIndex={link ? 0 : undefined}
      >
        {card.header && <CardHeader header={card.header} />}
        <div class="card-body" data-direction={card.body?.direction}>
          <div class="card-elements" style={layoutStyle(card.body ?? {}, '12px')}>
            <Elements elements={card.body?.elements} />
            {card.config?.streaming_mode === true && (
              <span class="streaming" role="status" data-testid="streaming">
                {words.streaming}
              </span>
            )}
          </div>
        </div>
      </article>
    </CardContext.Provider>
  );
}
