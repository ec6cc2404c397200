/** One step from a partial result to the wanted mode: `from` [blocks, size, rank], or [size, blocks, rank], contracted over size. */
export interface RestStep {
  readonly which: 'first' | 'last';
  /** Of the modes of the side, the one that goes. */
  readonly mode: number;
  readonly size: number;
  readonly blocks: number;
}

/** The steps for one mode in the order of the contract: the modes after it from the last one on, those before it from the first one on. */
export function restSteps(sizes: readonly number[], mode: number): RestStep[] {
  const after = sizes.map((_, m) => m).filter((m) => m > mode);
  const before = sizes.map((_, m) => m).filter((m) => m < mode);
  let left = sizes.reduce((product, n) => product * n, 1);
  const step = (which: 'first' | 'last', m: number): RestStep => {
    left /= sizes[m];
    return { which, mode: m, size: sizes[m], blocks: left };
  };
  return [...after.reverse().map((m) => step('last', m)), ...before.map((m) => step('first', m))];
}

/** Rows of the largest result of a step that is not the last one of its mode. */
export function spareRows(steps: readonly (readonly RestStep[])[]): number {
  return Math.max(0, ...steps.flatMap((own) => own.slice(0, -1).map(({ blocks }) => blocks)));
}
