import { qrFactors } from '../low-rank/qr-factors.js';
import type { TuckerNumbers } from './tucker-numbers.js';

/** A Tucker tensor with core and factors divided by their largest entries, whose product is `scale`: nothing overflows on the way. */
export function scaled({ shape, ranks, core, factors }: TuckerNumbers): TuckerNumbers & { readonly scale: number } {
  const sizes = [core, ...factors].map(largest);
  const [unit, ...units] = [core, ...factors].map((values, k) => values.map((v) => v / sizes[k]));
  return { shape, ranks, core: unit, factors: units, scale: product(sizes) };
}

/** The same with each factor replaced by the triangle of its QR factorization, of min(Iₙ, Rₙ) rows: the same norm in less space. */
export function triangles(tucker: TuckerNumbers): TuckerNumbers & { readonly scale: number } {
  const { shape, ranks, core, factors, scale } = scaled(tucker);
  const small = factors.map((factor, mode) => qrFactors(factor.slice(), shape[mode], ranks[mode]).r);
  return { shape: small.map((factor, mode) => factor.length / ranks[mode]), ranks, core, factors: small, scale };
}

/** The largest magnitude, 1 where all are 0. */
export function largest(values: Float64Array): number {
  return values.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
}

/** Largest and smallest by turns, so that only the product itself can leave the range of numbers. */
function product(sizes: readonly number[]): number {
  const waiting = [...sizes].sort((a, b) => a - b);
  let result = 1;
  while (waiting.length > 0) result *= (result > 1 ? waiting.shift() : waiting.pop()) ?? 1;
  return result;
}
