import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { coreSize, type InteractionTermSizes, termColumns } from './contract.js';
import { interactionTermBackward, interactionTermForward } from './fused.js';
import { backwardScalar, forwardScalar, productsOf } from './scalar.js';

const EPS = 2 ** -52;

interface Problem {
  readonly sizes: InteractionTermSizes;
  readonly x: Float64Array;
  readonly f: Float64Array;
  readonly core: Float64Array;
  readonly g: Float64Array;
}

const sizesArbitrary: fc.Arbitrary<InteractionTermSizes> = fc
  .record({
    form: fc.constantFrom('symmetric' as const, 'tucker' as const, 'tt' as const),
    batch: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.integer({ min: 8, max: 40 })),
    inputs: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    order: fc.integer({ min: 1, max: 5 }),
    all: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ all, ...sizes }) => {
    const count = { symmetric: 1, tucker: sizes.order, tt: sizes.order - 1 }[sizes.form];
    return { ...sizes, ranks: all.slice(0, count) };
  });

/** Values by a small generator of their own: sizes are what shrinks here. */
function problem(sizes: InteractionTermSizes, seed: number, draw: (u: number) => number): Problem {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return draw((state >>> 8) / 2 ** 24);
  };
  const fill = (count: number): Float64Array => Float64Array.from({ length: count }, next);
  const { batch, inputs, outputs } = sizes;
  return {
    sizes,
    x: fill(batch * inputs),
    f: fill(inputs * termColumns(sizes)),
    core: fill(coreSize(sizes)),
    g: fill(batch * outputs),
  };
}

/** One value in five is an exact zero. */
const real = (u: number): number => (u < 0.2 ? 0 : 4 * u - 2.4);
const integer = (u: number): number => Math.floor(5 * u) - 2;

const names = ['out', 'z', 'gx', 'gf', 'gCore'] as const;
type Results = Readonly<Record<(typeof names)[number], Float64Array>>;

function run(
  { sizes, x, f, core, g }: Problem,
  forward: typeof interactionTermForward,
  backward: typeof interactionTermBackward,
): Results {
  // Outputs start as NaN: a kernel that leaves one unwritten, or adds where it should store, is seen.
  const blank = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);
  const results = {
    out: blank(g.length),
    z: blank(sizes.batch * termColumns(sizes)),
    gx: blank(x.length),
    gf: blank(f.length),
    gCore: blank(core.length),
  };
  forward(sizes, x, f, core, results.out, results.z);
  backward(sizes, g, x, f, core, results.z, results.gx, results.gf, results.gCore);
  return results;
}

const fused = (p: Problem): Results => run(p, interactionTermForward, interactionTermBackward);
const scalar = (p: Problem): Results => run(p, forwardScalar, backwardScalar);

/** The same sums of absolute values: what the rounding errors of each entry are measured against. */
function magnitudes({ sizes, x, f, core, g }: Problem): Results {
  const abs = (a: Float64Array): Float64Array => a.map(Math.abs);
  return scalar({ sizes, x: abs(x), f: abs(f), core: abs(core), g: abs(g) });
}

/** Roundings on the way to any one entry: a form is a sum of D products; then products and sums over products, rows and columns. */
function roundings(sizes: InteractionTermSizes): number {
  return 4 * (sizes.order * (sizes.inputs + 2) + sizes.batch + termColumns(sizes) + productsOf(sizes).length);
}

function maxExcess(actual: Float64Array, expected: Float64Array, scale: Float64Array, c: number): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const excess = Math.abs(actual[i] - expected[i]) - c * EPS * scale[i];
    if (!(excess <= worst)) worst = excess;
  }
  return worst;
}

describe('interaction-term kernel', () => {
  test.prop([sizesArbitrary, fc.integer()])('fused agrees with the sum over all products', (sizes, seed) => {
    const p = problem(sizes, seed, real);
    const [actual, expected, scale] = [fused(p), scalar(p), magnitudes(p)];
    for (const name of names) {
      expect(maxExcess(actual[name], expected[name], scale[name], roundings(sizes)), name).toBe(0);
    }
  });

  test.prop([sizesArbitrary, fc.integer()])('fused equals it exactly on small integers', (sizes, seed) => {
    const p = problem(sizes, seed, integer);
    const [actual, expected, scale] = [fused(p), scalar(p), magnitudes(p)];
    fc.pre(names.every((name) => scale[name].every((s) => s < 2 ** 53)));
    for (const name of names) expect(maxExcess(actual[name], expected[name], scale[name], 0), name).toBe(0);
  });

  test.each([
    { form: 'symmetric' as const, order: 3, ranks: [700] },
    { form: 'tucker' as const, order: 2, ranks: [30, 17] },
    { form: 'tt' as const, order: 3, ranks: [25, 20] },
  ])('batches of several blocks agree: $form', (form) => {
    for (const [batch, outputs] of [
      [33, 1],
      [150, 3],
    ]) {
      const sizes = { ...form, batch, inputs: 2, outputs };
      const p = problem(sizes, batch, integer);
      const [actual, expected] = [fused(p), scalar(p)];
      for (const name of names) expect(maxExcess(actual[name], expected[name], expected[name], 0), name).toBe(0);
    }
  });

  test.prop([sizesArbitrary, fc.integer()])('a gradient not asked for changes no bit of the others', (sizes, seed) => {
    const { x, f, core, g } = problem(sizes, seed, real);
    const { z, gx, gf, gCore } = fused({ sizes, x, f, core, g });
    for (let mask = 0; mask < 8; mask++) {
      const ask = [gx, gf, gCore].map((a, i) =>
        (mask >> i) & 1 ? new Float64Array(a.length).fill(Number.NaN) : undefined,
      );
      interactionTermBackward(sizes, g, x, f, core, z, ask[0], ask[1], ask[2]);
      [gx, gf, gCore].forEach((a, i) => {
        if (ask[i] !== undefined) expect(ask[i]).toEqual(a);
      });
    }
  });

  test('known values: 2·z1·z3 − z2·z3 with z = (1, 2, 3)', () => {
    const sizes = { form: 'tucker' as const, batch: 1, inputs: 1, outputs: 1, order: 2, ranks: [2, 1] };
    const p = { sizes, x: Float64Array.of(1), f: Float64Array.of(1, 2, 3), core: Float64Array.of(2, -1) };
    const { out, gx, gf, gCore } = fused({ ...p, g: Float64Array.of(1) });
    expect([...out]).toEqual([0]);
    expect([...gf]).toEqual([6, -3, 0]);
    expect([...gCore]).toEqual([3, 6]);
    expect([...gx]).toEqual([0]);
  });
});
