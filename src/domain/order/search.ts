import { pinyin } from 'pinyin-pro';

const known = new Map<string, string>();

/** Pinyin of Chinese words, whole and by initials: 宏达 gives `hongda hd`. */
function sounds(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return '';
  const before = known.get(text);
  if (before !== undefined) return before;
  const han = text.replace(/[^\p{Script=Han}]/gu, '');
  const said = [
    pinyin(han, { toneType: 'none', type: 'array' }).join(''),
    pinyin(han, { pattern: 'first', toneType: 'none', type: 'array' }).join(''),
  ].join(' ');
  // names repeat from order to order; the cache is thrown away rather than let grow
  if (known.size > 5_000) known.clear();
  known.set(text, said);
  return said;
}

/** What an order or a customer is found by, in small letters: the words themselves and how the Chinese ones sound. */
export function searchText(...parts: (string | null)[]): string {
  const words = parts.filter((part) => part !== null && part !== '') as string[];
  return [...words.map((word) => word.normalize('NFKC').toLowerCase()), ...words.map(sounds).filter(Boolean)].join(' ');
}

/** How a word that somebody looks for is compared with `searchText`. */
export const searchWord = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();
