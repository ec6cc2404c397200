import { showShape, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { gemm, norm2 } from '@neuronseek/tensor/kernels';
import { checkMode } from '../checks/check-mode.js';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import { completeOptions } from '../fit/complete-options.js';
import { float64Elements } from '../float64-elements.js';
import { cpResidual } from '../kernels/cp-residual/index.js';
import { mttkrp } from '../multilinear/mttkrp.js';
import { type CpAlsOptions, cpAlsDefaults } from './als/options.js';
import { withData } from './als/with-data.js';
import { fitAls } from './cp-als.js';
import type { CpTensor } from './cp-tensor.js';
import { normalizeCp } from './normalize-cp.js';
import { type CpStream, streamNumbers } from './streaming/stream.js';
import { takeUp, unitScale } from './streaming/take-up.js';

/** Options of `cpStream`. */
export interface CpStreamOptions extends CpAlsOptions {
  /** The mode that grows; the last one where it is not given. */
  readonly mode?: number;
}

/** Options of `cpStreamAdd`. */
export interface CpStreamAddOptions {
  /** What the past counts for against each new batch, above 0 and up to 1: below 1 the model follows factors that drift. Default: 1. */
  readonly forgetting?: number;
  /** Times that the new rows and the factors are solved for in turn. Default: 2. */
  readonly passes?: number;
}

/** Defaults of `cpStreamAdd`. */
export const cpStreamAddDefaults: Required<CpStreamAddOptions> = { forgetting: 1, passes: 2 };

/**
 * Starts a streaming CP decomposition from a first batch of slices, by `cpAls` with the options given.
 *
 * x [I₀, …, I_{N-1}], order ≥ 2; mode `mode` grows by what `cpStreamAdd` brings. The first batch should have enough slices to tell the components apart.
 * Cost: that of `cpAls` and one more pass over x.
 *
 * @throws what `cpAls` throws, under this name, and RangeError where the mode is out of range
 */
export function cpStream(x: Tensor, rank: number, options: CpStreamOptions = {}): CpStream {
  checkRank('cpStream', rank);
  checkTensor('cpStream', 'x', x);
  const { mode = x.order - 1, ...rest } = completeOptions('cpStream', cpAlsDefaults, options, ['mode']);
  if (x.order < 2) throw new RangeError(`cpStream: x needs at least two modes: its shape is ${showShape(x.shape)}`);
  checkMode('cpStream', mode, x.order);
  const { weights, factors, relativeError } = fitAls('cpStream', x, rank, rest);
  const sizes = float64Elements(weights);
  const elements = float64Elements(x);
  const scale = norm2(x.size, elements, 0, 1) || 1;
  // A division: 1/scale is infinite for subnormal data.
  const scaled = tensor(
    elements.map((value) => value / scale),
    x.shape,
  );
  const grown = factors.map((factor, n) =>
    n === mode
      ? tensor(
          float64Elements(factor).map((value, q) => value * (sizes[q % rank] / scale)),
          factor.shape,
        )
      : factor,
  );
  return {
    mode,
    scale,
    factors: grown,
    products: grown.map((_, n) => (n === mode ? zeros([0, rank]) : mttkrp(scaled, grown, n))),
    grams: grown.map((_, n) => (n === mode ? zeros([rank, rank]) : gramsBut(grown, n, rank))),
    slices: x.shape[mode],
    relativeError,
  };
}

/**
 * The stream after another batch of slices: rows for the new ones by least squares, the other factors from running sums over all batches.
 *
 *     Pₙ ← forgetting·Pₙ + MTTKRPₙ(x),   Qₙ ← forgetting·Qₙ + *_{m≠n} AₘᵀAₘ (new rows for the growing mode),   Aₙ = Pₙ·Qₙ⁻¹
 *
 * x has the shape of the first batch but for the growing mode. The stream given is left as it is, so that it can be continued in several
 * ways. What earlier batches say about a factor was summed up with the factors of their time: the result is near, not equal to, that of a
 * decomposition of everything at once. Earlier rows of the growing mode are scaled along, not solved for again.
 *
 * Cost: `passes` times 6·R·size(x) flops, whatever came before; memory: the size of x and of the factors. (Zhou, Vinh, Bailey, Jia & Davidson 2016)
 *
 * @throws RangeError where x does not fit the stream, a number is not finite or an option is out of range; TypeError where x is not a tensor
 */
export function cpStreamAdd(stream: CpStream, x: Tensor, options: CpStreamAddOptions = {}): CpStream {
  const { forgetting, passes } = completeOptions('cpStreamAdd', cpStreamAddDefaults, options);
  if (!(forgetting > 0 && forgetting <= 1)) {
    throw new RangeError(`cpStreamAdd: forgetting is not a number above 0 and up to 1: ${forgetting}`);
  }
  if (!Number.isSafeInteger(passes) || passes < 1) {
    throw new RangeError(`cpStreamAdd: passes is not a positive integer: ${passes}`);
  }
  const numbers = streamNumbers('cpStreamAdd', stream);
  const { mode, rank, factors } = numbers;
  checkTensor('cpStreamAdd', 'x', x);
  const expected = stream.factors.map((factor, n) => (n === mode ? x.shape[n] : factor.shape[0]));
  if (showShape(x.shape) !== showShape(expected)) {
    const wanted = expected.map((size, n) => (n === mode ? 'any' : size)).join(', ');
    throw new RangeError(`cpStreamAdd: x has shape ${showShape(x.shape)}, expected [${wanted}]`);
  }
  const past = factors[mode];
  return withData('cpStreamAdd', x, rank, (data, sweep) => {
    const { elements, shape } = data;
    const size = data.norm / stream.scale;
    for (let q = 0; q < elements.length; q++) elements[q] *= size;
    takeUp(numbers, { elements, shape }, sweep, forgetting, passes);
    const rows = Float64Array.from([...past, ...factors[mode]]);
    const residual = cpResidual(elements, shape, new Float64Array(rank).fill(1), factors);
    unitScale(numbers, rows);
    const slices = rows.length / rank;
    return {
      mode,
      scale: stream.scale,
      factors: factors.map((factor, n) => tensor(n === mode ? rows : factor, [n === mode ? slices : shape[n], rank])),
      products: numbers.products.map((p, n) => tensor(p, [n === mode ? 0 : shape[n], rank])),
      grams: numbers.grams.map((gram) => tensor(gram, [rank, rank])),
      slices,
      relativeError: data.squares > 0 ? residual / size : residual * stream.scale,
    };
  });
}

/** The model of all slices seen, in the form of `normalizeCp`. */
export function cpStreamModel(stream: CpStream): CpTensor {
  const { rank } = streamNumbers('cpStreamModel', stream);
  return normalizeCp({ weights: tensor(new Float64Array(rank).fill(stream.scale)), factors: stream.factors });
}

/** *_{m≠mode} AₘᵀAₘ */
function gramsBut(factors: readonly Tensor[], mode: number, rank: number): Tensor {
  const product = new Float64Array(rank * rank).fill(1);
  const gram = new Float64Array(rank * rank);
  factors.forEach((factor, n) => {
    if (n === mode) return;
    const a = float64Elements(factor);
    gemm(rank, rank, a.length / rank, a, 0, 1, rank, a, 0, rank, 1, gram, 0, rank, false);
    for (let q = 0; q < product.length; q++) product[q] *= gram[q];
  });
  return tensor(product, [rank, rank]);
}
