import { around, modeCross, multiplyMode, projecting } from '../../low-rank/multiply-mode.js';
import { orthonormal } from '../../low-rank/orthonormal.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { Dense } from '../mode-tree.js';

/**
 * One step of subspace iteration, in place: the basis U [I_n, R] becomes an orthonormal basis of W·V, V one of Wᵀ·U, for the unfolding W of w in `mode`.
 *
 * ‖UᵀW‖ does not fall: UᵀWWᵀU is convex in U, and the new basis is the best one for its linearization at the old one. V is orthonormalised on
 * the way, so that directions of singular values below 10⁻⁸ of the largest survive, which a product with WWᵀ would lose. Where there are fewer columns
 * than R, W itself is spanned, and completed. Fixed points are those of HOOI, which takes singular vectors at once.
 * Cost: 4·R·size(w) flops and two QR factorizations. (Golub & Van Loan, 4th ed., section 8.6.2)
 */
export function improveBasis(w: Dense, mode: number, basis: Float64Array, scratch: Scratch): void {
  scratch.within(() => {
    const { elements, shape } = w;
    const size = shape[mode];
    const rank = basis.length / size;
    const { left, right } = around(shape, mode);
    const columns = left * right;
    const kept = Math.min(rank, columns);
    const projected = scratch.take(columns * rank);
    multiplyMode(elements, shape, mode, projecting(basis, rank), projected);
    // [left, rank, right] → [left·right, rank] → orthonormal [left·right, kept] → [left, kept, right]
    const tall = new Float64Array(columns * rank);
    interchange(projected, left, rank, right, tall);
    const across = scratch.take(columns * kept);
    interchange(orthonormal(tall, columns, rank, kept), left, right, kept, across);
    const image = new Float64Array(size * kept);
    modeCross(elements, shape, mode, across, kept, image);
    basis.set(orthonormal(image, size, kept, rank));
  });
}

/** [count, a, b] → [count, b, a] */
function interchange(from: Float64Array, count: number, a: number, b: number, to: Float64Array): void {
  for (let l = 0; l < count; l++) {
    const start = l * a * b;
    for (let i = 0; i < a; i++) {
      for (let j = 0; j < b; j++) to[start + j * a + i] = from[start + i * b + j];
    }
  }
}
