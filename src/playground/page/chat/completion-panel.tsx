import { useEffect, useRef } from 'preact/hooks';
import { Glyph } from '../card/icons.tsx';
import { Avatar } from '../shell/avatar.tsx';
import { useWords } from '../state/locale.ts';
import type { Candidate, Offer } from './completion.ts';

interface CompletionProps {
  offer: Offer;
  active: number;
  hover(index: number): void;
  choose(candidate: Candidate): void;
}

/** The list above the composer. The focus stays in the text; the composer moves the active line. */
export function CompletionPanel({ offer, active, hover, choose }: CompletionProps) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector(`#candidate-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const isCommand = offer.kind === 'command';
  return (
    <div
      ref={box}
      class={`completion for-${offer.kind}`}
      id="candidates"
      role="listbox"
      aria-label={isCommand ? words.commands : words.mention}
      data-testid={isCommand ? 'slash-panel' : 'mention-panel'}
      onPointerDown={(event) => event.preventDefault()}
    >
      {offer.candidates.map((candidate, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field takes the keys
        <div
          key={candidate.key}
          id={`candidate-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          class={`candidate${index === active ? ' active' : ''}`}
          data-testid="candidate"
          onPointerMove={() => index !== active && hover(index)}
          onClick={() => choose(candidate)}
        >
          {candidate.kind === 'command' ? (
            <span class="slash">
              <Glyph name="slash" size="18px" />
            </span>
          ) : candidate.kind === 'everyone' ? (
            <Avatar name="@" size={28} colour="var(--orange-500)" />
          ) : (
            <Avatar name={candidate.title} size={28} colour={candidate.colour} bot={candidate.kind === 'bot'} />
          )}
          <span class="candidate-title">{candidate.title}</span>
          <small>{candidate.hint}</small>
        </div>
      ))}
      {offer.candidates.length === 0 && <div class="none">{words.noCommands}</div>}
    </div>
  );
}
