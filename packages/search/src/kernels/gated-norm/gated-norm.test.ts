import { fc, test } from '@fast-check/vitest';
import { data, expectClose, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import type { GatedNormSizes } from './contract.js';
import { gatedNormBackward, gatedNormForward } from './scalar.js';

interface Problem {
  readonly sizes: GatedNormSizes;
  readonly x: Float64Array;
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  readonly gate: Float64Array;
  /** Cotangent of y. */
  readonly g: Float64Array;
}

const sizesArbitrary: fc.Arbitrary<GatedNormSizes> = fc.record({
  terms: fc.integer({ min: 0, max: 4 }),
  batch: fc.oneof({ weight: 2, arbitrary: fc.constant(2) }, fc.integer({ min: 1, max: 9 })),
  outputs: fc.integer({ min: 1, max: 3 }),
});

/** Every other term is constant over the batch in one case of two; one gate in three is closed, one in three fully open. */
const problems: fc.Arbitrary<Problem> = sizesArbitrary.chain((sizes) => {
  const { terms, batch, outputs } = sizes;
  const numbers = (n: number): fc.Arbitrary<Float64Array> =>
    data({ shape: [n], min: -4, max: 4 }).map((d) => d.data.slice());
  const gates = fc.array(fc.oneof(fc.constantFrom(0, 1), value({ min: 0, max: 1 })), {
    minLength: terms,
    maxLength: terms,
  });
  return fc
    .record({
      x: numbers(terms * batch * outputs),
      scale: numbers(terms * outputs),
      shift: numbers(terms * outputs),
      gate: gates.map((a) => Float64Array.from(a)),
      g: numbers(batch * outputs),
      constant: fc.boolean(),
    })
    .map(({ constant, x, ...rest }) => {
      for (let t = 0; constant && t < terms; t += 2) {
        for (let i = outputs; i < batch * outputs; i++)
          x[t * batch * outputs + i] = x[t * batch * outputs + (i % outputs)];
      }
      return { sizes, x, ...rest };
    });
});

/** Outputs start as NaN: a kernel that leaves one unwritten, or adds where it should store, is seen. */
const blank = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);

interface Forward {
  readonly y: Float64Array;
  readonly mean: Float64Array;
  readonly inverse: Float64Array;
}

function forward({ sizes, x, scale, shift, gate }: Omit<Problem, 'g'>): Forward {
  const { terms, batch, outputs } = sizes;
  const out = { y: blank(batch * outputs), mean: blank(terms * outputs), inverse: blank(terms * outputs) };
  gatedNormForward(sizes, x, scale, shift, gate, out.y, out.mean, out.inverse);
  return out;
}

function backward(p: Problem): [x: Float64Array, scale: Float64Array, shift: Float64Array, gate: Float64Array] {
  const { mean, inverse } = forward(p);
  const [gx, gScale, gShift, gGate] = [p.x, p.scale, p.shift, p.gate].map(({ length }) => blank(length));
  gatedNormBackward(p.sizes, p.g, p.x, p.scale, p.shift, p.gate, mean, inverse, gx, gScale, gShift, gGate);
  return [gx, gScale, gShift, gGate];
}

/** BatchNorm1d in training mode as PyTorch documents it, term by term and column by column; then the gated sum. */
function oracle({ sizes: { terms, batch, outputs }, x, scale, shift, gate }: Problem): number[] {
  const normalised = Array.from({ length: terms * outputs }, (_, q) => {
    const [t, c] = [Math.floor(q / outputs), q % outputs];
    const column = Array.from({ length: batch }, (_, b) => x[(t * batch + b) * outputs + c]);
    const average = column.reduce((sum, v) => sum + v, 0) / batch;
    const variance = column.map((v) => (v - average) ** 2).reduce((sum, v) => sum + v, 0) / batch;
    return column.map((v) => ((v - average) / Math.sqrt(variance + 1e-5)) * scale[q] + shift[q]);
  });
  return Array.from({ length: batch * outputs }, (_, i) => {
    const [b, c] = [Math.floor(i / outputs), i % outputs];
    let sum = 0;
    for (let t = 0; t < terms; t++) sum += gate[t] * normalised[t * outputs + c][b];
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, i) => sum + v * b[i], 0);
}

/** Sums of B values for mean and variance, then two products and a difference each of which may cancel, then T terms. */
function tolerance({ sizes: { terms, batch } }: Problem, inverse: Float64Array): { factor: number; scale: number } {
  return { factor: 4 * (batch + terms + 8), scale: (terms + 1) * 4 * (4 * Math.max(1, ...inverse) + 1) };
}

describe('gated-norm kernel', () => {
  test.prop([problems])('forward agrees with normalising each term first and adding after', (p) => {
    const { y, inverse } = forward(p);
    expectClose(y, oracle(p), tolerance(p, inverse));
  });

  test.prop([problems])('backward is the transpose of the derivative, by central differences', (p) => {
    const places = ['x', 'scale', 'shift', 'gate'] as const;
    const pulled = backward(p);
    // Along no values and no ones, both of which normalisation is blind to.
    const direction = pulled.map((a, k) => a.map((_, i) => Math.cos(3 * i + k + 1)));
    const along = (t: number): number => {
      const moved = places.map((name, k) => p[name].map((v, i) => v + t * direction[k][i]));
      const { y } = forward({ sizes: p.sizes, x: moved[0], scale: moved[1], shift: moved[2], gate: moved[3] });
      return dot(y, p.g);
    };
    const slope = pulled.reduce((sum, a, k) => sum + dot(a, direction[k]), 0);
    const size = pulled.reduce((sum, a, k) => sum + dot(a.map(Math.abs), direction[k].map(Math.abs)), 0);
    // Richardson's extrapolation. A constant term changes over lengths of √1e-5 = 0.003: a fifth derivative of 316⁵ times h⁴ is 1e-8.
    const h = 2 ** -17;
    const central = (step: number): number => (along(step) - along(-step)) / (2 * step);
    const difference = (4 * central(h / 2) - central(h)) / 3;
    const { factor, scale } = tolerance(p, forward(p).inverse);
    const rounding = factor * 2 ** -52 * scale * (1 + p.g.reduce((sum, v) => sum + Math.abs(v), 0));
    expect(Math.abs(difference - slope)).toBeLessThanOrEqual(1e-6 * size + (4 * rounding) / h);
  });

  test.prop([problems])(
    'a closed gate blocks its term and what flows back into it, but not the gradient of the gate',
    (p) => {
      const { terms, batch, outputs } = p.sizes;
      fc.pre(terms > 0);
      const closed = { ...p, gate: p.gate.map((z, t) => (t === 0 ? 0 : z)) };
      const other = { ...closed, x: p.x.map((v, i) => (i < batch * outputs ? v * v + i : v)) };
      expect(forward(other).y).toEqual(forward(closed).y);
      const [gx, gScale, gShift, gGate] = backward(closed);
      for (const part of [gx.subarray(0, batch * outputs), gScale.subarray(0, outputs), gShift.subarray(0, outputs)])
        expect(part.every((v) => v === 0)).toBe(true);
      const open = backward({ ...p, gate: p.gate.map((z, t) => (t === 0 ? 1 : z)) });
      expect(gGate[0]).toBe(open[3][0]);
    },
  );

  test('known values: two rows, two outputs, one term constant in one output', () => {
    const p = {
      sizes: { terms: 1, batch: 2, outputs: 2 },
      x: Float64Array.of(1, 7, 3, 7),
      scale: Float64Array.of(2, 5),
      shift: Float64Array.of(1, -1),
      gate: Float64Array.of(0.5),
      g: Float64Array.of(1, 1, 2, 1),
    };
    const { y, mean, inverse } = forward(p);
    // Deviation 1 about 2, variance 1; and a constant 7, whose normalised value is 0.
    const d = 1 / Math.sqrt(1 + 1e-5);
    expectClose(mean, [2, 7], { factor: 0 });
    expectClose(inverse, [d, 1 / Math.sqrt(1e-5)], { factor: 2 });
    expectClose(y, [0.5 * (1 - 2 * d), -0.5, 0.5 * (1 + 2 * d), -0.5], { factor: 8 });
    const [gx, gScale, gShift, gGate] = backward(p);
    expectClose(gScale, [0.5 * d, 0], { factor: 8 });
    expectClose(gShift, [1.5, 1], { factor: 0 });
    expectClose(gGate, [2 * d + 3 - 2], { factor: 8 });
    // Both rows moved apart: only 1e-5 of the slope is left, because the deviation is divided out again.
    const left = 0.5 * 2 * d * (0.5 - (0.5 * 1) / (1 + 1e-5));
    expectClose(gx, [-left, 0, left, 0], { factor: 8, scale: 1 });
  });

  test('no terms give zeros, no rows give nothing', () => {
    const none = {
      x: new Float64Array(0),
      scale: new Float64Array(0),
      shift: new Float64Array(0),
      gate: new Float64Array(0),
    };
    const sizes = { terms: 0, batch: 2, outputs: 2 };
    expect([...forward({ ...none, sizes }).y]).toEqual([0, 0, 0, 0]);
    expect(backward({ ...none, sizes, g: Float64Array.of(1, 2, 3, 4) }).map(({ length }) => length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(forward({ ...none, sizes: { terms: 0, batch: 0, outputs: 2 } }).y.length).toBe(0);
  });
});
