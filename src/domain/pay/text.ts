/** The same sentence in the two languages that people read. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** Joins sentences language by language, leaving out absent ones. */
export function joinTexts(parts: readonly (Text | undefined)[], between: Text): Text {
  const present = parts.filter((part) => part !== undefined);
  return {
    zh: present.map(({ zh }) => zh).join(between.zh),
    en: present.map(({ en }) => en).join(between.en),
  };
}
