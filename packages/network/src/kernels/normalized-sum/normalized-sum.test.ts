import { fc, test } from '@fast-check/vitest';
import { data, expectClose } from '@neuronseek/testkit';
import { describe } from 'vitest';
import { type NormalizedSumSizes, normalizedSumBackward, normalizedSumForward } from './index.js';

interface Problem {
  readonly sizes: NormalizedSumSizes;
  readonly x: Float64Array;
  readonly scale: Float64Array;
  readonly bias: Float64Array;
  /** Cotangent of y. */
  readonly g: Float64Array;
}

const problems: fc.Arbitrary<Problem> = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
  .chain(([terms, batch, outputs, constant]) => {
    const numbers = (n: number): fc.Arbitrary<Float64Array> =>
      data({ shape: [n], min: -4, max: 4 }).map((d) => d.data.slice());
    return fc
      .record({
        sizes: fc.constant({ terms, batch, outputs }),
        x: numbers(terms * batch * outputs),
        scale: numbers(terms * outputs),
        bias: numbers(outputs),
        g: numbers(batch * outputs),
      })
      .map((p) => {
        // The first term may be constant over the batch.
        const same = (i: number): number => p.x[i % outputs];
        const x = constant ? p.x.map((v, i) => (i < batch * outputs ? same(i) : v)) : p.x;
        return { ...p, x };
      });
  });

/** Outputs start as NaN: a kernel that leaves one unwritten, or adds where it should store, is seen. */
const blank = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);

interface Forward {
  readonly y: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

function forward({ sizes, x, scale, bias }: Omit<Problem, 'g'>): Forward {
  const { terms, batch, outputs } = sizes;
  const out = { y: blank(batch * outputs), mean: blank(terms * outputs), variance: blank(terms * outputs) };
  normalizedSumForward(sizes, x, scale, bias, out.y, out.mean, out.variance);
  return out;
}

function backward(p: Problem): Record<'x' | 'scale' | 'bias', Float64Array> {
  const { mean, variance } = forward(p);
  const out = { x: blank(p.x.length), scale: blank(p.scale.length), bias: blank(p.bias.length) };
  normalizedSumBackward(p.sizes, p.g, p.x, p.scale, mean, variance, out.x, out.scale, out.bias);
  return out;
}

/** Term by term and column by column: each column normalised, then the sum. */
function oracle({ sizes: { terms, batch, outputs }, x, scale, bias }: Omit<Problem, 'g'>): Record<string, number[]> {
  const [mean, variance]: [number[], number[]] = [[], []];
  const y = Array.from({ length: batch * outputs }, (_, o) => bias[o % outputs]);
  for (let t = 0; t < terms; t++) {
    for (let c = 0; c < outputs; c++) {
      const column = Array.from({ length: batch }, (_, b) => x[(t * batch + b) * outputs + c]);
      const average = column.reduce((a, b) => a + b, 0) / batch;
      const spread = column.reduce((a, b) => a + (b - average) ** 2, 0) / batch;
      mean.push(average);
      variance.push(spread);
      column.forEach((v, b) => {
        y[b * outputs + c] += ((v - average) / Math.sqrt(spread + 1e-5)) * scale[t * outputs + c];
      });
    }
  }
  return { y, mean, variance };
}

describe('normalized-sum kernel', () => {
  test.prop([problems])('forward agrees with normalising each column by itself', (p) => {
    const { y, mean, variance } = forward(p);
    const expected = oracle(p);
    // Means of up to 9 numbers up to 4; rounding a constant column leaves deviations of an ulp or two, times at most 1/√1e-5 = 316.
    expectClose(mean, expected.mean, { factor: 20, scale: 4 });
    expectClose(variance, expected.variance, { factor: 60, scale: 16 });
    expectClose(y, expected.y, { factor: 60, scale: 4 + 4 * 4 * 316 });
  });

  test.prop([problems])('backward is the chain rule through mean and variance, written out', (p) => {
    const { terms, batch, outputs } = p.sizes;
    const pulled = backward(p);
    const [gx, gScale] = [new Float64Array(p.x.length), new Float64Array(p.scale.length)];
    for (let t = 0; t < terms; t++) {
      for (let c = 0; c < outputs; c++) {
        const at = (b: number): number => (t * batch + b) * outputs + c;
        const rows = Array.from({ length: batch }, (_, b) => b);
        const column = rows.map((b) => p.x[at(b)]);
        const average = column.reduce((a, b) => a + b, 0) / batch;
        const spread = column.reduce((a, b) => a + (b - average) ** 2, 0) / batch + 1e-5;
        const s = p.scale[t * outputs + c];
        const g = rows.map((b) => p.g[b * outputs + c]);
        // y = s·d·v^(−1/2): through d, through v (∂v/∂xᵢ = 2·dᵢ/B, because Σd = 0), and through the mean in d.
        const throughDeviation = g.map((v) => (v * s) / Math.sqrt(spread));
        const toVariance = rows.reduce((a, b) => a - 0.5 * g[b] * s * (column[b] - average) * spread ** -1.5, 0);
        const toMean = -throughDeviation.reduce((a, b) => a + b, 0) / batch;
        for (const b of rows) {
          gx[at(b)] = throughDeviation[b] + toMean + (toVariance * 2 * (column[b] - average)) / batch;
          gScale[t * outputs + c] += (g[b] * (column[b] - average)) / Math.sqrt(spread);
        }
      }
    }
    const gBias = Array.from({ length: outputs }, (_, c) =>
      p.g.reduce((total, v, o) => (o % outputs === c ? total + v : total), 0),
    );
    // Up to 9 products of two numbers up to 4, divided by at least √1e-5; terms of either sign cancel.
    const scale = 9 * 16 * 316;
    expectClose(pulled.x, gx, { factor: 100, scale });
    expectClose(pulled.scale, gScale, { factor: 100, scale });
    expectClose(pulled.bias, gBias, { factor: 20, scale: 36 });
  });

  test.prop([problems, fc.integer({ min: -4, max: 4 })])('what shifts a whole term changes nothing', (p, shift) => {
    const { batch, outputs } = p.sizes;
    const shifted = p.x.map((v, i) => v + shift * (1 + Math.floor(i / (batch * outputs))));
    // The shift, up to 16, is rounded in and out.
    expectClose(forward({ ...p, x: shifted }).y, forward(p).y, { factor: 60, scale: 20 * 4 * 4 * 316 });
  });

  test('known values: two rows, two outputs, one of them constant', () => {
    const p = {
      sizes: { terms: 1, batch: 2, outputs: 2 },
      x: Float64Array.of(1, 7, 3, 7),
      scale: Float64Array.of(2, 5),
      bias: Float64Array.of(0.5, -1),
      g: Float64Array.of(1, 1, 2, 1),
    };
    const { y, mean, variance } = forward(p);
    const d = 1 / Math.sqrt(1 + 1e-5);
    expectClose(mean, [2, 7], { factor: 0 });
    expectClose(variance, [1, 0], { factor: 0 });
    expectClose(y, [0.5 - 2 * d, -1, 0.5 + 2 * d, -1], { factor: 4 });
    const pulled = backward(p);
    expectClose(pulled.bias, [3, 2], { factor: 0 });
    expectClose(pulled.scale, [d, 0], { factor: 4 });
    // Both rows moved apart: only 1e-5 of the slope is left, because the deviation is divided out again.
    const left = 2 * d * (0.5 - 0.5 / (1 + 1e-5));
    expectClose(pulled.x, [-left, 0, left, 0], { factor: 8, scale: 1 });
  });
});
