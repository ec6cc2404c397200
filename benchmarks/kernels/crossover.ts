/** Times of both variants at a size, in milliseconds a call: the least of all rounds, as what disturbs a machine only adds to them. */
export interface Comparison {
  readonly size: number;
  readonly below: number;
  readonly above: number;
}

const ROUNDS = 9;
/** Shortest stretch between two looks at the clock. */
const SAMPLE = 2;
/** Calls before the first look, so that code is compiled. */
const WARM = 60;

/** Times two ways of doing one thing, by turns. `use` says which one the following calls of f take. */
export function compare(size: number, f: () => void, use: (above: boolean) => void): Comparison {
  const stretch = (above: boolean, count: number): number => {
    use(above);
    const begun = performance.now();
    for (let i = 0; i < count; i++) f();
    return (performance.now() - begun) / count;
  };
  const [below, above] = [false, true].map((variant) => {
    const begun = performance.now();
    let count = 1;
    let fastest = Infinity;
    while (performance.now() - begun < WARM) {
      fastest = Math.min(fastest, stretch(variant, count));
      if (fastest * count < 1) count *= 2;
    }
    return { count: Math.max(1, Math.round(SAMPLE / fastest)), times: [] as number[], variant };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { count, times, variant } of [below, above]) times.push(stretch(variant, count));
  }
  return { size, below: Math.min(...below.times), above: Math.min(...above.times) };
}

/**
 * The size from which the variant above should be used: the one that loses least against the better variant at every size, in logarithms of
 * time, so that one disturbed figure does not decide. Where the sizes do not disagree, this is the size from which it stays faster.
 * It must save `worth` milliseconds to count as better. Infinity where it never does.
 */
export function crossover(comparisons: readonly Comparison[], worth: number): number {
  const losses = comparisons.map(({ below, above }) => Math.log((above + worth) / below));
  // What is lost by never using it: the gains forgone. Going down, each size that uses it adds its own loss.
  let loss = -losses.reduce((sum, lost) => sum + Math.min(0, lost), 0);
  let [best, least] = [Infinity, loss];
  for (let i = comparisons.length - 1; i >= 0; i--) {
    loss += losses[i];
    if (loss <= least) [best, least] = [comparisons[i].size, loss];
  }
  return best;
}
