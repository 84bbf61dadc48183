/** Collects what is wrong with a card while its parts are looked at. */

/** What the validator can be told about the world; without it ids and keys are only looked at by their form. */
export interface CardKnowledge {
  /** Whether an open_id, union_id or user_id is somebody whom the app may mention. */
  isPerson?(id: string): boolean;
  /** Whether an image was uploaded by this app. */
  isImage?(key: string): boolean;
}

export interface CardProblem {
  /** `body.elements[0].columns[1].width`; empty for the card as a whole. */
  path: string;
  /** `path: what is wrong` */
  message: string;
  /** Code of the call that carries the card. */
  code: 230099 | 230025;
  /** Sub-code inside the 230099: 200621, 200861 … */
  errCode: number;
}

export class Inspection {
  readonly problems: CardProblem[] = [];
  readonly know: CardKnowledge;
  /** Tables of the body and of markdown, for the limit of five. */
  tables = 0;
  charts = 0;
  readonly #names = new Set<string>();
  readonly #elementIds = new Set<string>();
  /** Colour and text-size names that the card's own config defines. */
  readonly ownColours = new Set<string>();
  readonly ownSizes = new Set<string>();

  constructor(know: CardKnowledge) {
    this.know = know;
  }

  /** Notes a problem; 200621 is the platform's word for JSON that it cannot take. */
  wrong(path: string, what: string, errCode = 200621): void {
    this.problems.push({ path, message: path ? `${path}: ${what}` : what, code: 230099, errCode });
  }

  /** Names of fields and forms are unique in the whole card. */
  name(value: string, at: string): void {
    if (this.#names.has(value)) this.wrong(at, `the name "${value}" is used twice`, 200530);
    this.#names.add(value);
  }

  elementId(value: string, at: string): void {
    if (this.#elementIds.has(value)) this.wrong(at, `the element_id "${value}" is used twice`, 300301);
    this.#elementIds.add(value);
  }
}

/** Looks at one value; reports, never throws. */
export type Rule = (value: unknown, at: string, see: Inspection) => void;
