import { gemm, mttkrpSweep, norm2 } from '@neuronseek/tensor/kernels';
import { log2 } from '@neuronseek/tensor/math';
import { cpResidual } from '../kernels/cp-residual/index.js';

/** ½‖x - model‖² for a model without weights, and its gradients. */
export interface CpLossValue {
  readonly value: number;
  /** For each of the modes asked for: [Iₙ, R]. */
  readonly gradients: readonly Float64Array[];
}

/** What the loss is asked for. */
export interface CpLossRequest {
  readonly shape: readonly number[];
  readonly rank: number;
  /** Modes whose gradients are wanted, ascending. */
  readonly modes: readonly number[];
  readonly relative: boolean;
}

/** Rounding of the sum of squares and products, in units of the sum of their magnitudes. */
const ROUNDING = 2 ** -51;

/** Values are relatively at least this accurate; where the formula is not (relative errors below about 0.5 %), every element is subtracted. */
const ACCURACY = 1e-10;

/**
 * Value and gradients by one dimension tree: gradientₙ = Aₙ·Γₙ - MTTKRPₙ, Γₙ the Hadamard product of the other modes' Gram matrices, and
 * value = ½(‖x‖² - 2⟨x, model⟩ + ‖model‖²) from the same products. (Acar, Dunlavy & Kolda 2011)
 *
 * Everything is in units of a power of two next to ‖x‖, which costs no digit and lets data of norm 1e±150 be squared.
 */
export function cpLossValue(x: Float64Array, given: readonly Float64Array[], request: CpLossRequest): CpLossValue {
  const { shape, rank, modes, relative } = request;
  const norm = norm2(x.length, x, 0, 1);
  const unit = norm === 0 ? 1 : 2 ** Math.round(log2(norm));
  const factors = [given[0].map((v) => v / unit), ...given.slice(1)];
  const grams = factors.map((factor) => gramOf(factor, rank));
  const gradients: Float64Array[] = [];
  const scale = relative && norm !== 0 ? [unit / norm, unit / norm] : [unit, unit];
  // The value needs the products of one mode, whichever.
  const visited = modes.length > 0 ? modes : [0];
  let inner = Number.NaN;
  const sweep = mttkrpSweep(x, shape, rank);
  try {
    sweep.run(
      factors,
      shape.map((_, mode) => visited.includes(mode)),
      (mode, products) => {
        if (Number.isNaN(inner)) inner = dot(products, factors[mode]) / unit;
        if (!modes.includes(mode)) return;
        const gradient = products.map((v) => -v / unit);
        const others = productOf(grams, mode);
        gemm(shape[mode], rank, rank, factors[mode], 0, rank, 1, others, 0, rank, 1, gradient, 0, rank, true);
        const last = mode === 0 ? 1 / unit : 1;
        for (let q = 0; q < gradient.length; q++) gradient[q] = gradient[q] * scale[0] * last * scale[1];
        gradients.push(gradient);
      },
    );
  } finally {
    sweep.release();
  }
  const all = productOf(grams, -1);
  let [model, magnitude] = [0, 0];
  for (const term of all) {
    model += term;
    magnitude += Math.abs(term);
  }
  const own = (norm / unit) ** 2;
  let squares = own - 2 * inner + model;
  if (ROUNDING * (own + 2 * Math.abs(inner) + magnitude) >= ACCURACY * squares) {
    squares = (cpResidual(x, shape, new Float64Array(rank).fill(1), given) / unit) ** 2;
  }
  return { value: (squares * scale[0] * scale[1]) / 2, gradients };
}

function gramOf(factor: Float64Array, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, factor, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

/** The Hadamard product of all Gram matrices but that of one mode. */
function productOf(grams: readonly Float64Array[], mode: number): Float64Array {
  const product = new Float64Array(grams[0].length).fill(1);
  grams.forEach((gram, m) => {
    if (m !== mode) for (let q = 0; q < product.length; q++) product[q] *= gram[q];
  });
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let q = 0; q < a.length; q++) sum += a[q] * b[q];
  return sum;
}
