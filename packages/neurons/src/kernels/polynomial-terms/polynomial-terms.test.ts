import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { factorColumns, type TermSizes } from './contract.js';
import { backwardFused, forwardFused } from './fused.js';
import { backwardScalar, forwardScalar } from './scalar.js';

const EPS = 2 ** -52;

interface Problem {
  readonly sizes: TermSizes;
  readonly x: Float64Array;
  readonly w: Float64Array;
  readonly f: Float64Array;
  readonly g: Float64Array;
}

const sizesArbitrary: fc.Arbitrary<TermSizes> = fc.record({
  batch: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 7 }) }, fc.integer({ min: 8, max: 70 })),
  inputs: fc.integer({ min: 1, max: 6 }),
  outputs: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 4 })),
  powers: fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(7)), {
    maxLength: 5,
  }),
  interactions: fc.array(fc.record({ order: fc.integer({ min: 1, max: 7 }), rank: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: 3,
  }),
});

/** Values by a small generator of their own: typed arrays shrink badly and sizes are what matters here. */
function problem(sizes: TermSizes, seed: number, draw: (u: number) => number): Problem {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return draw((state >>> 8) / 2 ** 24);
  };
  const fill = (count: number): Float64Array => Float64Array.from({ length: count }, next);
  const { batch, inputs, outputs, powers, interactions } = sizes;
  return {
    sizes,
    x: fill(batch * inputs),
    w: fill(powers.length * inputs * outputs),
    f: fill(inputs * factorColumns(interactions, outputs)),
    g: fill((powers.length + interactions.length) * batch * outputs),
  };
}

/** One value in five is an exact zero: products with zero factors are the case that a division would break. */
const real = (u: number): number => (u < 0.2 ? 0 : 4 * u - 2.4);
const integer = (u: number): number => Math.floor(5 * u) - 2;

interface Results {
  readonly terms: Float64Array;
  readonly z: Float64Array;
  readonly gx: Float64Array;
  readonly gw: Float64Array;
  readonly gf: Float64Array;
}

function run({ sizes, x, w, f, g }: Problem, forward: typeof forwardFused, backward: typeof backwardFused): Results {
  const columns = factorColumns(sizes.interactions, sizes.outputs);
  // Outputs start as NaN: a kernel that leaves one unwritten, or adds where it should store, is seen.
  const blank = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);
  const out = {
    terms: blank(g.length),
    z: blank(sizes.batch * columns),
    gx: blank(x.length),
    gw: blank(w.length),
    gf: blank(f.length),
  };
  forward(sizes, x, w, f, out.terms, out.z);
  backward(sizes, g, x, w, f, out.z, out.gx, out.gw, out.gf);
  return out;
}

/** The same sums of absolute values: what the rounding errors of each entry are measured against. */
function magnitudes({ sizes, x, w, f, g }: Problem): Results {
  const abs = (a: Float64Array): Float64Array => a.map(Math.abs);
  return run({ sizes, x: abs(x), w: abs(w), f: abs(f), g: abs(g) }, forwardScalar, backwardScalar);
}

/** Roundings on the way to any one entry: each factor is a sum of D products, then products and sums over r, b, W. */
function roundings({ batch, inputs, outputs, powers, interactions }: TermSizes): number {
  const order = Math.max(1, ...powers, ...interactions.map((q) => q.order));
  return 4 * (order * (inputs + 2) + batch + factorColumns(interactions, outputs) + powers.length * outputs);
}

function maxExcess(actual: Float64Array, expected: Float64Array, scale: Float64Array, c: number): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const excess = Math.abs(actual[i] - expected[i]) - c * EPS * scale[i];
    if (!(excess <= worst)) worst = excess;
  }
  return worst;
}

const names = ['terms', 'z', 'gx', 'gw', 'gf'] as const;

describe('polynomial-terms kernel', () => {
  test.prop([sizesArbitrary, fc.integer()])('fused agrees with the scalar oracle', (sizes, seed) => {
    const p = problem(sizes, seed, real);
    const fused = run(p, forwardFused, backwardFused);
    const oracle = run(p, forwardScalar, backwardScalar);
    const scale = magnitudes(p);
    for (const name of names) expect(maxExcess(fused[name], oracle[name], scale[name], roundings(sizes)), name).toBe(0);
  });

  test.prop([sizesArbitrary, fc.integer()])('fused equals the oracle exactly on small integers', (sizes, seed) => {
    const p = problem(sizes, seed, integer);
    const fused = run(p, forwardFused, backwardFused);
    const oracle = run(p, forwardScalar, backwardScalar);
    // 2^53 bounds every sum of magnitudes here but for the widest problems of the highest order.
    const scale = magnitudes(p);
    fc.pre(names.every((name) => scale[name].every((s) => s < 2 ** 53)));
    for (const name of names) expect(maxExcess(fused[name], oracle[name], scale[name], 0), name).toBe(0);
  });

  test('batches of several blocks and wide factors agree with the oracle', () => {
    const interactions = [
      { order: 6, rank: 40 },
      { order: 2, rank: 30 },
    ];
    for (const batch of [1, 32, 33, 257]) {
      for (const outputs of [1, 3]) {
        const sizes = { batch, inputs: 5, outputs, powers: [3, 1, 2], interactions };
        const p = problem(sizes, batch, real);
        const fused = run(p, forwardFused, backwardFused);
        const oracle = run(p, forwardScalar, backwardScalar);
        const scale = magnitudes(p);
        for (const name of names) {
          expect(maxExcess(fused[name], oracle[name], scale[name], roundings(sizes)), name).toBe(0);
        }
      }
    }
  });

  test.prop([sizesArbitrary, fc.integer()])('the gradient matches central differences', (sizes, seed) => {
    const p = problem(sizes, seed, real);
    const v = problem(sizes, seed + 1, real);
    const value = ({ x, w, f, g }: Omit<Problem, 'sizes'>): number => {
      const terms = new Float64Array(g.length);
      const columns = factorColumns(sizes.interactions, sizes.outputs);
      forwardFused(sizes, x, w, f, terms, new Float64Array(sizes.batch * columns));
      return terms.reduce((sum, term, i) => sum + term * g[i], 0);
    };
    const moved = (a: Float64Array, b: Float64Array, t: number): Float64Array => a.map((s, i) => s + t * b[i]);
    const at = (t: number): number =>
      value({ x: moved(p.x, v.x, t), w: moved(p.w, v.w, t), f: moved(p.f, v.f, t), g: p.g });
    const { gx, gw, gf } = run(p, forwardFused, backwardFused);
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, s, i) => sum + s * b[i], 0);
    const slope = dot(gx, v.x) + dot(gw, v.w) + dot(gf, v.f);
    // t -> at(t) is a polynomial of degree n whose coefficients sum in magnitude to at most `bound`, so that
    // its third derivative near 0 is below n^3 * bound; the rest is the rounding of both values over 2h.
    const h = 2 ** -17;
    const n = Math.max(1, ...sizes.powers.map((k) => k + 1), ...sizes.interactions.map((q) => 2 * q.order));
    const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((s, i) => Math.abs(s) + Math.abs(b[i]));
    const bound = value({ x: sum(p.x, v.x), w: sum(p.w, v.w), f: sum(p.f, v.f), g: p.g.map(Math.abs) });
    const tolerance = bound * ((n ** 3 * h ** 2) / 6 + (roundings(sizes) * EPS) / h);
    expect(Math.abs((at(h) - at(-h)) / (2 * h) - slope)).toBeLessThanOrEqual(tolerance);
  });

  test('zeros among the factors are ordinary numbers', () => {
    const sizes = { batch: 1, inputs: 1, outputs: 1, powers: [], interactions: [{ order: 3, rank: 1 }] };
    const p = { sizes, x: Float64Array.of(1), w: new Float64Array(0), g: Float64Array.of(1) };
    const one = run({ ...p, f: Float64Array.of(0, 2, 3) }, forwardFused, backwardFused);
    expect([...one.terms, ...one.gf, ...one.gx]).toEqual([0, 6, 0, 0, 0]);
    const two = run({ ...p, f: Float64Array.of(0, 0, 3) }, forwardFused, backwardFused);
    expect([...two.terms, ...two.gf, ...two.gx]).toEqual([0, 0, 0, 0, 0]);
  });

  test('known values: two inputs, one power and one product', () => {
    const sizes = { batch: 1, inputs: 2, outputs: 1, powers: [2], interactions: [{ order: 2, rank: 1 }] };
    const p = { x: Float64Array.of(3, 5), w: Float64Array.of(2, -1), f: Float64Array.of(1, 2, 0, 1) };
    const { terms, z, gx, gw, gf } = run({ sizes, ...p, g: Float64Array.of(1, 10) }, forwardFused, backwardFused);
    expect([...z]).toEqual([3, 11]);
    expect([...terms]).toEqual([2 * 9 - 25, 33]);
    expect([...gw]).toEqual([9, 25]);
    expect([...gf]).toEqual([330, 90, 550, 150]);
    expect([...gx]).toEqual([12 + 10 * (11 + 6), -10 + 10 * 3]);
  });

  test.prop([sizesArbitrary, fc.integer()])('a gradient not asked for changes no bit of the others', (sizes, seed) => {
    const p = problem(sizes, seed, real);
    const { z, gx, gw, gf } = run(p, forwardFused, backwardFused);
    const blank = (a: Float64Array): Float64Array => new Float64Array(a.length).fill(Number.NaN);
    for (let mask = 0; mask < 8; mask++) {
      const ask = [gx, gw, gf].map((a, i) => ((mask >> i) & 1 ? blank(a) : undefined));
      backwardFused(sizes, p.g, p.x, p.w, p.f, z, ask[0], ask[1], ask[2]);
      [gx, gw, gf].forEach((a, i) => {
        if (ask[i] !== undefined) expect(maxExcess(ask[i], a, a, 0)).toBe(0);
      });
    }
  });

  test('a power that nobody asked for may overflow', () => {
    const sizes = { batch: 1, inputs: 1, outputs: 1, powers: [1, 2, 3], interactions: [] };
    const p = { sizes, x: Float64Array.of(1e100), w: Float64Array.of(1, 1, 1), f: new Float64Array(0) };
    const { terms, gx } = run({ ...p, g: Float64Array.of(1, 1, 1) }, forwardFused, backwardFused);
    expect(terms.every(Number.isFinite)).toBe(true);
    expect(gx[0] / 3e200).toBeCloseTo(1, 12);
  });
});
