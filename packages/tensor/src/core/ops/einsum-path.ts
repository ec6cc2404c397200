import { checkShape, type Shape } from '../shape.js';
import { type EinsumSpec, readSpec } from './einsum-spec.js';

/** How {@link einsum} goes about it, and what that costs. */
export interface EinsumPath {
  /**
   * The positions of the operands that each step multiplies. They are taken off the list and their product is put at its end, as in NumPy's
   * einsum_path. `[[0]]` for a single operand.
   */
  readonly path: readonly (readonly number[])[];
  /** Additions and multiplications of one loop over all indices. */
  readonly naiveFlops: number;
  /** Additions and multiplications along `path`, sums over indices of a single operand included. */
  readonly flops: number;
  /** Elements of the largest tensor that a step makes, the result included. */
  readonly largestIntermediate: number;
}

/** A path with the indices that each operand has when it starts. */
export interface Plan extends EinsumPath {
  /** Indices that stand in an operand alone are summed before, and those along which it has size 1 and is stretched are dropped. */
  readonly start: readonly (readonly string[])[];
}

/** Largest number of operands for which every order is considered: 3ⁿ/2 splits of subsets. */
const exhaustive = 8;

/**
 * The order in which {@link einsum} would multiply operands of these shapes. For up to 8 operands it has the fewest flops of all orders and, among
 * those, the smallest largest intermediate (dynamic programming over subsets); beyond that it is a greedy one, and never worse than left to right.
 * Throws as einsum does.
 */
export function einsumPath(spec: string, ...shapes: readonly Shape[]): EinsumPath {
  for (const shape of shapes) checkShape('einsumPath', shape);
  const { path, naiveFlops, flops, largestIntermediate } = planEinsum(readSpec('einsumPath', spec, shapes), shapes);
  return { path, naiveFlops, flops, largestIntermediate };
}

/** The plan for operands of these shapes. */
export function planEinsum({ terms, output, sizes }: EinsumSpec, shapes: readonly Shape[]): Plan {
  const product = (labels: Iterable<string>): number => {
    let size = 1;
    for (const label of labels) size *= sizes.get(label) ?? 1;
    return size;
  };
  const present = terms.map((labels, k) => [
    ...new Set(
      labels.filter((label, axis) => shapes[k][axis] !== 1 || (sizes.get(label) === 1 && output.includes(label))),
    ),
  ]);
  const start = present.map((labels, k) =>
    labels.filter((label) => output.includes(label) || present.some((other, i) => i !== k && other.includes(label))),
  );
  let before = 0;
  present.forEach((labels, k) => {
    if (labels.length !== start[k].length) before += product(labels);
  });
  const summed = [...sizes.keys()].some((label) => !output.includes(label));
  const naiveFlops = product(sizes.keys()) * Math.max(1, terms.length - 1 + Number(summed));
  if (terms.length === 1) {
    return { start, path: [[0]], naiveFlops, flops: before, largestIntermediate: product(output) };
  }
  const path = terms.length <= exhaustive ? cheapest(start, output, sizes) : greedy(start, output, product);
  const candidates = (terms.length <= exhaustive ? [path] : [path, leftToRight(terms.length)]).map((steps) => ({
    steps,
    ...costOf(steps, start, output, product),
  }));
  const best = candidates.reduce((a, b) => (b.flops < a.flops ? b : a));
  return { start, path: best.steps, naiveFlops, flops: before + best.flops, largestIntermediate: best.largest };
}

/** Indices of a product that are in the result or in one of the other operands. */
export function keptLabels(
  a: readonly string[],
  b: readonly string[],
  others: readonly (readonly string[])[],
  output: readonly string[],
): string[] {
  return [...new Set([...a, ...b])].filter(
    (label) => output.includes(label) || others.some((labels) => labels.includes(label)),
  );
}

type Product = (labels: Iterable<string>) => number;

function costOf(
  path: readonly (readonly number[])[],
  start: readonly (readonly string[])[],
  output: readonly string[],
  product: Product,
): { flops: number; largest: number } {
  const terms = [...start];
  let flops = 0;
  let largest = 0;
  for (const [i, j] of path) {
    const [b] = terms.splice(j, 1);
    const [a] = terms.splice(i, 1);
    const kept = keptLabels(a, b, terms, output);
    flops += stepFlops(a, b, kept, product);
    largest = Math.max(largest, product(kept));
    terms.push(kept);
  }
  return { flops, largest };
}

/** A multiplication for every value of the indices of both, and as many additions when one of them is summed. */
function stepFlops(a: readonly string[], b: readonly string[], kept: readonly string[], product: Product): number {
  const union = new Set([...a, ...b]);
  return product(union) * (kept.length < union.size ? 2 : 1);
}

function leftToRight(operands: number): number[][] {
  return Array.from({ length: operands - 1 }, (_, step) => [0, step === 0 ? 1 : operands - 1 - step]);
}

/**
 * Dynamic programming: the product of a subset of the operands has the same indices whatever the order it was made in, so the best order for it
 * extends the best ones of the two parts of its last step (Pfeifer, Haegeman and Verstraete, Phys. Rev. E 90, 2014).
 */
function cheapest(
  terms: readonly (readonly string[])[],
  output: readonly string[],
  sizes: ReadonlyMap<string, number>,
): number[][] {
  const n = terms.length;
  // Which operands have an index; the result counts as one more, which no subset contains.
  const labels = [...new Set(terms.flat())].map((label) => {
    let owners = output.includes(label) ? 1 << n : 0;
    terms.forEach((term, k) => {
      if (term.includes(label)) owners |= 1 << k;
    });
    return { owners, size: sizes.get(label) ?? 1 };
  });
  const flops = new Float64Array(1 << n);
  const largest = new Float64Array(1 << n);
  const split = new Int32Array(1 << n);
  for (let subset = 3; subset < 1 << n; subset++) {
    const first = subset & -subset;
    if (subset === first) continue;
    flops[subset] = Number.POSITIVE_INFINITY;
    // Of the two parts, the one with the first operand.
    for (let part = (subset - 1) & subset; part > 0; part = (part - 1) & subset) {
      if ((part & first) === 0) continue;
      const rest = subset ^ part;
      let work = 1;
      let result = 1;
      let sum = 1;
      for (const { owners, size } of labels) {
        const inPart = (owners & part) !== 0 && (owners & ~part) !== 0;
        const inRest = (owners & rest) !== 0 && (owners & ~rest) !== 0;
        if (!inPart && !inRest) continue;
        work *= size;
        if ((owners & ~subset) !== 0) result *= size;
        else sum = 2;
      }
      const cost = flops[part] + flops[rest] + work * sum;
      const size = Math.max(largest[part], largest[rest], result);
      if (cost < flops[subset] || (cost === flops[subset] && size < largest[subset])) {
        flops[subset] = cost;
        largest[subset] = size;
        split[subset] = part;
      }
    }
  }
  const path: number[][] = [];
  const list = terms.map((_, k) => 1 << k);
  const build = (subset: number): void => {
    if ((subset & (subset - 1)) === 0) return;
    const part = split[subset];
    build(part);
    build(subset ^ part);
    const pair = [list.indexOf(part), list.indexOf(subset ^ part)].sort((a, b) => a - b);
    list.splice(pair[1], 1);
    list.splice(pair[0], 1);
    list.push(subset);
    path.push(pair);
  };
  build((1 << n) - 1);
  return path;
}

/** Always the pair whose product takes up least more than the two did, flops breaking ties; pairs with a common index first. */
function greedy(start: readonly (readonly string[])[], output: readonly string[], product: Product): number[][] {
  const terms = [...start];
  const path: number[][] = [];
  while (terms.length > 1) {
    let best: { pair: number[]; kept: string[]; rank: readonly number[] } | undefined;
    for (let j = 1; j < terms.length; j++) {
      for (let i = 0; i < j; i++) {
        const [a, b] = [terms[i], terms[j]];
        const others = terms.filter((_, k) => k !== i && k !== j);
        const kept = keptLabels(a, b, others, output);
        const apart = Number(!a.some((label) => b.includes(label)));
        const rank = [apart, product(kept) - product(a) - product(b), stepFlops(a, b, kept, product)];
        if (best === undefined || precedes(rank, best.rank)) best = { pair: [i, j], kept, rank };
      }
    }
    if (best === undefined) break;
    terms.splice(best.pair[1], 1);
    terms.splice(best.pair[0], 1);
    terms.push(best.kept);
    path.push(best.pair);
  }
  return path;
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at !== -1 && a[at] < b[at];
}
