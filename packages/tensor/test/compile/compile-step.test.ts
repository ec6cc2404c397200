import { describe, expect, it, vi } from 'vitest';
import * as ns from '../../src/index.js';

describe('compileStep', () => {
  it('runs the function once, and gives what it gives', () => {
    const f = vi.fn((x: ns.Tensor, y: ns.Tensor) => ns.add(ns.mul(x, y), ns.relu(ns.sub(x, y))));
    const step = ns.compileStep(f);
    for (const seed of [1, 2, 3]) {
      const [x, y] = [0, 1].map((k) =>
        ns.tensor(
          Float64Array.from({ length: 35 }, (_, i) => Math.sin(seed * i + k)),
          [5, 7],
        ),
      );
      const expected = ns.add(ns.mul(x, y), ns.relu(ns.sub(x, y)));
      expect(step(x, y).toTypedArray()).toEqual(expected.toTypedArray());
    }
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('trains', () => {
    const loss = (p: { w: ns.Tensor; b: ns.Tensor }, x: ns.Tensor, y: ns.Tensor): ns.Tensor =>
      ns.mean(ns.square(ns.sub(ns.add(ns.matmul(x, p.w), p.b), y)));
    const update = (p: { w: ns.Tensor; b: ns.Tensor }, x: ns.Tensor, y: ns.Tensor) => {
      const { value, grad } = ns.valueAndGrad((q: typeof p) => loss(q, x, y))(p);
      return { value, p: { w: ns.sub(p.w, ns.mul(grad.w, 0.1)), b: ns.sub(p.b, ns.mul(grad.b, 0.1)) } };
    };
    const step = ns.compileStep(update);
    const x = ns.tensor(
      Float32Array.from({ length: 80 }, (_, i) => Math.sin(i)),
      [20, 4],
    );
    const y = ns.tensor(
      Float32Array.from({ length: 60 }, (_, i) => Math.cos(i)),
      [20, 3],
    );
    let a = { w: ns.zeros([4, 3], { dtype: 'float32' }), b: ns.zeros([3], { dtype: 'float32' }) };
    let b = a;
    for (let i = 0; i < 10; i++) {
      const [p, q] = [update(a, x, y), step(b, x, y)];
      expect(q.value.toTypedArray()).toEqual(p.value.toTypedArray());
      a = p.p;
      b = q.p;
    }
    expect(b.w.toTypedArray()).toEqual(a.w.toTypedArray());
  });
});
