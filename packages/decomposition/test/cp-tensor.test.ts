import { fc, test } from '@fast-check/vitest';
import { mul, ones, square, sum, type Tensor, tensor, transpose } from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type CpTensor, cpInner, cpNorm, cpTensor, cpToTensor, normalizeCp } from '../src/index.js';
import { nonzero, permutations, shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';

/** CP tensors of one shape and any rank up to 3. */
function cpOf(shape: readonly number[]): fc.Arbitrary<CpTensor> {
  return fc
    .integer({ min: 1, max: 3 })
    .chain((rank) =>
      fc.record({ weights: tensorOf([rank]), factors: fc.tuple(...shape.map((n) => tensorOf([n, rank]))) }),
    );
}

const cps = shapes().chain(cpOf);

/** Σ_r |w_r| Π ‖aₙᵣ‖ bounded from the entries: the size that rounding acts on. */
function magnitude({ weights, factors }: CpTensor): number {
  const entries = factors.reduce((product, { shape }) => product * 4 * Math.sqrt(shape[0]), 4);
  return Math.max(1, entries * weights.size);
}

/** Σ products, element by element: the definition. */
function reconstruct({ weights, factors }: CpTensor): number[] {
  let rows: number[][] = [Array.from(weights.toTypedArray())];
  for (const factor of factors) {
    const [size, rank] = factor.shape;
    const values = factor.toTypedArray();
    rows = rows.flatMap((row) =>
      Array.from({ length: size }, (_, i) => row.map((value, r) => value * values[i * rank + r])),
    );
  }
  return rows.map((row) => row.reduce((a, b) => a + b, 0));
}

describe('cpToTensor', () => {
  test.prop([cps])('is the sum of outer products', (cp) => {
    const x = cpToTensor(cp);
    expect(x.shape).toEqual(cp.factors.map((factor) => factor.shape[0]));
    expectClose(x.toTypedArray(), reconstruct(cp), { factor: 8, scale: magnitude(cp) });
  });

  test('has the derivatives that differences show, with respect to weights and every factor', () => {
    for (const shape of [[3], [2, 3], [2, 1, 3], [2, 2, 2, 2]]) {
      const factors = shape.map((n, m) => irregular([n, 2], m + 1));
      checkGradient(([weights, ...rest]) => cpToTensor({ weights, factors: rest }), [irregular([2], 9), ...factors]);
    }
  });
});

describe('cpNorm and cpInner', () => {
  test.prop([shapes().chain((shape) => fc.tuple(cpOf(shape), cpOf(shape)))])(
    'are those of the dense tensors',
    ([a, b]) => {
      const [x, y] = [cpToTensor(a), cpToTensor(b)];
      const scale = magnitude(a) * magnitude(b);
      expectClose([cpInner(a, b)], [sum(mul(x, y)).item()], { factor: 32, scale });
      expectClose([cpInner(b, a)], [cpInner(a, b)], { factor: 32, scale });
      // The square is known to eps · scale, so the root of a vanishing one only to √eps.
      expectClose([cpNorm(a) ** 2], [sum(square(x)).item()], { factor: 32, scale: magnitude(a) ** 2 });
    },
  );

  test.each([1e150, 1e-150])('do not leave the range of numbers on the way: %d', (scale) => {
    const cp = { weights: tensor([scale, scale]), factors: [ones([3, 2]), ones([12, 2])] };
    expectClose([cpNorm(cp)], [12 * scale], { factor: 4 });
    expectClose([cpInner(cp, { ...cp, weights: ones([2]) })], [144 * scale], { factor: 4 });
  });

  test('components that cancel give 0, not NaN', () => {
    const column = [[1 / 3], [1 / 7], [0.3]];
    const twice = tensor(column.map(([v]) => [v, v]));
    expect(cpNorm({ weights: tensor([1, -1]), factors: [twice, twice, twice] })).toBe(0);
  });
});

describe('normalizeCp', () => {
  test.prop([cps])('leaves the tensor as it is', (cp) => {
    expectClose(cpToTensor(normalizeCp(cp)).toTypedArray(), reconstruct(cp), { factor: 32, scale: magnitude(cp) });
  });

  test.prop([cps])('gives weights ≥ 0 in descending order, unit columns, and positive largest entries', (cp) => {
    const { weights, factors } = normalizeCp(cp);
    const list = Array.from(weights.toTypedArray());
    expect(list).toEqual(list.map(Math.abs).sort((a, b) => b - a));
    factors.forEach((factor, mode) => {
      columns(factor).forEach((column, r) => {
        const norm = Math.sqrt(column.reduce((total, v) => total + v * v, 0));
        if (norm === 0) expect(list[r]).toBe(0);
        else expectClose([norm], [1], { factor: 4 });
        if (mode < factors.length - 1 && norm > 0) {
          const largest = Math.max(...column.map(Math.abs));
          expect(column[column.findIndex((v) => Math.abs(v) === largest)]).toBeGreaterThan(0);
        }
      });
    });
  });

  test.prop([
    fc.tuple(shapes({ minOrder: 2, maxOrder: 3 }), fc.integer({ min: 1, max: 3 })).chain(([shape, rank]) =>
      fc.record({
        shape: fc.constant(shape),
        rank: fc.constant(rank),
        order: permutations(rank),
        scales: fc.array(nonzero, { minLength: shape.length * rank, maxLength: shape.length * rank }),
      }),
    ),
  ])('does not depend on order, scaling and signs of the components', ({ shape, rank, order, scales }) => {
    const cp = {
      weights: tensor([3, -2, 0.5].slice(0, rank)),
      factors: shape.map((n, m) => irregular([n, rank], m + 1)),
    };
    const mixed = {
      weights: tensor(
        order.map((r) => {
          const taken = shape.reduce((product, _, m) => product * scales[m * rank + r], 1);
          return [3, -2, 0.5][r] / taken;
        }),
      ),
      factors: cp.factors.map((factor, m) =>
        transpose(tensor(order.map((r) => columns(factor)[r].map((v) => v * scales[m * rank + r])))),
      ),
    };
    const [a, b] = [normalizeCp(cp), normalizeCp(mixed)];
    const all = (x: CpTensor): number[] => [x.weights, ...x.factors].flatMap((t) => Array.from(t.toTypedArray()));
    expectClose(all(a), all(b), { factor: 32, scale: 8 });
  });

  test('a component of weight zero and one with a zero column come last, finite', () => {
    const { weights, factors } = normalizeCp({
      weights: tensor([0, 2, 3]),
      factors: [tensor([[1, 0, 1]]), tensor([[1, 1, -2]])],
    });
    expectSameBits(weights.toTypedArray(), [6, 0, 0]);
    expect(factors.map((factor) => factor.toArray())).toEqual([[[1, 1, 0]], [[-1, 1, 1]]]);
    const zero = normalizeCp({ weights: tensor([-1]), factors: [tensor([[0]]), tensor([[-4], [3]])] });
    expect(zero.factors[1].toArray()).toEqual([[0.8], [-0.6]]);
  });
});

describe('cpTensor', () => {
  test('weights default to ones, and the parts stay the same tensors', () => {
    const factors = [irregular([2, 3], 1), irregular([4, 3], 2)];
    const cp = cpTensor({ factors });
    expect(cp.weights.toArray()).toEqual([1, 1, 1]);
    expect(cp.factors).toEqual(factors);
    expect(cp.factors[1]).toBe(factors[1]);
  });
});

function columns(factor: Tensor): number[][] {
  const [size, rank] = factor.shape;
  const values = factor.toTypedArray();
  return Array.from({ length: rank }, (_, r) => Array.from({ length: size }, (_, i) => values[i * rank + r]));
}
