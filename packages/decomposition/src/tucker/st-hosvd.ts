import type { Shape, Tensor } from '@neuronseek/tensor';
import { completeOptions } from '../fit/complete-options.js';
import { type ResolvedSize, resolveModes, resolveSize } from './size-options.js';
import { truncate } from './truncate.js';
import { type TruncatedTucker, truncatedTucker } from './truncated-tucker.js';
import { checkMethod, type StHosvdOptions, stHosvdDefaults } from './truncation-options.js';
import { withTuckerData } from './tucker-data.js';

/**
 * Sequentially truncated higher-order singular value decomposition: as `hosvd`, but each mode sees x projected on the factors found
 * before, so every truncation makes the next one cheaper, and what they leave out adds up exactly.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 → core [R₀, …, R_{N-1}], factors [Iₙ, Rₙ] with orthonormal columns whose entry of largest magnitude is
 * positive. float64. With `ranks`, those above Iₙ count as Iₙ; with `eps`, ranks are such that ‖x - model‖ ≤ eps·‖x‖, each of N modes leaving out at most
 * eps²·‖x‖²/N. An eps below rounding keeps all that stands above rounding: see relativeError. ‖x - model‖ is at most √N times that of the
 * best model of these ranks; of order 2 it is the truncated SVD.
 *
 * Cost for the first mode 2·Iₙ·size(x) flops and 9·Iₙ³, for the next ones the same of what is left; one copy of x.
 * (Vannieuwenhoven, Vandebril & Meerbergen 2012)
 *
 * @throws RangeError where neither or both of ranks and eps are given or one is out of range, modeOrder is not a permutation of the modes, x
 * has no or an empty mode, or a number is not finite; TypeError where x is not a tensor
 */
export function stHosvd(x: Tensor, options: StHosvdOptions): TruncatedTucker {
  return withTuckerData('stHosvd', x, (data, scratch) => {
    const resolved = completeOptions('stHosvd', stHosvdDefaults, options, ['ranks', 'eps', 'modes', 'modeOrder']);
    checkMethod('stHosvd', resolved);
    const modes = resolveModes('stHosvd', resolved.modes, data.shape.length);
    const size = resolveSize('stHosvd', options, data.shape, modes);
    const order = resolved.modeOrder ?? orderFor(size, data.shape, modes);
    checkOrder(order, modes);
    return truncatedTucker(data, truncate(data, size, order, true, resolved, scratch));
  });
}

/** The mode that shrinks most first; where that is not known, and among equals, the smallest. */
export function orderFor(size: ResolvedSize, shape: Shape, modes: readonly number[]): readonly number[] {
  const share = (mode: number): number => ('ranks' in size ? size.ranks[mode] / shape[mode] : 1);
  return [...modes].sort((a, b) => share(a) - share(b) || shape[a] - shape[b] || a - b);
}

function checkOrder(order: readonly number[], modes: readonly number[]): void {
  const sorted = (list: readonly number[]): string => [...list].sort((a, b) => a - b).join(', ');
  if (Array.isArray(order) && sorted(order) === sorted(modes)) return;
  throw new RangeError(`stHosvd: modeOrder is not a permutation of [${sorted(modes)}]: ${JSON.stringify(order)}`);
}
