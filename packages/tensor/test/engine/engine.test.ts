import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { arange, onesLike, tensor } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { applyMulti, type MultiOp } from '../../src/core/op.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { exp } from '../../src/core/ops/exponential.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { square } from '../../src/core/ops/roots.js';
import { floor } from '../../src/core/ops/rounding.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { transpose } from '../../src/core/ops/transpose.js';
import { stopGradient } from '../../src/core/stop-gradient.js';
import { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';

describe('what is kept', () => {
  test('results of an outermost derivative carry no node', () => {
    const inside: Tensor[] = [];
    const f = (x: Tensor): Tensor => {
      inside.push(x);
      const views = slice(transpose(reshape(x, [2, 2])), [{ step: -1 }]);
      return sum(exp(mul(views, views)));
    };
    const x = arange(4);
    const { value, pullback } = vjp(f, x);
    expect(inside[0].node).toBeDefined();
    expect(value.node).toBeUndefined();
    expect(pullback(onesLike(value)).node).toBeUndefined();
    expect(grad((y: Tensor) => sum(grad(f)(y)))(x).node).toBeUndefined();
    expect(grad((y: Tensor) => mul(y, grad((z: Tensor) => mul(y, z))(tensor(2))))(tensor(1)).node).toBeUndefined();
    expect(vjp((y: Tensor) => y, x).value.node).toBeUndefined();
    expect(x.node).toBeUndefined();
  });

  test('nothing is recorded outside derivatives', () => {
    expect(exp(mul(tensor(2), tensor(3))).node).toBeUndefined();
    expect(transpose(arange(3)).node).toBeUndefined();
  });

  test('a pullback can be called again', () => {
    const { pullback } = vjp((x: Tensor) => square(x), tensor([1, 2]));
    expect(pullback(tensor([1, 0])).toArray()).toEqual([2, 0]);
    expect(pullback(tensor([0, 1])).toArray()).toEqual([0, 4]);
    expect(pullback(tensor([1, 1])).toArray()).toEqual([2, 4]);
  });

  test('identities and constants', () => {
    expect(
      vjp((x: Tensor) => x, tensor([1, 2]))
        .pullback(tensor([3, 4]))
        .toArray(),
    ).toEqual([3, 4]);
    expect(grad((_: Tensor) => tensor(5))(tensor([1, 2])).toArray()).toEqual([0, 0]);
    expect(grad((x: Tensor) => sum(floor(x)))(tensor([1.5])).toArray()).toEqual([0]);
    // A result of one element and any order is one number.
    expect(grad((x: Tensor) => reshape(square(x), [1, 1]))(tensor([3])).toArray()).toEqual([6]);
  });

  test('stopGradient makes a constant of the same numbers', () => {
    expect(grad((x: Tensor) => mul(x, stopGradient(x)))(tensor(3)).item()).toBe(3);
    expect(grad((x: Tensor) => stopGradient(square(x)))(tensor(3)).item()).toBe(0);
    const x = tensor([1, 2]);
    expect(stopGradient(x)).toBe(x);
    grad((y: Tensor) => {
      const stopped = stopGradient(transpose(y));
      expect(stopped.data).toBe(x.data);
      expect(stopped.node).toBeUndefined();
      return sum(stopped);
    })(x);
    // Of an inner variable it hides the outer one as well.
    expect(grad((a: Tensor) => grad((b: Tensor) => mul(b, stopGradient(mul(a, b))))(a))(tensor(3)).item()).toBe(0);
  });
});

describe('operations with several outputs', () => {
  const calls: (readonly boolean[])[] = [];
  // (x, y) ↦ (x·y, x + y), with the cotangents that were used noted.
  const both: MultiOp<undefined> = {
    name: 'both',
    infer: ([x]) => [x, x],
    compute: ([product, total], [x, y]) => {
      for (let i = 0; i < x.size; i++) {
        product.data[i] = x.data[i] * y.data[i];
        total.data[i] = x.data[i] + y.data[i];
      }
    },
    vjp: ([gp, gs], _outs, [x, y], _params, wanted) => {
      calls.push([gp !== undefined, gs !== undefined, ...wanted]);
      const of = (other: Tensor): Tensor | undefined => {
        const product = gp && mul(gp, other);
        return product && gs ? add(product, gs) : (product ?? gs);
      };
      return [of(y), of(x)];
    },
  };
  const [x, y] = [tensor([2, 3]), tensor([5, 7])];
  const used = (pick: (product: Tensor, total: Tensor) => Tensor) => (p: readonly Tensor[]) => {
    const [product, total] = applyMulti(both, p, undefined);
    return pick(product, total);
  };
  const at = (f: (p: readonly Tensor[]) => Tensor): (number | boolean | unknown[])[] => {
    calls.length = 0;
    return grad(f)([x, y]).map((g) => g.toArray());
  };

  test('all outputs used', () => {
    expect(at(used((p, s) => add(sum(p), sum(mul(s, 10)))))).toEqual([
      [15, 17],
      [12, 13],
    ]);
    expect(calls).toEqual([[true, true, true, true]]);
  });

  test('an output that nobody used is a hole', () => {
    expect(at(used((p) => sum(p)))).toEqual([
      [5, 7],
      [2, 3],
    ]);
    expect(calls).toEqual([[true, false, true, true]]);
    expect(at(used((_, s) => sum(s)))).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(calls).toEqual([[false, true, true, true]]);
  });

  test('inputs that are constants are not wanted', () => {
    calls.length = 0;
    expect(grad((a: Tensor) => sum(applyMulti(both, [a, y], undefined)[0]))(x).toArray()).toEqual([5, 7]);
    expect(calls).toEqual([[true, false, true, false]]);
  });

  test('second derivatives go through both outputs', () => {
    // f = Σ (x·y)·(x + y) with y = x, so f = 2x³ and f″ = 12x.
    const f = (a: Tensor): Tensor => used((p, s) => sum(mul(p, s)))([a, a]);
    expect(grad((a: Tensor) => sum(grad(f)(a)))(x).toArray()).toEqual([24, 36]);
  });

  test('without a derivative around nothing is recorded', () => {
    expect(applyMulti(both, [x, y], undefined).map((t) => [t.toArray(), t.node])).toEqual([
      [[10, 21], undefined],
      [[7, 10], undefined],
    ]);
  });
});

describe('a derivative inside a derivative', () => {
  test('does not walk what was made before it', () => {
    let reads = 0;
    const watched = (x: Tensor): Tensor => {
      if (!x.node) return x;
      const node = new Proxy(x.node, {
        get: (target, name, self) => {
          if (name === 'inputs') reads++;
          return Reflect.get(target, name, self);
        },
      });
      return new Tensor(x.data, x.dtype, x.shape, x.strides, x.offset, node, x.outputIndex);
    };
    const readsOf = (inner: (y: Tensor) => Tensor): number => {
      const f = (x: Tensor): Tensor => {
        let y = x;
        for (let i = 0; i < 20; i++) y = watched(mul(y, 1));
        return inner(y);
      };
      reads = 0;
      // ∂/∂x (x·2x) = 4x
      expect(grad(f)(tensor(3)).item()).toBe(12);
      return reads;
    };
    const without = readsOf((y) => mul(y, mul(y, 2)));
    expect(without).toBeGreaterThanOrEqual(20);
    expect(readsOf((y) => grad((z: Tensor) => mul(y, square(z)))(y))).toBeLessThan(without + 5);
    // Nor where its variable is a constant, and what it differentiates depends on the outer one.
    expect(readsOf((y) => grad((z: Tensor) => mul(z, mul(y, mul(y, 2))))(tensor(1)))).toBeLessThan(without + 5);
  });
});
