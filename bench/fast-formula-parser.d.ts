declare module 'fast-formula-parser' {
  interface Position {
    row: number;
    col: number;
    sheet: string;
  }
  /** Only what the benchmark uses. */
  export default class FormulaParser {
    constructor(config: { onCell(ref: Position): number });
    parse(formula: string, position: Position): unknown;
  }
}
