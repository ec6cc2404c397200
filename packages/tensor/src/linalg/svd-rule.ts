import { allocate } from '../core/allocate.js';
import { add, div, mul, neg, sub } from '../core/ops/arithmetic.js';
import { expandDims } from '../core/ops/axes.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { where } from '../core/ops/where.js';
import { flatten, Tensor } from '../core/tensor.js';
import { nameMatrix, stackSizes } from './matrices.js';
import { epsilonOf } from './tolerance.js';
import { triangle } from './triangle.js';

/** Cotangents of the reduced factors; a hole for one that nobody used. */
export interface SvdCotangents {
  readonly gu: Tensor | undefined;
  readonly gs: Tensor | undefined;
  readonly gvt: Tensor | undefined;
}

/**
 * The cotangent of a = u·diag(s)·vt, for reduced factors:
 *
 *     Ā = U·C·Vᵀ + (I − U·Uᵀ)·Ū·S⁻¹·Vᵀ + U·S⁻¹·V̄ᵀ·(I − V·Vᵀ),  C = diag(s̄) + (F ∘ skew(Uᵀ·Ū))·S + S·(F ∘ skew(Vᵀ·V̄))
 *
 * with F[i, j] = 1/(s[j]² − s[i]²) and skew(M) = M − Mᵀ (Townsend 2016, "Differentiating the singular value decomposition"). With
 * half the sum p and half the difference q of the two skew parts, C = diag(s̄) + p/(s[j] − s[i]) + q/(s[j] + s[i]): functions of u and
 * vt that do not see how the vectors of equal values are chosen, such as u·vt, have p = 0 and a derivative there too. With s in the
 * function p = 0 is not enough: that of u·diag(s)·vt is 0 at equal values only, and the limit of the quotient is not to be had from
 * the cotangents.
 */
export function pullSvd(
  name: string,
  [u, s, vt]: readonly [Tensor, Tensor, Tensor],
  { gu, gs, gvt }: SvdCotangents,
): Tensor | undefined {
  const k = s.shape[s.order - 1];
  const m = u.shape[u.order - 2];
  const n = vt.shape[vt.order - 1];
  let core = gs && mul(expandDims(gs, gs.order), triangle([k, k], [0, 1, 0], s.dtype));
  if (!gu && !gvt) return core && matmul(matmul(u, core), vt);
  const onU = gu && matmul(matrixTranspose(u), gu);
  const onV = gvt && matmul(vt, matrixTranspose(gvt));
  // Entries of the cotangents, turned, carry about this rounding error; what is smaller counts as 0 where a quotient does not exist.
  const mixed = gs ? usedVectors(s, gs, gu, gvt) : undefined;
  const noise = 16 * Math.max(m, n) * epsilonOf(s.dtype) * (largest(gu) + largest(gvt));
  const skewU = onU && sub(onU, matrixTranspose(onU));
  const skewV = onV && sub(onV, matrixTranspose(onV));
  const row = expandDims(s, s.order - 1);
  const column = expandDims(s, s.order);
  const p = skewU && skewV ? add(skewU, skewV) : (skewU ?? skewV);
  const q = skewU && skewV ? sub(skewU, skewV) : (skewU ?? (skewV && neg(skewV)));
  if (p && q) {
    const reach = Math.max(m, n);
    const pairs = add(
      divideWhere(
        p,
        sub(row, column),
        apart(name, s, p, noise, mixed, reach, (si, sj) => Math.abs(sj - si)),
      ),
      divideWhere(
        q,
        add(row, column),
        apart(name, s, q, noise, mixed, reach, (si, sj) => si + sj),
      ),
    );
    core = core ? add(core, mul(0.5, pairs)) : mul(0.5, pairs);
  }
  let pulled = core && matmul(matmul(u, core), vt);
  if (gu && onU && m > k) {
    const rest = sub(gu, matmul(u, onU));
    const term = matmul(divideWhere(rest, row, positive(name, s, matrixTranspose(rest), noise, mixed, m)), vt);
    pulled = pulled ? add(pulled, term) : term;
  }
  if (gvt && onV && n > k) {
    const rest = sub(gvt, matmul(matrixTranspose(onV), vt));
    const term = matmul(u, divideWhere(rest, column, matrixTranspose(positive(name, s, rest, noise, mixed, n))));
    pulled = pulled ? add(pulled, term) : term;
  }
  return pulled;
}

/** For each singular value of the stack whether a cotangent of its vectors is not 0, or is where the value 0 may be the reason. */
function usedVectors(s: Tensor, gs: Tensor, gu: Tensor | undefined, gvt: Tensor | undefined): Uint8Array {
  const values = flatten(s);
  const pulls = flatten(gs);
  const used = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) if (values[i] === 0 && pulls[i] !== 0) used[i] = 1;
  for (const rows of [gu && matrixTranspose(gu), gvt]) {
    if (!rows) continue;
    const length = rows.shape[rows.order - 1];
    const entries = flatten(rows);
    for (let i = 0; i < entries.length; i++) if (entries[i] !== 0) used[Math.floor(i / length)] = 1;
  }
  return used;
}

/** x/y where the mask holds, else 0, and so are its derivatives. */
function divideWhere(x: Tensor, y: Tensor, mask: Tensor): Tensor {
  return where(mask, div(x, where(mask, y, 1)), 0);
}

function largest(x: Tensor | undefined): number {
  let found = 0;
  if (x) for (const value of flatten(x)) found = Math.max(found, Math.abs(value));
  return found;
}

/**
 * Which pairs of values differ (or do not both vanish) by more than their own rounding error. Vectors of a pair that does not can be
 * turned into each other by any perturbation, so a cotangent that distinguishes them has no answer: throws.
 */
function apart(
  name: string,
  s: Tensor,
  coupling: Tensor,
  noise: number,
  mixed: Uint8Array | undefined,
  reach: number,
  distance: (si: number, sj: number) => number,
): Tensor {
  const { rows: k, count, batch } = stackSizes(coupling.shape);
  const values = flatten(s);
  const couplings = flatten(coupling);
  const mask = allocate('bool', couplings.length);
  for (let q = 0; q < count; q++) {
    const own = values.subarray(q * k, (q + 1) * k);
    const error = reach * epsilonOf(s.dtype) * own[0];
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const at = q * k * k + i * k + j;
        if (i !== j && distance(own[i], own[j]) > error) mask[at] = 1;
        else if (i !== j && (!(Math.abs(couplings[at]) <= noise) || mixed?.[q * k + i] || mixed?.[q * k + j])) {
          throw new RangeError(
            `${name}: singular vectors of singular values that coincide have no derivative: ${nameMatrix(q, batch)} has ${own[i]} at ${i} and ${own[j]} at ${j}`,
          );
        }
      }
    }
  }
  return new Tensor(mask, 'bool', coupling.shape);
}

/** Which values are not 0, as a column per row [..., 1, k] of a mask; throws where a row of `rest` that is not 0 belongs to one that is. */
function positive(
  name: string,
  s: Tensor,
  rest: Tensor,
  noise: number,
  mixed: Uint8Array | undefined,
  reach: number,
): Tensor {
  const { rows: k, cols, count, batch } = stackSizes(rest.shape);
  const values = flatten(s);
  const rows = flatten(rest);
  const mask = allocate('bool', values.length);
  for (let at = 0; at < count * k; at++) {
    const first = values[at - (at % k)];
    if (values[at] > reach * epsilonOf(s.dtype) * first) mask[at] = 1;
    else if (mixed?.[at] || rows.subarray(at * cols, (at + 1) * cols).some((x) => !(Math.abs(x) <= noise))) {
      throw new RangeError(
        `${name}: singular vectors of a singular value that is 0 have no derivative in a rectangular matrix: ${nameMatrix(Math.floor(at / k), batch)} has ${values[at]} at ${at % k}`,
      );
    }
  }
  return new Tensor(mask, 'bool', [...batch, 1, k]);
}
