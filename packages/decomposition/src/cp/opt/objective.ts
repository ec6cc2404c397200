import { gemm, type MttkrpSweep, norm2 } from '@neuronseek/tensor/kernels';
import type { NormalizedData } from '../../normalized-data.js';
import type { Objective } from '../../optimize/minimize.js';
import { type DenseModel, denseModel } from './dense-model.js';
import { factorsAt, type Parameters } from './parameters.js';

/** ½‖x - model‖² + ½·Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖², the second sum over the free modes, for data of norm 1. */
export interface LeastSquares {
  readonly objective: Objective;
  /** Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖² */
  readonly penalty: (x: Float64Array) => number;
  /** Relative accuracy of the values. */
  readonly noise: number;
  readonly release: () => void;
}

/** Rounding of the sum of squares and products, in units of the sum of their magnitudes. */
const ROUNDING = 2 ** -51;

/** Relative accuracy of the values: line searches compare them, and what they cannot tell apart is decided by slopes. */
const NOISE = 1e-12;

/**
 * Value and gradient by one dimension tree over the data: ∂f/∂Aₙ = Aₙ·Gₙ - MTTKRPₙ + Aₙ·diag(ridge), Gₙ the Hadamard product of the other modes'
 * Gram matrices; 4·R·size(x) flops.
 *
 * The value ½(‖x‖² - 2⟨x, model⟩ + ‖model‖²) cancels near a good fit. Where its rounding exceeds the noise allowed (a relative error below about 4 %),
 * model - x is formed, its squares summed and its MTTKRPs taken: half as much again, a second tensor in memory, and gradients good to
 * rounding of the residual. (Acar, Dunlavy & Kolda 2011)
 */
export function leastSquares(
  data: NormalizedData,
  products: MttkrpSweep,
  parameters: Parameters,
  ridge: Float64Array,
): LeastSquares {
  const { rank, free, offsets } = parameters;
  const grams = parameters.factors.map((factor) => gramOf(factor, rank, new Float64Array(rank * rank)));
  const others = new Float64Array(rank * rank);
  let residual: DenseModel | undefined;

  /** The formula; NaN where it is too inaccurate. */
  const fromProducts = (factors: readonly Float64Array[], gradient: Float64Array): number => {
    factors.forEach((factor, mode) => {
      if (free[mode]) gramOf(factor, rank, grams[mode]);
    });
    let inner = Number.NaN;
    products.run(factors, free, (mode, m) => {
      const at = offsets[mode];
      for (let q = 0; q < m.length; q++) gradient[at + q] = -m[q];
      productOfGrams(grams, mode, others);
      gemm(m.length / rank, rank, rank, factors[mode], 0, rank, 1, others, 0, rank, 1, gradient, at, rank, true);
      if (!Number.isNaN(inner)) return;
      inner = 0;
      for (let q = 0; q < m.length; q++) inner += m[q] * factors[mode][q];
    });
    productOfGrams(grams, -1, others);
    let [model, magnitude] = [0, 0];
    for (let q = 0; q < others.length; q++) {
      model += others[q];
      magnitude += Math.abs(others[q]);
    }
    const squares = data.squares - 2 * inner + model;
    return ROUNDING * (data.squares + 2 * Math.abs(inner) + magnitude) < NOISE * squares ? squares : Number.NaN;
  };

  /** The residual itself. */
  const fromResidual = (factors: readonly Float64Array[], gradient: Float64Array): number => {
    residual ??= denseModel(data.shape, rank);
    const { elements, fill, products: ofResidual } = residual;
    for (let q = 0; q < elements.length; q++) elements[q] = -data.elements[q];
    fill(factors, true);
    ofResidual.run(factors, free, (mode, m) => gradient.set(m, offsets[mode]));
    const norm = norm2(elements.length, elements, 0, 1);
    return norm * norm;
  };

  const penalty = (x: Float64Array): number => {
    let sum = 0;
    for (let q = 0; q < x.length; q++) sum += ridge[q % rank] * x[q] * x[q];
    return sum;
  };

  return {
    objective: (x, gradient) => {
      const factors = factorsAt(parameters, x);
      let squares = residual === undefined ? fromProducts(factors, gradient) : Number.NaN;
      if (Number.isNaN(squares)) squares = fromResidual(factors, gradient);
      for (let q = 0; q < x.length; q++) gradient[q] += ridge[q % rank] * x[q];
      return (squares + penalty(x)) / 2;
    },
    penalty,
    noise: NOISE,
    release: () => residual?.release(),
  };
}

function gramOf(factor: Float64Array, rank: number, gram: Float64Array): Float64Array {
  gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, factor, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

/** The Hadamard product of the Gram matrices of all modes but one. */
function productOfGrams(grams: readonly Float64Array[], mode: number, product: Float64Array): void {
  product.fill(1);
  grams.forEach((gram, m) => {
    if (m !== mode) for (let q = 0; q < product.length; q++) product[q] *= gram[q];
  });
}
