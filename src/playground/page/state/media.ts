import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds, watched. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setHolds(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return holds;
}

/** As narrow as a phone: one column, with a way back. */
export const usePhone = () => useMedia('(max-width: 640px)');
