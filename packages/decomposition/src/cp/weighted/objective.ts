import { type DenseModel, denseModel } from '../opt/dense-model.js';
import { factorsAt, type Parameters } from '../opt/parameters.js';
import type { WeightedData } from './weighted-data.js';

/** ½‖√w∘(x - model)‖² + ½·Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖², the second sum over the free modes, for data of norm 1. */
export interface WeightedLeastSquares {
  readonly data: WeightedData;
  readonly parameters: Parameters;
  readonly ridge: Float64Array;
  /** Returns the value and writes the gradient. */
  readonly evaluate: (x: Float64Array, gradient: Float64Array) => number;
  /** The relative error, of a value; computed anew where the ridge is so much of the value that the rest has lost its digits. */
  readonly error: (value: number, x: Float64Array) => number;
  readonly release: () => void;
}

/** Squares are summed in blocks of so many, so that the sum of a million of them keeps its digits. */
const BLOCK = 1024;

/** Rounding of a value in units of the ridge's part in it, and digits wanted of an error. */
const ROUNDING = 2 ** -49;
const ACCURACY = 1e-6;

/**
 * Value and gradient: the model as one matrix product, what it leaves of the data times the weights in its place, and MTTKRPs of that in all modes by
 * one dimension tree, ∂f/∂Aₙ = MTTKRPₙ(w∘(model - x)) + Aₙ·diag(ridge). 6·R·size(x) flops; good to rounding of the residual also where nearly
 * all of the data are explained. (Acar, Dunlavy, Kolda & Mørup 2011)
 */
export function weightedLeastSquares(
  data: WeightedData,
  parameters: Parameters,
  ridge: Float64Array,
): WeightedLeastSquares {
  const { rank, free, offsets } = parameters;
  const dense: DenseModel = denseModel(data.shape, rank);
  const penalty = (x: Float64Array): number => {
    let sum = 0;
    for (let q = 0; q < x.length; q++) sum += ridge[q % rank] * x[q] * x[q];
    return sum;
  };
  return {
    data,
    parameters,
    ridge,
    evaluate: (x, gradient) => {
      const factors = factorsAt(parameters, x);
      dense.fill(factors, false);
      const squares = weighResidual(dense.elements, data.elements, data.weights);
      dense.products.run(factors, free, (mode, m) => gradient.set(m, offsets[mode]));
      for (let q = 0; q < x.length; q++) gradient[q] += ridge[q % rank] * x[q];
      return (squares + penalty(x)) / 2;
    },
    error: (value, x) => {
      const ridges = penalty(x);
      const squares = 2 * value - ridges;
      if (ROUNDING * ridges <= ACCURACY * squares) return Math.sqrt(Math.max(0, squares)) / data.unit;
      dense.fill(factorsAt(parameters, x), false);
      return Math.sqrt(weighResidual(dense.elements, data.elements, data.weights)) / data.unit;
    },
    release: dense.release,
  };
}

/** model = w∘(model - x); returns Σ w·(model - x)². */
function weighResidual(model: Float64Array, x: Float64Array, w: Float64Array): number {
  let squares = 0;
  for (let from = 0; from < model.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, model.length);
    let sum = 0;
    for (let q = from; q < to; q++) {
      const rest = model[q] - x[q];
      const weighed = w[q] * rest;
      model[q] = weighed;
      sum += weighed * rest;
    }
    squares += sum;
  }
  return squares;
}
