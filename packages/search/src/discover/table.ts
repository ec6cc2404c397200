/** A cell: a finite number, text, or null where the value is missing. */
export type Cell = number | string | null;

/** One named column; `readTable` makes it either all numbers or all text, apart from nulls. */
export interface Column {
  readonly name: string;
  /** One cell a row. */
  readonly values: readonly Cell[];
}

/** A table as plain data, column by column; what `discover` learns from. */
export interface Table {
  /** Where it came from (a path, say), for messages. */
  readonly source: string;
  /** Names differ; every column holds `rows` cells. */
  readonly columns: readonly Column[];
  readonly rows: number;
  /** For each row the line of the source where it begins, counted from 1 with the header, for messages. */
  readonly lines: readonly number[];
}
