import { exp } from '@neuronseek/tensor/math';
import { softFirst, softSecond, softValue } from './soft-functions.js';

/**
 * A complete binary tree as MetaSymNet trains it: node i has the arguments 2i + 1 and 2i + 2. A node gives s·Σ_f p_f f(u, v) + t with a softmax p over
 * functions; a leaf gives s·Σ_d q_d x_d + t with a softmax q over inputs, s and t its own.
 */
export interface SoftTree {
  /** Levels of functions, leaves not counted. */
  readonly levels: number;
  /** What a node may become. */
  readonly functions: readonly number[];
  readonly inputs: number;
  /** For every node, leaves last: its logits, then s and t. */
  readonly params: Float64Array;
}

/** Nodes with functions. */
export function innerCount({ levels }: Pick<SoftTree, 'levels'>): number {
  return 2 ** levels - 1;
}

/** Where the parameters of a node start. */
export function paramStart({ levels, functions, inputs }: Omit<SoftTree, 'params'>, node: number): number {
  const inner = innerCount({ levels });
  const width = functions.length + 2;
  return node <= inner ? node * width : inner * width + (node - inner) * (inputs + 2);
}

/** How many parameters a tree has. */
export function paramCount(shape: Omit<SoftTree, 'params'>): number {
  return paramStart(shape, 2 * innerCount(shape) + 1);
}

/** Room for values and derivatives of one row, made once. */
export interface SoftWork {
  readonly shares: Float64Array;
  readonly values: Float64Array;
  readonly mixtures: Float64Array;
  readonly parts: Float64Array;
  readonly slopes: Float64Array;
  readonly shareSlopes: Float64Array;
}

export function createWork(tree: Omit<SoftTree, 'params'>): SoftWork {
  const inner = innerCount(tree);
  const nodes = 2 * inner + 1;
  return {
    shares: new Float64Array(paramCount(tree)),
    values: new Float64Array(nodes),
    mixtures: new Float64Array(nodes),
    parts: new Float64Array(inner * tree.functions.length),
    slopes: new Float64Array(nodes),
    shareSlopes: new Float64Array(paramCount(tree)),
  };
}

/** Softmax of every node's logits, at the places of the logits. */
export function softShares(tree: SoftTree, shares: Float64Array): void {
  const { functions, inputs, params } = tree;
  const inner = innerCount(tree);
  for (let node = 0; node <= 2 * inner; node++) {
    const start = paramStart(tree, node);
    const count = node < inner ? functions.length : inputs;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) largest = Math.max(largest, params[start + i]);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      shares[start + i] = exp(params[start + i] - largest);
      sum += shares[start + i];
    }
    for (let i = 0; i < count; i++) shares[start + i] /= sum;
  }
}

/** Value of the tree on row r; leaves what {@link backRow} needs in `work`. */
export function forwardRow(tree: SoftTree, work: SoftWork, columns: Float64Array, rows: number, r: number): number {
  const { functions, inputs, params } = tree;
  const { shares, values, mixtures, parts } = work;
  const inner = innerCount(tree);
  const count = functions.length;
  for (let node = 2 * inner; node >= 0; node--) {
    const start = paramStart(tree, node);
    let mixture = 0;
    if (node < inner) {
      const [u, v] = [values[2 * node + 1], values[2 * node + 2]];
      for (let f = 0; f < count; f++) {
        const part = softValue(functions[f], u, v);
        parts[node * count + f] = part;
        mixture += shares[start + f] * part;
      }
      values[node] = params[start + count] * mixture + params[start + count + 1];
    } else {
      for (let d = 0; d < inputs; d++) mixture += shares[start + d] * columns[d * rows + r];
      values[node] = params[start + inputs] * mixture + params[start + inputs + 1];
    }
    mixtures[node] = mixture;
  }
  return values[0];
}

/** Adds slope·∂tree/∂params of the row evaluated last to `gradient`: of shares in `work.shareSlopes`, of scales and offsets in place. */
export function backRow(
  tree: SoftTree,
  work: SoftWork,
  columns: Float64Array,
  rows: number,
  r: number,
  slope: number,
  gradient: Float64Array,
): void {
  const { functions, inputs, params } = tree;
  const { shares, values, mixtures, parts, slopes, shareSlopes } = work;
  const inner = innerCount(tree);
  const count = functions.length;
  slopes[0] = slope;
  for (let node = 0; node <= 2 * inner; node++) {
    const start = paramStart(tree, node);
    const own = slopes[node];
    const width = node < inner ? count : inputs;
    const scale = own * params[start + width];
    gradient[start + width] += own * mixtures[node];
    gradient[start + width + 1] += own;
    if (node >= inner) {
      for (let d = 0; d < inputs; d++) shareSlopes[start + d] += scale * columns[d * rows + r];
      continue;
    }
    const [u, v] = [values[2 * node + 1], values[2 * node + 2]];
    let [first, second] = [0, 0];
    for (let f = 0; f < count; f++) {
      const part = parts[node * count + f];
      const share = shares[start + f];
      shareSlopes[start + f] += scale * part;
      first += share * softFirst(functions[f], u, v, part);
      second += share * softSecond(functions[f], u, v);
    }
    slopes[2 * node + 1] = scale * first;
    slopes[2 * node + 2] = scale * second;
  }
}
