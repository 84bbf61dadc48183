import { useEffect, useState } from 'preact/hooks';
import type { WireEntry } from '#playground/page-api';
import { Glyph } from '../card/icons.tsx';
import { useNow } from '../state/clock.ts';
import { useWords } from '../state/locale.ts';
import { wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { clockTime, offsetMinutes, two, wall } from '../state/time.ts';
import { loadWire, wireLog } from '../state/wire-log.ts';
import { SidePanel } from './side-panel.tsx';

const atOnce = 120;

/** What went over the wire between the stand-in and the bot, newest first. */
export function WirePanel({ close }: { close(): void }) {
  const words = useWords();
  const log = useStore(wireLog);
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    loadWire().catch((error) => setProblem(wordsOf(error)));
  }, []);
  const failed = log.filter((entry) => entry.failed).length;
  const shown = log
    .filter((entry) => !onlyFailed || entry.failed)
    .slice(-atOnce)
    .reverse();
  return (
    <SidePanel
      title={words.wire}
      hint={words.wireHint}
      close={close}
      testId="wire-panel"
      actions={
        <label class="toggle">
          <input
            type="checkbox"
            checked={onlyFailed}
            data-testid="wire-failed"
            onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
          />
          <span>{`${words.onlyFailed} (${failed})`}</span>
        </label>
      }
    >
      {problem && <p class="none">{problem === 'offline' ? words.offline : problem}</p>}
      {shown.map((entry) => (
        <Entry key={entry.seq} entry={entry} />
      ))}
      {shown.length === 0 && !problem && <p class="none">{onlyFailed ? words.noFailedWire : words.noWire}</p>}
    </SidePanel>
  );
}

function Entry({ entry }: { entry: WireEntry }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const toBot = entry.direction === 'to-bot';
  const at = wall(entry.at, offsetMinutes(useNow()));
  const time = `${clockTime(at)}:${two(at.second)}`;
  return (
    <div class={`wire-entry${entry.failed ? ' failed' : ''}`} data-testid="wire-entry" data-failed={entry.failed}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class={`arrow ${entry.direction}`} title={toBot ? words.toBot : words.fromBot}>
          {toBot ? '→' : '←'}
        </span>
        <span class="wire-words">
          <span class="wire-title">{entry.title}</span>
          <small>
            <time dateTime={entry.at}>{time}</time>
            {` · ${words.ms(Math.round(entry.tookMs))}`}
            {entry.attempt !== undefined && entry.attempt > 1 && <em>{words.attempt(entry.attempt)}</em>}
          </small>
        </span>
        <span class={`status${entry.failed ? ' bad' : ''}`}>{entry.status || '×'}</span>
        <span class={`fold${open ? ' open' : ''}`}>
          <Glyph name="down-small-ccm" size="16px" />
        </span>
      </button>
      {open && (
        <div class="wire-details">
          <p class="wire-line">{`${toBot ? words.toBot : words.fromBot}  ${entry.method} ${entry.path}`}</p>
          <h5>{words.requestHeaders}</h5>
          <dl>
            {Object.entries(entry.requestHeaders).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <h5>{words.request}</h5>
          <pre>{readable(entry.request)}</pre>
          <h5>{`${words.response} ${entry.status}`}</h5>
          <pre>{readable(entry.response)}</pre>
        </div>
      )}
    </div>
  );
}

/** JSON to read: strings that hold JSON themselves, as message contents do, are opened up. */
function readable(value: unknown): string {
  if (value === undefined || value === null) return '—';
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? opened(inner) : inner), 2);
}

function opened(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
