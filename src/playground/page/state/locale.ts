import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en, type Words, zh } from './words.ts';

export type Locale = 'zh_cn' | 'en_us';

const key = 'playground.locale';

/** The language chosen here before, else the browser's, if it is one that the page speaks. */
export function preferredLocale(): Locale | undefined {
  const chosen = localStorage.getItem(key);
  if (chosen === 'zh_cn' || chosen === 'en_us') return chosen;
  if (/^zh/i.test(navigator.language)) return 'zh_cn';
  return /^en/i.test(navigator.language) ? 'en_us' : undefined;
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(key, locale);
}

export const LocaleContext = createContext<Locale>('zh_cn');
export const useLocale = (): Locale => useContext(LocaleContext);
export const wordsFor = (locale: Locale): Words => (locale === 'zh_cn' ? zh : en);
export const useWords = (): Words => wordsFor(useLocale());
