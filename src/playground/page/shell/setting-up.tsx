import { useLocale, useWords } from '../state/locale.ts';
import { dayName, offsetMinutes, wall } from '../state/time.ts';

/** While the demo company is being set up: how far it is, and which day of its past is lived through. */
export function SettingUp({ done, of, now }: { done: number; of: number; now: string }) {
  const words = useWords();
  const locale = useLocale();
  return (
    <div class="waiting">
      <div class="sorry setting-up" role="status" data-testid="setting-up">
        <h2>{words.settingUp}</h2>
        <p>{words.settingUpHint}</p>
        <progress value={done} max={of} aria-label={words.settingUp} />
        {done > 0 && <small>{dayName(wall(now, offsetMinutes(now)), undefined, locale)}</small>}
      </div>
    </div>
  );
}
