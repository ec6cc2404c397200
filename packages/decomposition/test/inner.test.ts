import { fc, test } from '@fast-check/vitest';
import { mul, sum, type Tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type AnyTensor, cpInner, inner, ttInner, tuckerInner } from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { cpOf, denseOf, irregularOf, partsOf, structuredOf, tuckerOf } from './formats.js';
import { irregular } from './irregular.js';
import { magnitude, ttOf } from './tt-support.js';

const anyOf = (shape: readonly number[]): fc.Arbitrary<AnyTensor> =>
  fc.oneof<fc.Arbitrary<AnyTensor>[]>(tensorOf(shape), structuredOf(shape));

/** Bound on the sum of the sizes of all terms over all elements, entries being at most 4 (weights and core are one more factor). */
function size(x: AnyTensor, shape: readonly number[]): number {
  if ('cores' in x) return x.cores.reduce((product, { shape: [r] }) => product * r, magnitude(x));
  const elements = shape.reduce((product, n) => product * n, 1);
  if ('weights' in x) return elements * x.weights.size * 4 ** (1 + x.factors.length);
  if ('core' in x) return elements * x.core.size * 4 ** (1 + x.factors.length);
  return 4 * elements;
}

describe('inner', () => {
  const pairs = shapes({ maxOrder: 4, maxSize: 3 }).chain((shape) =>
    fc.record({ a: anyOf(shape), b: anyOf(shape), shape: fc.constant(shape) }),
  );

  test.prop([pairs])('is the sum of products of the dense tensors, either way round', ({ a, b, shape }) => {
    const expected = sum(mul(denseOf(a), denseOf(b)));
    const options = { factor: 64, scale: size(a, shape) * size(b, shape) };
    expect(inner(a, b).shape).toEqual([]);
    expectClose(inner(a, b).toTypedArray(), expected.toTypedArray(), options);
    expectClose(inner(b, a).toTypedArray(), expected.toTypedArray(), options);
  });

  const same = shapes({ maxOrder: 4, maxSize: 3 }).chain((shape) =>
    fc.tuple(cpOf(shape), cpOf(shape), tuckerOf(shape), tuckerOf(shape), ttOf(shape), ttOf(shape), fc.constant(shape)),
  );

  test.prop([same])('is what cpInner, tuckerInner and ttInner say', ([a, b, c, d, e, f, shape]) => {
    const close = (found: Tensor, expected: number, x: AnyTensor, y: AnyTensor): void =>
      expectClose([found.item()], [expected], { factor: 64, scale: size(x, shape) * size(y, shape) });
    close(inner(a, b), cpInner(a, b), a, b);
    close(inner(c, d), tuckerInner(c, d), c, d);
    close(inner(e, f), ttInner(e, f), e, f);
  });

  const shape = [2, 3, 2];
  const one = { dense: { parts: [irregular(shape, 9)], make: ([x]: readonly Tensor[]): AnyTensor => x } };
  const [left, right] = [1, 4].map((seed) => ({
    ...one,
    ...Object.fromEntries(Object.entries(irregularOf(shape, seed)).map(([name, x]) => [name, partsOf(x)])),
  }));
  const combinations = Object.keys(left).flatMap((a, i) =>
    Object.keys(right)
      .slice(i)
      .map((b) => [a, b] as const),
  );

  test.each(combinations)('%s with %s: derivatives of order 1 and 2 by both', (a, b) => {
    const [p, q] = [Object.entries(left), Object.entries(right)].map((all, k) => {
      const found = all.find(([name]) => name === [a, b][k]);
      if (!found) throw new Error('no such format');
      return found[1];
    });
    const count = p.parts.length;
    checkGradient((ps) => inner(p.make(ps.slice(0, count)), q.make(ps.slice(count))), [...p.parts, ...q.parts]);
  });
});
