/** A share as people read it, with one decimal at most; a dash where there is nothing to divide. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part * 1000) / whole) / 10}%`;
