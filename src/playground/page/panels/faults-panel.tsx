import { useState } from 'preact/hooks';
import type { Faults } from '#playground/page-api';
import { showToast } from '../shell/toasts.tsx';
import { api } from '../state/api.ts';
import { useWords } from '../state/locale.ts';
import { type Session, wordsOf } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { SidePanel } from './side-panel.tsx';

const none: Faults = {
  duplicate: false,
  duplicateMessage: false,
  reorder: false,
  lateSeconds: 0,
  slowMs: 0,
  reset: 0,
  dropAnswer: 0,
  rateLimited: 0,
  chatLimited: 0,
  htmlError: 0,
  revokeTokens: false,
};

type Name = keyof Faults;
const switches: Name[] = ['duplicate', 'duplicateMessage', 'reorder', 'revokeTokens'];
const amounts: [Name, number[]][] = [
  ['lateSeconds', [0, 5, 30, 120]],
  ['slowMs', [0, 500, 2000, 5000]],
];
const shares: Name[] = ['reset', 'dropAnswer', 'rateLimited', 'chatLimited', 'htmlError'];

/** Switches that make the stand-in misbehave. Each takes effect at once. */
export function FaultsPanel({ session, close }: { session: Session; close(): void }) {
  const words = useWords();
  const world = useStore(session.state).world!;
  const [faults, setFaults] = useState<Faults>({ ...none, ...world.faults });
  const apply = async (change: Partial<Faults>) => {
    const wanted = { ...faults, ...change };
    setFaults(wanted);
    try {
      setFaults({ ...wanted, ...(await api.setFaults(wanted)) });
      await session.refresh();
    } catch (error) {
      setFaults(faults);
      showToast('error', wordsOf(error));
    }
  };
  const on = Object.values(faults).filter(Boolean).length;
  return (
    <SidePanel
      title={words.faults}
      hint={words.faultsHint}
      close={close}
      testId="faults-panel"
      actions={
        <>
          <span>{words.faultsOn(on)}</span>
          <button type="button" class="btn small" disabled={on === 0} onClick={() => void apply(none)}>
            {words.allOff}
          </button>
        </>
      }
    >
      {switches.map((name) => (
        <label key={name} class="fault">
          <span>{words.faultNames[name]}</span>
          <input
            type="checkbox"
            role="switch"
            checked={faults[name] === true}
            aria-checked={faults[name] === true}
            data-testid={`fault-${name}`}
            onChange={(event) => void apply({ [name]: event.currentTarget.checked })}
          />
        </label>
      ))}
      {amounts.map(([name, choices]) => (
        <Choices
          key={name}
          label={words.faultNames[name]}
          name={name}
          value={Number(faults[name])}
          choices={choices.map((choice) => [choice, String(choice)])}
          choose={(value) => void apply({ [name]: value })}
        />
      ))}
      {shares.map((name) => (
        <Choices
          key={name}
          label={words.faultNames[name]}
          name={name}
          value={Number(faults[name])}
          choices={[0, 0.1, 0.5, 1].map((share) => [share, `${share * 100}%`])}
          choose={(value) => void apply({ [name]: value })}
        />
      ))}
    </SidePanel>
  );
}

function Choices(props: {
  label: string;
  name: string;
  value: number;
  choices: [number, string][];
  choose(value: number): void;
}) {
  return (
    <div class="fault">
      <span>{props.label}</span>
      <span class="choices">
        {props.choices.map(([value, text]) => (
          <button
            key={value}
            type="button"
            aria-label={`${props.label} ${text}`}
            aria-pressed={props.value === value}
            data-testid={`fault-${props.name}-${value}`}
            onClick={() => props.choose(value)}
          >
            {text}
          </button>
        ))}
      </span>
    </div>
  );
}
