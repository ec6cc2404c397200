import { gemm, mttkrp } from '@neuronseek/tensor/kernels';
import { fold, normal, split } from '@neuronseek/tensor/random';
import { modeGram } from '../kernels/mode-gram/index.js';
import { eigenSpectrum, type ModeSpectrum } from './mode-spectrum.js';
import type { SpectrumCut, SubspaceMethod } from './mode-subspace.js';
import { modeCross, multiplyMode, projecting, withSize } from './multiply-mode.js';
import { orthonormal } from './orthonormal.js';

/** Vectors of the first sketch where the rank is not known; it doubles until it reaches far enough. */
const FIRST_SKETCH = 16;

/** The share of ‖x‖² below which ‖x‖² - ‖Qᵀx‖² is rounding. */
const RESOLUTION = 2 ** -42;

/**
 * Leading singular values and vectors of the unfolding in one mode within the range of a random sketch, or undefined where a sketch
 * would be no smaller than the mode, or the cut asks for more accuracy than the norms of projections have.
 *
 * The sketch X_(n)·K has a Khatri–Rao product K of Gaussian factors, so x is read where it stands; every power iteration multiplies it by X_(n)·X_(n)ᵀ,
 * orthonormalised between. Cost: 2·(2 + 2·powerIterations)·s·size(x) flops for s vectors.
 * (Halko, Martinsson & Tropp 2011, algorithm 4.4; Minster, Saibaba & Kilmer 2020)
 */
export function sketchedSpectrum(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  cut: SpectrumCut,
  { oversampling, powerIterations, key }: SubspaceMethod,
): ModeSpectrum | undefined {
  const size = shape[mode];
  const columns = x.length / size;
  const least = Math.min(size, columns);
  const squares = 'discarded' in cut ? squaresOf(x) : 0;
  if ('discarded' in cut && cut.discarded ** 2 <= RESOLUTION * squares) return undefined;
  let sketch = 'rank' in cut ? cut.rank + oversampling : FIRST_SKETCH + oversampling;
  while (sketch < least) {
    const spectrum = sketchOnce(x, shape, mode, sketch, powerIterations, fold(key, sketch));
    if ('rank' in cut) return spectrum;
    // What the sketch does not reach is left out too: it belongs to the tail.
    const missed = Math.sqrt(Math.max(0, squares - spectrum.values.reduce((sum, v) => sum + v * v, 0)));
    if (Math.hypot(missed, Math.sqrt(spectrum.rounding)) <= cut.discarded) return { ...spectrum, rest: missed };
    sketch *= 2;
  }
  return undefined;
}

function sketchOnce(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  count: number,
  powerIterations: number,
  key: SubspaceMethod['key'],
): ModeSpectrum {
  const size = shape[mode];
  const keys = split(key, shape.length);
  const factors = shape.map((n, m) => (m === mode ? new Float64Array(n * count) : normal(keys[m], n * count)));
  const image = new Float64Array(size * count);
  mttkrp(x, shape, factors, count, mode, image);
  let basis = orthonormal(image, size, count, count);
  const projected = new Float64Array((x.length / size) * count);
  for (let i = 0; i < powerIterations; i++) {
    multiplyMode(x, shape, mode, projecting(basis, count), projected);
    modeCross(x, shape, mode, projected, count, image);
    basis = orthonormal(image, size, count, count);
  }
  multiplyMode(x, shape, mode, projecting(basis, count), projected);
  const gram = new Float64Array(count * count);
  modeGram(projected, withSize(shape, mode, count), mode, gram);
  const { values, vectors: rotation, rounding } = eigenSpectrum(gram, count);
  const vectors = new Float64Array(size * count);
  gemm(size, count, count, basis, 0, count, 1, rotation, 0, count, 1, vectors, 0, count, false);
  return { values, vectors, count, rest: 0, rounding };
}

/** Σ x², summed in blocks. */
function squaresOf(x: Float64Array): number {
  const sum = new Float64Array(1);
  gemm(1, 1, x.length, x, 0, 0, 1, x, 0, 1, 0, sum, 0, 1, false);
  return sum[0];
}
