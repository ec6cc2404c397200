import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { BLOCK, makeBlocked } from './blocked.js';
import { choose } from './index.js';
import { triangularSolveScalar } from './scalar.js';
import { substitute } from './substitute.js';
import { buildSubstitute } from './substitute-module.js';
import { substituteScalar } from './substitute-scalar.js';

const special = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 1e-310, 1.7e308];

/** Numbers that follow from a seed; where `hard`, some are special. */
function fill(to: Float64Array, seed: number, hard: boolean): Float64Array {
  for (let i = 0; i < to.length; i++) {
    const pick = (seed + 17 * i + ((i * i) % 7)) % 83;
    to[i] = hard && pick < special.length ? special[pick] : 2 * Math.sin(seed + 1.7 * i) + 0.01;
  }
  return to;
}

/** Compares bits, those of NaN apart: which NaN an operation returns is not prescribed. */
function same(actual: Float64Array, expected: Float64Array): void {
  expectSameBits(
    actual.map((x) => (Number.isNaN(x) ? 1 : x)),
    expected.map((x) => (Number.isNaN(x) ? 1 : x)),
  );
}

it('the engine accepts the module', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildSubstitute().encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

describe('substitute', () => {
  const sizes = fc.record({
    size: fc.integer({ min: 0, max: 12 }),
    cols: fc.integer({ min: 0, max: 21 }),
    gap: fc.nat(3),
    backward: fc.boolean(),
    transposed: fc.boolean(),
    unit: fc.boolean(),
    hard: fc.boolean(),
    seed: fc.nat(82),
  });
  test.prop([sizes])(
    'by vectors gives the bits of the plain loops, on any strides',
    ({ size, cols, gap, backward, transposed, unit, hard, seed }) => {
      const [tStep, bStep] = [size + gap, cols + gap];
      const lengths = [size * tStep + 3, size * bStep + 3];
      const space = wasmRuntime.workspace(workspaceBytes(8 * lengths[0], 8 * lengths[1]));
      if (space === undefined) throw new Error('these tests need WebAssembly');
      const t = fill(space.float64(lengths[0]), seed, hard);
      const b = fill(space.float64(lengths[1]), seed + 5, hard);
      const [ordinaryT, expected] = [t.slice(), b.slice()];
      const sign = backward ? -1 : 1;
      const first = backward ? Math.max(size - 1, 0) : 0;
      const [row, col] = transposed ? [1, tStep] : [tStep, 1];
      const [tAt, bAt] = [1 + first * (tStep + 1), 1 + first * bStep];
      substitute(size, cols, t, tAt, sign * row, sign * col, unit, b, bAt, sign * bStep);
      substituteScalar(size, cols, ordinaryT, tAt, sign * row, sign * col, unit, expected, bAt, sign * bStep);
      same(b.slice(), expected);
      space.release();
    },
  );
});

describe('by blocks', () => {
  const engineless = makeBlocked(createRuntime(() => undefined));
  const exhausted = makeBlocked(createRuntime(currentEngine, 32));
  const usual = makeBlocked(wasmRuntime);
  const sizes = fc.constantFrom([1, 3], [BLOCK, 2], [BLOCK + 1, 17], [2 * BLOCK + 9, 8], [3 * BLOCK, 33]);

  test.prop([sizes, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(82)], { numRuns: 40 })(
    'gives the same bits wherever it runs',
    ([size, cols], lower, transpose, unit, hard, seed) => {
      const t = fill(new Float64Array(size * size + 1), seed, hard);
      const b = fill(new Float64Array(size * cols + 2), seed + 3, hard);
      const results = [usual, engineless, exhausted].map((solve) => {
        const x = b.slice();
        const status = solve(size, cols, t, 1, lower, transpose, unit, x, 1);
        return { status, x };
      });
      for (const { status, x } of results) {
        expect(status).toBe(results[0].status);
        same(x, results[0].x);
      }
    },
  );

  test.prop([sizes, fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(82)], { numRuns: 40 })(
    'agrees with the plain loops',
    ([size, cols], lower, transpose, unit, seed) => {
      // Off the diagonal so little that the condition is below 4: rounding alone separates the two.
      const t = fill(new Float64Array(size * size), seed, false).map((x) => x / (4 * size));
      for (let i = 0; i < size; i++) t[i * (size + 1)] = 1 + Math.abs(t[i * (size + 1)]);
      const b = fill(new Float64Array(size * cols), seed + 3, false);
      const [actual, expected] = [b.slice(), b.slice()];
      expect(usual(size, cols, t, 0, lower, transpose, unit, actual, 0)).toBe(-1);
      triangularSolveScalar(size, cols, t, 0, lower, transpose, unit, expected, 0);
      for (let i = 0; i < b.length; i++) {
        expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(size * 2 ** -52 * 8);
      }
    },
  );

  it('leaves B alone where the diagonal has a zero, and returns the memory', () => {
    const size = BLOCK + 2;
    const t = fill(new Float64Array(size * size), 1, false);
    t[5 * (size + 1)] = 0;
    const b = fill(new Float64Array(size * 20), 2, false);
    const x = b.slice();
    const used = wasmRuntime.used();
    expect(usual(size, 20, t, 0, true, false, false, x, 0)).toBe(5);
    expect(x).toEqual(b);
    t[5 * (size + 1)] = 1;
    expect(usual(size, 20, t, 0, true, false, false, x, 0)).toBe(-1);
    expect(wasmRuntime.used()).toBe(used);
  });

  it('is chosen by sizes', () => {
    expect([choose({ size: 63, cols: 99 }), choose({ size: 64, cols: 15 })]).toEqual(['direct', 'direct']);
    expect(choose({ size: 64, cols: 16 })).toBe('blocked');
  });
});
