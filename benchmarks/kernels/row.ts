/**
 * Milliseconds a call in one round. Round -1 comes first and is not counted: code is compiled in it, and the timer finds out how many calls it
 * takes for the clock to be read with ease.
 */
export type Timer = (round: number) => number | Promise<number>;

/** What takes part in a row; all of it takes turns. A text instead of a timer says why a peer is missing. */
export interface Contestants {
  /** The kernel itself, on arrays that live in the kernels' memory. */
  readonly kernel?: Timer | string;
  /** The public function, on ordinary tensors. */
  readonly api?: Timer | string;
  readonly peers: Readonly<Record<string, Timer | string>>;
}

/** How many times as fast as the peer we want to be, and how the goal reads. */
export interface Floor {
  readonly speed: number;
  readonly text: string;
}

/** One row: a job, who does it, and what was aimed at. */
export interface Row {
  readonly name: string;
  /** Multiplications and additions: figures are then shown in GFLOP/s. */
  readonly flops?: number;
  readonly floors: Readonly<Record<string, Floor>>;
  /** Largest time of our own, in milliseconds. */
  readonly atMost?: { readonly ms: number; readonly text: string };
  /** Makes the data; called when the row's turn comes. */
  readonly prepare: () => Contestants | Promise<Contestants>;
}

/** Rows that stand under one heading and are measured together: a round goes through all of them. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

export const faster = (speed: number): Floor => ({ speed, text: `≥ ${speed} ×` });
export const inTime = (times: number): Floor => ({ speed: 1 / times, text: `≤ ${times} × its time` });
