/** The same sentence in the two languages that people read. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Written in the order in which it is kept: canonical JSON need not sort it. */
export function text(zh: string, en: string): Text {
  return { en, zh };
}

/** Joins sentences language by language, leaving out absent ones. */
export function joinTexts(parts: readonly (Text | undefined)[], between: Text): Text {
  const present = parts.filter((part) => part !== undefined);
  return {
    en: present.map(({ en }) => en).join(between.en),
    zh: present.map(({ zh }) => zh).join(between.zh),
  };
}
