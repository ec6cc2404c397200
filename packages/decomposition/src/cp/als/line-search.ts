import { gemm, mttkrp } from '@neuronseek/tensor/kernels';
import { pow } from '@neuronseek/tensor/math';
import type { NormalizedData } from '../../normalized-data.js';
import { unitColumns } from '../unit-columns.js';
import type { AlsModel } from './model.js';
import { type LastUpdate, relativeError, WORST_ACCURACY } from './relative-error.js';

/** Longest step, in units of what a sweep moved the factors. */
const LONGEST = 10;

/** Steps looked at along a direction before the best one is narrowed down. */
const SAMPLES = 48;

/** Rounding of ‖x‖² - 2⟨x, model⟩ + ‖model‖² in units of the sum of the magnitudes. */
const ROUNDING = 2 ** -49;

/** Extrapolates sweeps: told of each, it moves the model on where that lowers the error, and returns the error then. */
export type LineSearch = (last: LastUpdate, error: number) => number;

/**
 * Exact line search along what the last sweep changed, from the factors A before it to A + t·D: the squared error is a polynomial in t,
 *
 *     ‖x‖² - 2·p(t) + q(t),   p(t) = ⟨x, model(t)⟩ of degree F, the free modes,   q(t) = ‖model(t)‖² of degree 2·F
 *
 * p goes through F + 1 values, of which sweeps give two and F - 1 cost a pass over x each; q is made of Gram matrices. Every second sweep is extrapolated, to the
 * least value for t from 1 to 10, found among samples and by golden section. A step that does not lower the error, measured where the polynomial is too
 * inexact, is taken back. Cost: F - 1 passes of 2·R·size(x) flops every second sweep. (Rajih, Comon & Harshman 2008)
 */
export function lineSearch(
  data: NormalizedData,
  model: AlsModel,
  free: readonly boolean[],
  accuracy: number,
): LineSearch {
  const modes = free.flatMap((isFree, mode) => (isFree ? [mode] : []));
  let before: Float64Array[] | undefined;
  let innerBefore = 0;
  let sweeps = 0;
  return (last, error) => {
    sweeps++;
    const factors = weightedFactors(model, modes);
    const inner = innerProduct(last);
    let reached = error;
    if (before !== undefined && sweeps % 2 === 0) reached = extrapolate(before, factors, innerBefore, inner, error);
    // After a step ⟨x, model⟩ is not known from an update: the next direction starts one sweep later.
    before = reached < error ? undefined : factors;
    innerBefore = inner;
    return reached;
  };

  function extrapolate(from: Float64Array[], to: Float64Array[], p0: number, p1: number, error: number): number {
    const along = (t: number): Float64Array[] =>
      from.map((a, n) => (free[n] ? a.map((value, q) => value + t * (to[n][q] - value)) : a));
    const nodes = [0, 1, ...modes.slice(1).map((_, j) => pow(LONGEST, (j + 1) / (modes.length - 1)))];
    const p = newtonForm(
      nodes,
      nodes.map((t, j) => (j === 0 ? p0 : j === 1 ? p1 : innerWith(data, along(t), model.rank))),
    );
    const q = squaredNorm(from, to, model.rank);
    const squares = (t: number): number => data.squares - 2 * p(t) + q(t);
    const t = leastBetween(squares, 1, LONGEST);
    const gain = squares(1) - squares(t);
    if (!(gain > ROUNDING * (data.squares + 2 * Math.abs(p(t)) + q(t)))) return error;
    return stepTo(along(t), squares(t), 2 * Math.abs(p(t)) + q(t), error);
  }

  /** Takes the step, and back where it does not lower the error. */
  function stepTo(factors: readonly Float64Array[], squares: number, magnitude: number, error: number): number {
    const kept = [...model.units, ...model.grams, model.weights].map((array) => array.slice());
    setModel(model, factors, modes);
    const exact = 2 * Math.min(accuracy, WORST_ACCURACY) * squares > ROUNDING * (data.squares + magnitude);
    const scale = Math.sqrt(data.squares) || 1;
    const reached = exact ? Math.sqrt(squares) / scale : relativeError(data, model, undefined, accuracy);
    if (reached < error) return reached;
    [...model.units, ...model.grams, model.weights].forEach((array, k) => void array.set(kept[k]));
    return error;
  }
}

/** Factors that share the weights evenly among the free modes. */
function weightedFactors({ units, weights, rank }: AlsModel, modes: readonly number[]): Float64Array[] {
  const share = weights.map((weight) => pow(weight, 1 / modes.length));
  return units.map((unit, mode) =>
    modes.includes(mode) ? unit.map((value, q) => value * share[q % rank]) : unit.slice(),
  );
}

/** Unit columns and weights of given factors; fixed ones stay. */
function setModel(model: AlsModel, factors: readonly Float64Array[], modes: readonly number[]): void {
  const { rank, units, grams, weights } = model;
  weights.fill(1);
  for (const mode of modes) {
    const { norms } = unitColumns(factors[mode], rank, units[mode]);
    for (let r = 0; r < rank; r++) weights[r] *= norms[r];
    crossGram(units[mode], units[mode], rank, grams[mode]);
  }
}

/** ⟨x, model⟩ of a model that was just solved for. */
function innerProduct({ m, solution }: LastUpdate): number {
  let sum = 0;
  for (let q = 0; q < m.length; q++) sum += m[q] * solution[q];
  return sum;
}

/** ⟨x, model⟩ by a pass over x. */
function innerWith({ elements, shape }: NormalizedData, factors: readonly Float64Array[], rank: number): number {
  const m = new Float64Array(factors[0].length);
  mttkrp(elements, shape, factors, rank, 0, m);
  return innerProduct({ m, solution: factors[0] });
}

/** The polynomial through values at nodes, by divided differences. */
function newtonForm(nodes: readonly number[], values: readonly number[]): (t: number) => number {
  const c = [...values];
  for (let order = 1; order < c.length; order++) {
    for (let j = c.length - 1; j >= order; j--) c[j] = (c[j] - c[j - 1]) / (nodes[j] - nodes[j - order]);
  }
  return (t) => c.reduceRight((sum, value, j) => sum * (t - nodes[j]) + value, 0);
}

/** ‖model(t)‖² from the Gram matrices of A, of D, and between them. */
function squaredNorm(from: readonly Float64Array[], to: readonly Float64Array[], rank: number): (t: number) => number {
  const parts = from.map((a, n) => {
    const d = a.map((value, q) => to[n][q] - value);
    return [crossGram(a, a, rank), crossGram(a, d, rank), crossGram(d, d, rank)] as const;
  });
  return (t) => {
    let sum = 0;
    for (let r = 0; r < rank; r++) {
      for (let s = 0; s < rank; s++) {
        let product = 1;
        for (const [aa, ad, dd] of parts) {
          const [rs, sr] = [r * rank + s, s * rank + r];
          product *= aa[rs] + t * (ad[rs] + ad[sr]) + t * t * dd[rs];
        }
        sum += product;
      }
    }
    return sum;
  };
}

function crossGram(
  a: Float64Array,
  b: Float64Array,
  rank: number,
  gram: Float64Array = new Float64Array(rank * rank),
): Float64Array {
  gemm(rank, rank, a.length / rank, a, 0, 1, rank, b, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function is least between two numbers: the best of samples that get wider apart, then golden section between its neighbours. */
function leastBetween(f: (t: number) => number, low: number, high: number): number {
  const at = (k: number): number => low * pow(high / low, k / SAMPLES);
  let best = 0;
  let value = f(low);
  for (let k = 1; k <= SAMPLES; k++) {
    const sample = f(at(k));
    if (sample < value) [best, value] = [k, sample];
  }
  let [left, right] = [at(Math.max(0, best - 1)), at(Math.min(SAMPLES, best + 1))];
  for (let k = 0; k < 40; k++) {
    const [a, b] = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)];
    if (f(a) < f(b)) right = b;
    else left = a;
  }
  return (left + right) / 2;
}
