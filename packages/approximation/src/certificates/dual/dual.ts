import {
  above,
  absolute as absoluteOf,
  add as addOf,
  below,
  divide as divideOf,
  everything,
  hull,
  type Interval,
  multiply as multiplyOf,
  negate as negateOf,
  power as powerOf,
} from '../../exact/interval.js';

/** Enclosures of a function and of its gradient on a box: [value, ∂₁, …, ∂_d]. Forward differentiation in interval arithmetic (Rall 1981). */
export type Dual = readonly Interval[];

const nil: Interval = [0, 0];

export function constantDual(dimension: number, value: Interval): Dual {
  return [value, ...Array.from({ length: dimension }, () => nil)];
}

export function coordinateDual(dimension: number, i: number, value: Interval): Dual {
  return [value, ...Array.from({ length: dimension }, (_, k): Interval => (k === i ? [1, 1] : nil))];
}

export function addDuals(x: Dual, y: Dual): Dual {
  return x.map((part, k) => addOf(part, y[k]));
}

export function negateDual(x: Dual): Dual {
  return x.map(negateOf);
}

export function multiplyDuals(x: Dual, y: Dual): Dual {
  return x.map((part, k) => (k === 0 ? multiplyOf(x[0], y[0]) : addOf(multiplyOf(part, y[0]), multiplyOf(x[0], y[k]))));
}

/** f(x) by the chain rule, from f on the values and f′ on them. */
export function chain(x: Dual, value: Interval, slope: Interval): Dual {
  return x.map((part, k) => (k === 0 ? value : part[0] === 0 && part[1] === 0 ? nil : multiplyOf(slope, part)));
}

export function powerDual(x: Dual, n: number): Dual {
  if (n === 0) return constantDual(x.length - 1, [1, 1]);
  return chain(x, powerOf(x[0], n), multiplyOf([n, n], powerOf(x[0], n - 1)));
}

export function reciprocalDual(x: Dual): Dual {
  const value = divideOf([1, 1], x[0]);
  return chain(x, value, value === everything ? everything : negateOf(multiplyOf(value, value)));
}

/** |x|; around 0 the slope is anything in [−1, 1], which contains every difference quotient. */
export function absoluteDual(x: Dual): Dual {
  const [low, high] = x[0];
  return chain(x, absoluteOf(x[0]), hull(low < 0 ? [-1, -1] : [1, 1], high > 0 ? [1, 1] : [-1, -1]));
}

/** offset + Σ_i weights[start + i·stride]·x_i, every step rounded outward. */
export function combineDuals(
  x: readonly Dual[],
  weights: ArrayLike<number>,
  start: number,
  stride: number,
  offset: number,
): Dual {
  return x[0].map((_, k): Interval => {
    let low = k === 0 ? offset : 0;
    let high = low;
    for (let i = 0; i < x.length; i++) {
      const w = weights[start + i * stride];
      const [l, u] = x[i][k];
      if (w === 0 || (l === 0 && u === 0)) continue;
      low = below(low + below(w > 0 ? w * l : w * u));
      high = above(high + above(w > 0 ? w * u : w * l));
    }
    return [low, high];
  });
}
