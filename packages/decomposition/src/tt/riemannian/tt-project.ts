import { isTensor, showShape, type Tensor } from '@neuronseek/tensor';
import { checkFinite } from '../../checks/check-finite.js';
import { float64Elements } from '../../float64-elements.js';
import { ttNumbers, ttOfNumbers } from '../tt-numbers.js';
import type { TtTensor } from '../tt-tensor.js';
import { tangentFrames } from './frames.js';
import { projectDense, projectTrain, tangentTrain } from './tangent.js';

/**
 * Orthogonal projection of a tensor on the tangent space, at x, of the tensor trains with the ranks of x:
 *
 *     P(z) = Σ_k U₀ … U_{k-1} · δ_k · V_{k+1} … V_{N-1},   δ_k = (I - U_k·U_kᵀ) (U₀ … U_{k-1})ᵀ z (V_{k+1} … V_{N-1})ᵀ
 *
 * with left-orthogonal U and right-orthogonal V of x, and without the first factor in δ_{N-1}. z is a tensor train or a dense tensor of the
 * shape of x; the result has at most twice the ranks of x. P(x) = x, P is linear, idempotent and self-adjoint. Ranks of x above what its
 * sizes allow shrink first; where x has smaller ranks than its cores say, there is no one tangent space, and some space that
 * holds x is taken.
 *
 * Not differentiable. Cost for a train z of ranks s: 2·Σ n·r·s·(r + s) flops; for a dense one 2·r·size(z) at each mode. (Holtz, Rohwedder &
 * Schneider 2012; Lubich, Oseledets & Vandereycken 2015; Steinlechner 2016)
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function ttProject(x: TtTensor, z: TtTensor | Tensor): TtTensor {
  const numbers = ttNumbers('ttProject', x, { argument: 'x' });
  const frames = tangentFrames(numbers);
  if (!isTensor(z)) {
    const other = ttNumbers('ttProject', z, { argument: 'z', shape: numbers.shape });
    return ttOfNumbers(tangentTrain(frames, projectTrain(frames, other)));
  }
  if (showShape(z.shape) !== showShape(numbers.shape)) {
    throw new RangeError(`ttProject: z has shape ${showShape(z.shape)}, expected ${showShape(numbers.shape)}`);
  }
  const elements = float64Elements(z);
  checkFinite('ttProject', 'z', elements, z.shape);
  return ttOfNumbers(tangentTrain(frames, projectDense(frames, elements)));
}
