/** NUL, and halves of characters: JSON can carry them, PostgreSQL stores neither. */
const UNSTORABLE = /\0|\p{Cs}/gu;

/** The same with such characters replaced in every text of it; otherwise an event that holds one could never be taken, nor answered. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (!value || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)])) as T;
}
