import { matmul, type Range, reshape, showShape, slice, sum, type Tensor } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { checkTt } from './check-tt.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * Sum of all elements of a tensor train, a tensor of order 0: Σ x[i₀, …], or Σ x[i₀, …]·Π w_k[i_k] with one vector of weights [n_k] a mode, as in
 * a product rule of quadrature.
 *
 * Differentiable with respect to cores and weights. Cost: 2·Σ n_k·r_k·r_{k+1} flops.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttSum(tt: TtTensor, weights?: readonly Tensor[]): Tensor {
  const { shape } = checkTt('ttSum', tt);
  if (weights !== undefined) checkWeights(weights, shape);
  const matrices = tt.cores.map((core, k) => (weights ? contract(core, weights[k]) : sum(core, { axes: [1] })));
  return reshape(
    matrices.reduce((left, right) => matmul(left, right)),
    [],
  );
}

/**
 * Sums of a tensor train over some modes, as a tensor train of the others: a marginal.
 *
 * Differentiable with respect to the cores. Cost: 2·Σ n_k·r³ flops at most.
 *
 * @throws RangeError where shapes do not agree, a mode is out of range, or none remains (that is `ttSum`)
 */
export function ttSumModes(tt: TtTensor, modes: readonly number[]): TtTensor {
  const { shape } = checkTt('ttSumModes', tt);
  if (!Array.isArray(modes)) throw new TypeError(`ttSumModes: modes is not an array of modes: ${String(modes)}`);
  for (const mode of modes) checkMode('ttSumModes', mode, shape.length);
  return absorb(
    'ttSumModes',
    'ttSum gives the sum over all',
    tt.cores.map((core, k) => (modes.includes(k) ? sum(core, { axes: [1] }) : core)),
  );
}

/**
 * Part of a tensor train, as `slice` of a dense tensor: an index takes one entry of a mode, which disappears, a range some of them; modes not
 * named are taken whole.
 *
 * Differentiable with respect to the cores. Cost: that of multiplying the matrices of the modes that disappear into their neighbours.
 *
 * @throws RangeError where shapes do not agree, an index is out of range, a range is empty, there are more ranges than modes, or no mode
 * remains (that is `ttElement`)
 */
export function ttSlice(tt: TtTensor, ranges: readonly Range[]): TtTensor {
  const { shape } = checkTt('ttSlice', tt);
  if (!Array.isArray(ranges)) throw new TypeError(`ttSlice: ranges is not an array: ${String(ranges)}`);
  if (ranges.length > shape.length) {
    throw new RangeError(`ttSlice: ranges are more than modes: ${ranges.length} for shape ${showShape(shape)}`);
  }
  const pieces = tt.cores.map((core, k) => {
    const range = ranges[k];
    if (typeof range === 'number' && !(Number.isInteger(range) && range >= -shape[k] && range < shape[k])) {
      throw new RangeError(`ttSlice: index is out of range for mode ${k} of size ${shape[k]}: ${range}`);
    }
    checkRange(range, k);
    const piece = slice(core, [undefined, range]);
    if (piece.size === 0)
      throw new RangeError(`ttSlice: range of mode ${k} of size ${shape[k]} is empty: ${JSON.stringify(range)}`);
    return piece;
  });
  return absorb('ttSlice', 'ttElement gives one element', pieces);
}

/** Refuses what is no range here, where the mode has its name, and not one axis further on. */
function checkRange(range: unknown, mode: number): void {
  if (range === undefined || typeof range === 'number' || (typeof range === 'object' && range !== null)) return;
  throw new TypeError(
    `ttSlice: range of mode ${mode} is not an index, { start, stop, step } or undefined: ${String(range)}`,
  );
}

/** Multiplies matrices, in place of modes that are gone, into the next core, those at the end into the last one before. */
function absorb(name: string, instead: string, pieces: readonly Tensor[]): TtTensor {
  const cores: Tensor[] = [];
  let waiting: Tensor | undefined;
  for (const piece of pieces) {
    if (piece.order === 2) {
      waiting = waiting ? matmul(waiting, piece) : piece;
      continue;
    }
    cores.push(waiting ? fromLeft(waiting, piece) : piece);
    waiting = undefined;
  }
  const last = cores.pop();
  if (last === undefined) throw new RangeError(`${name}: no mode remains: ${instead}`);
  if (waiting === undefined) return { cores: [...cores, last] };
  const [r, n, s] = last.shape;
  return { cores: [...cores, reshape(matmul(reshape(last, [r * n, s]), waiting), [r, n, waiting.shape[1]])] };
}

function fromLeft(matrix: Tensor, core: Tensor): Tensor {
  const [r, n, s] = core.shape;
  return reshape(matmul(matrix, reshape(core, [r, n * s])), [matrix.shape[0], n, s]);
}

/** Σ_i w[i]·core[:, i, :] */
function contract(core: Tensor, weights: Tensor): Tensor {
  const [r, n, s] = core.shape;
  return reshape(matmul(reshape(weights, [1, n]), core), [r, s]);
}

function checkWeights(weights: readonly Tensor[], shape: readonly number[]): void {
  if (!Array.isArray(weights)) throw new TypeError(`ttSum: weights is not an array of tensors: ${String(weights)}`);
  if (weights.length !== shape.length) {
    throw new RangeError(`ttSum: weights has length ${weights.length}, expected ${shape.length}`);
  }
  weights.forEach((vector, k) => {
    checkTensor('ttSum', `weights ${k}`, vector);
    if (vector.order === 1 && vector.shape[0] === shape[k]) return;
    throw new RangeError(`ttSum: weights ${k} has shape ${showShape(vector.shape)}, expected [${shape[k]}]`);
  });
}
