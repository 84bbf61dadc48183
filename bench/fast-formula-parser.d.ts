declare module 'fast-formula-parser' {
  interface Position {
    row: number;
    col: number;
    sheet: string;
  }
  /** Only what the benchmark uses. */
  export default class FormulaParser {
    constructor(config: {
      functions: Record<string, (...all: { value: number }[]) => number>;
      onCell(ref: Position): number;
    });
    parse(formula: string, position: Position): unknown;
  }
}
