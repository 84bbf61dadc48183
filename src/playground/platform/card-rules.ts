/** Judges a card as the platform would. */
export interface CardProblem {
  /** `body.elements[0].columns[1].width` */
  path: string;
  /** `path: what is wrong` */
  message: string;
  /** Code of the call that carries the card. */
  code: 230099 | 230025;
  /** Sub-code inside the 230099: 200621, 200861 … */
  errCode: number;
}

export function checkCard(card: unknown): CardProblem[] {
  void card;
  return [];
}
