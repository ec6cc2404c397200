import { matmul, matrixTranspose, mul, ones, sub, sum, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { qr } from '@neuronseek/tensor/linalg';
import { key, split, uniform } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import {
  type CpInitMethod,
  type CpTensor,
  cpAls,
  cpAlsDefaults,
  cpInner,
  cpToTensor,
  initializeCp,
  tuckerToTensor,
} from '../src/index.js';
import { irregular } from './irregular.js';

const norm = (t: Tensor): number => Math.sqrt(sum(mul(t, t)).item());

/** A tensor of the given rank with factors drawn evenly from [0, 1), as TensorLy's `random_cp`. */
function evenly(shape: readonly number[], rank: number, seed: number): Tensor {
  const keys = split(key(seed), shape.length);
  const factors = shape.map((n, m) => tensor(uniform(keys[m], n * rank), [n, rank]));
  return cpToTensor({ weights: ones([rank]), factors });
}

describe('peers’ cases of alternating least squares', () => {
  const grid = [
    [1, 1],
    [3, 4],
  ].flatMap(([trueRank, rank]) => (['svd', 'random'] as const).map((init) => [trueRank, rank, init] as const));

  test.each(grid)(
    '[6, 8, 7] of rank %i at rank %i from %s: close, and errors never rise (peer case 1)',
    (trueRank: number, rank: number, init: CpInitMethod) => {
      const x = evenly([6, 8, 7], trueRank, 1234);
      const found = cpAls(x, rank, { init, key: key(1) });
      const rest = sub(cpToTensor(found), x);
      expect(norm(rest) / norm(x)).toBeLessThan(0.01);
      expect(Math.max(...rest.toTypedArray().map(Math.abs))).toBeLessThan(0.05);
      // Rounding of an error of 0 relative to the data is the only rise allowed.
      checkMonotone(found.trace, { factor: 10, scale: 1 });
    },
  );

  test('equal keys give equal factors and errors, others others (peer case 2)', () => {
    const x = evenly([6, 8, 7], 3, 1234);
    const [a, b, c] = [7, 7, 8].map((seed) => cpAls(x, 3, { key: key(seed), maxIterations: 5, tolerance: 0 }));
    expectSameBits(a.trace, b.trace);
    a.factors.forEach((factor, m) => {
      expectSameBits(factor.toTypedArray(), b.factors[m].toTypedArray());
    });
    expect(c.trace).not.toEqual(a.trace);
  });

  test.each([0, 1, 2])('mode %i fixed: its factor is the same after two sweeps (peer case 3)', (mode) => {
    const x = evenly([6, 8, 7], 3, 1234);
    const init = initializeCp(x, 3, { key: key(3) });
    const before = init.factors[mode].toArray();
    const found = cpAls(x, 3, { init, fixedModes: [mode], maxIterations: 2, tolerance: 0 });
    expect(found.factors[mode].toArray()).toEqual(before);
    expect(found.iterations).toBe(2);
    expect(found.relativeError).toBeLessThan(cpAls(x, 3, { init, maxIterations: 0 }).relativeError);
  });

  test('ten sweeps with line search on [5, 5, 5] at rank 5 are no worse than ten without (peer case 7)', () => {
    const x = evenly([5, 5, 5], 5, 1234);
    const init = initializeCp(x, 5, { key: key(2) });
    const options = { init, maxIterations: 10, tolerance: 0 };
    const plain = cpAls(x, 5, options).relativeError;
    expect(cpAls(x, 5, { ...options, lineSearch: true }).relativeError).toBeLessThan(plain + 0.1);
  });

  test.each(['svd', 'random'] as const)(
    '[[29, 39], [63, 85]] at rank 2 from %s is fitted exactly (peer case 26)',
    (init) => {
      const x = tensor([
        [29, 39],
        [63, 85],
      ]);
      const found = cpAls(x, 2, { init, key: key(1) });
      expect(1 - found.relativeError).toBeCloseTo(1, 12);
      expectClose(cpToTensor(found).toTypedArray(), x.toTypedArray(), { factor: 2 ** 12, scale: 85 });
    },
  );

  test.each(['svd', 'random'] as const)('zeros at rank 2 from %s have residual 0 (peer case 27)', (init) => {
    const found = cpAls(zeros([2, 3, 4]), 2, { init });
    expect(found.relativeError).toBe(0);
    expect(
      cpToTensor(found)
        .toTypedArray()
        .every((v) => v === 0),
    ).toBe(true);
    for (const factor of found.factors) expect(factor.toTypedArray().every(Number.isFinite)).toBe(true);
  });

  test('a tensor in Tucker form is fitted through its core: the same errors, sweep by sweep (peer case 28)', () => {
    const core = irregular([2, 3, 2], 4);
    const factors = [5, 6, 4].map((n, m) => qr(irregular([n, core.shape[m]], m + 1)).q);
    const x = tuckerToTensor({ core, factors });
    const init = initializeCp(core, 2, { key: key(5) });
    const expanded = { ...init, factors: init.factors.map((factor, m) => matmul(factors[m], factor)) };
    const options = { maxIterations: 30, tolerance: 0 };
    const [small, large] = [cpAls(core, 2, { init, ...options }), cpAls(x, 2, { init: expanded, ...options })];
    expectClose(large.trace, small.trace, { factor: 2 ** 16, scale: 1 });
    large.factors.forEach((factor, m) => {
      // What the large fit found lies in the space of the core's factors.
      expectClose(
        matmul(factors[m], matmul(matrixTranspose(factors[m]), factor)).toTypedArray(),
        factor.toTypedArray(),
        {
          factor: 2 ** 16,
          scale: 1,
        },
      );
    });
  });

  test('options written out, or passed on from another run, give identical output (peer case 29)', () => {
    const x = evenly([3, 4, 5], 2, 5);
    const options = { ...cpAlsDefaults, maxIterations: 20, key: key(4) };
    const first = cpAls(x, 2, { maxIterations: 20, key: key(4) });
    const again = cpAls(x, 2, options);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    // The start that the key stands for, passed as a tensor, is that of the run too.
    const started = cpAls(x, 2, { ...options, init: initializeCp(x, 2, { key: key(4) }) });
    expectClose(started.trace, first.trace, { factor: 2 ** 12, scale: 1 });
  });

  const byRow = (u: number[], v: number[]): number[][] => u.map((a) => v.map((b) => a * b));
  const total = (...terms: number[][][]): Tensor => terms.map((t) => tensor(t)).reduce((a, b) => sub(a, mul(-1, b)));
  const matrices: [name: string, x: Tensor, rank: number][] = [
    [
      'diagonal 2 and 1',
      tensor([
        [2, 0],
        [0, 1],
      ]),
      2,
    ],
    ['3 × 3 of rank 2', total(byRow([1, 2, 3], [8, 9, 0]), byRow([3, 2, 1], [5, 6, 7])), 2],
    ['3 × 3 of rank 2, others', total(byRow([5, 1, 4], [9, 15, 2]), byRow([10, 3, 7], [6, 20, 1])), 2],
    [
      '3 × 3 of rank 3',
      total(byRow([1, 2, 3], [8, 9, 0]), byRow([3, 2, 1], [5, 6, 7]), byRow([-1, -5, -6], [3, -2, 2])),
      3,
    ],
  ];

  test.each(matrices)('matrix of integers, %s: exact after rounding (peer case 37)', (_, x, rank) => {
    const found = cpToTensor(cpAls(x, rank, { key: key(1) })).toTypedArray();
    expect(Array.from(found, (v) => Math.round(v) + 0)).toEqual(Array.from(x.toTypedArray()));
  });

  test('2 × 3 × 4 of two 0–1 components from a given start with weights (2, 1): weights 2√2 and 2 (peer case 38)', () => {
    const [root, half] = [2 * Math.SQRT2, Math.SQRT1_2];
    const solution: CpTensor = {
      weights: tensor([1, 1]),
      factors: [
        tensor([
          [1, 1],
          [0, 1],
        ]),
        tensor([
          [1, 1],
          [0, 1],
          [1, 0],
        ]),
        tensor([
          [1, 1],
          [1, 0],
          [0, 0],
          [0, 1],
        ]),
      ],
    };
    const x = cpToTensor(solution);
    expect(x.toTypedArray().filter((v) => v !== 0)).toHaveLength(11);
    const init: CpTensor = {
      weights: tensor([2, 1]),
      factors: [
        tensor([
          [0.8, 0.5],
          [0.2, 0.5],
        ]),
        tensor([
          [0.5, 0.5],
          [0.1, 0.5],
          [0.5, 0.1],
        ]),
        tensor([
          [0.7, 0.7],
          [0.7, 0.1],
          [0.1, 0.1],
          [0.1, 0.7],
        ]),
      ],
    };
    const found = cpAls(x, 2, { init, maxIterations: 100, tolerance: 1e-6 });
    found.weights.toTypedArray().forEach((weight, r) => {
      expect(Math.abs(weight - [root, 2][r])).toBeLessThan(1e-4);
    });
    const expected = [
      tensor([
        [half, 1],
        [half, 0],
      ]),
      tensor([
        [half, half],
        [half, 0],
        [0, half],
      ]),
      tensor([
        [half, half],
        [0, half],
        [0, 0],
        [half, 0],
      ]),
    ];
    found.factors.forEach((factor, m) => {
      const values = expected[m].toTypedArray();
      factor.toTypedArray().forEach((v, q) => {
        expect(Math.abs(v - values[q])).toBeLessThan(2.5e-3);
      });
    });
    expect(found.trace.at(-1)).toBeLessThan(0.03);
    // Genten's solver stops at a start of zeros; this one draws directions and goes on.
    const fromZero = cpAls(x, 2, { init: { weights: zeros([2]), factors: [2, 3, 4].map((n) => zeros([n, 2])) } });
    expect(Number.isFinite(cpInner(fromZero, fromZero))).toBe(true);
    expect(fromZero.relativeError).toBeLessThan(0.6);
  });
});
