import { expectClose } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { lbfgs } from '../src/optimize/lbfgs.js';
import type { Objective } from '../src/optimize/minimize.js';

/** ½Σ cᵢ·(xᵢ - i)² with cᵢ across eight decades. */
const curvature = Float64Array.from({ length: 12 }, (_, i) => 10 ** (i % 9));
const quadratic: Objective = (x, gradient) => {
  let value = 0;
  x.forEach((v, i) => {
    gradient[i] = curvature[i] * (v - i);
    value += 0.5 * curvature[i] * (v - i) ** 2;
  });
  return value;
};
const start = new Float64Array(12).fill(-3);
const target = Array.from(start.keys());

describe('a preconditioner of L-BFGS', () => {
  test('that is the inverse Hessian leads to the minimum in one step', () => {
    const found = lbfgs(quadratic, start, {
      maxIterations: 1,
      precondition: (_x, q) => q.set(q.map((v, i) => v / curvature[i])),
    });
    expect([found.iterations, found.evaluations]).toEqual([1, 2]);
    expectClose(found.x, target, { factor: 4 });
  });

  test('that is near it saves iterations, and sees the point', () => {
    const seen: number[] = [];
    const options = { tolerance: 1e-15, maxIterations: 500 };
    const near = lbfgs(quadratic, start, {
      ...options,
      precondition: (x, q) => {
        seen.push(x[0]);
        q.set(q.map((v, i) => (v * (1 + 0.2 * Math.sin(i))) / curvature[i]));
      },
    });
    const plain = lbfgs(quadratic, start, options);
    expectClose(near.x, target, { factor: 1e6 });
    expect(near.iterations * 2).toBeLessThan(plain.iterations);
    expect(seen[0]).toBe(-3);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('is not used under bounds', () => {
    let calls = 0;
    const options = { lower: -5, tolerance: 1e-12 };
    const found = lbfgs(quadratic, start, { ...options, precondition: () => calls++ });
    expect(calls).toBe(0);
    expect(Array.from(found.x)).toEqual(Array.from(lbfgs(quadratic, start, options).x));
  });
});
