import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { arange, ones, onesLike, tensor, zeros } from '../../src/core/create.js';
import { grad, valueAndGrad } from '../../src/core/grad.js';
import { applyMulti, type MultiOp } from '../../src/core/op.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { argmax } from '../../src/core/ops/reduce.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { transpose } from '../../src/core/ops/transpose.js';
import { exp, floor, square } from '../../src/core/ops/unary.js';
import { stopGradient } from '../../src/core/stop-gradient.js';
import { isTensor, type Tensor } from '../../src/core/tensor.js';
import { treeLeaves, treeMap } from '../../src/core/tree.js';
import { type Vjp, vjp } from '../../src/core/vjp.js';

describe('trees', () => {
  const model = {
    name: 'two layers',
    layers: [
      { weight: tensor([[1, 2]]), bias: tensor([3]) },
      { weight: tensor([[4]]), bias: tensor([5]), activation: 'relu' },
    ],
    scale: 2,
    nothing: null,
    missing: undefined,
  };

  test('gradients have the shape of the tree, other leaves pass through', () => {
    const loss = (m: typeof model): Tensor => add(sum(mul(m.layers[0].weight, m.scale)), sum(square(m.layers[1].bias)));
    const { value, grad: g } = valueAndGrad(loss)(model);
    expect(value.item()).toBe(2 * 3 + 25);
    expect(g.layers[0].weight.toArray()).toEqual([[2, 2]]);
    expect(g.layers[1].bias.toArray()).toEqual([10]);
    // Unused tensors have gradient zero.
    expect(g.layers[0].bias.toArray()).toEqual([0]);
    expect(g.layers[1].weight.toArray()).toEqual([[0]]);
    expect([g.name, g.scale, g.nothing, g.missing, g.layers[1].activation]).toEqual([
      'two layers',
      2,
      null,
      undefined,
      'relu',
    ]);
    expect(Object.keys(g)).toEqual(Object.keys(model));
  });

  test('a tensor that stands twice has a gradient at each place', () => {
    const w = tensor(3);
    const g = grad((p: { a: Tensor; b: Tensor[] }) => mul(p.a, square(p.b[0])))({ a: w, b: [w] });
    expect(g.a.item()).toBe(9);
    expect(g.b[0].item()).toBe(18);
  });

  test('further arguments are handed on and not differentiated', () => {
    const f = (w: Tensor, x: Tensor, power: number): Tensor => sum(mul(mul(w, x), power));
    expect(grad(f)(tensor([1, 1]), tensor([2, 3]), 10).toArray()).toEqual([20, 30]);
  });

  test('an empty tree has an empty gradient', () => {
    expect(grad((_: Tensor[]) => tensor(1))([])).toEqual([]);
    expect(grad((_: { k: number }) => tensor(1))({ k: 2 })).toEqual({ k: 2 });
  });

  test('treeLeaves lists in order, treeMap names places', () => {
    const paths: string[] = [];
    const doubled = treeMap((x, path) => {
      paths.push(path);
      return mul(x, 2);
    }, model);
    expect(paths).toEqual(['layers[0].weight', 'layers[0].bias', 'layers[1].weight', 'layers[1].bias']);
    expect(treeLeaves(doubled).map((x) => x.toArray())).toEqual([[[2, 4]], [6], [[8]], [10]]);
    expect(treeMap((_, path) => tensor(path === '' ? 1 : 0), tensor(5)).item()).toBe(1);
  });

  test('instances of classes are constants, and objects without a prototype are trees', () => {
    class Layer {
      readonly weight = tensor(2);
    }
    const layer = new Layer();
    const tree = { layer, map: new Map([['w', tensor(1)]]), w: tensor(3) };
    expect(treeLeaves(tree)).toEqual([tree.w]);
    const g = grad((t: typeof tree) => mul(t.w, t.layer.weight))(tree);
    expect(g.layer).toBe(layer);
    expect(g.map).toBe(tree.map);
    expect(g.w.item()).toBe(2);
    const bare: Record<string, Tensor> = Object.create(null);
    bare.w = tensor(4);
    expect(grad((t: typeof bare) => square(t.w))(bare).w.item()).toBe(8);
  });

  test('what looks like a tensor of another copy of the package is one', () => {
    const foreign = { ...tensor(2), [Symbol.for('@neuronseek/tensor')]: true };
    expect(isTensor(foreign)).toBe(true);
    expect(isTensor({ data: new Float64Array(1), shape: [] })).toBe(false);
    expect(isTensor(null)).toBe(false);
  });
});

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

describe('misuse', () => {
  const ints = tensor(Int32Array.of(1));
  const untyped = (value: unknown): never => value as never;

  test.each<[string, () => unknown, Error]>([
    [
      'an int32 argument',
      () => grad(sum)(ints),
      new TypeError('grad: cannot differentiate with respect to the argument: its dtype is int32'),
    ],
    [
      'a bool leaf, by its path',
      () => vjp((p: { a: Tensor[] }) => p.a[0], { a: [tensor(1), tensor([true])] }),
      new TypeError('vjp: cannot differentiate with respect to a[1]: its dtype is bool'),
    ],
    [
      'a number',
      () => valueAndGrad(square)(untyped(3)),
      new TypeError('valueAndGrad: expected a tensor or a tree of tensors, got a value of type number'),
    ],
    [
      'a typed array',
      () => grad(square)(untyped(Float64Array.of(1))),
      new TypeError('grad: expected a tensor or a tree of tensors, got an array; make a tensor of it with tensor(…)'),
    ],
    [
      'a function that returns a number',
      () => grad((x: Tensor) => untyped(x.size))(tensor(1)),
      new TypeError('grad: the function must return a tensor, it returned a value of type number'),
    ],
    [
      'a function that returns nothing',
      () => vjp(() => untyped(undefined), tensor(1)),
      new TypeError('vjp: the function must return a tensor, it returned undefined'),
    ],
    [
      'a value of several numbers',
      () => grad(square)(ones([2, 3])),
      new RangeError('grad: the function must return one number, it returned shape [2, 3]'),
    ],
    [
      'a value of no numbers',
      () => valueAndGrad(square)(zeros([0])),
      new RangeError('valueAndGrad: the function must return one number, it returned shape [0]'),
    ],
    [
      'a cotangent of another shape',
      () => vjp(square, ones([2])).pullback(ones([2, 1])),
      new RangeError('vjp: the cotangent is [2, 1], the value is [2]'),
    ],
    [
      'a cotangent that is no tensor',
      () => vjp(square, tensor(1)).pullback(untyped(1)),
      new TypeError('vjp: expected a tensor, got a value of type number'),
    ],
    [
      'an operation without derivative on the way',
      () => grad((x: Tensor) => sum(mul(x, argmax(x))))(ones([2])),
      new TypeError('argmax: has no derivative; wrap its argument in stopGradient if that is meant'),
    ],
  ])('%s', (_name, call, error) => {
    expect(call).toThrow(error);
  });

  test('an operation without derivative beside the way does not matter', () => {
    const f = (x: Tensor): Tensor => sum(mul(x, argmax(stopGradient(x))));
    expect(grad(f)(tensor([1, 2])).toArray()).toEqual([1, 1]);
    expect(grad((x: Tensor) => slice(x, [argmax(x).item()]))(tensor([1, 5])).toArray()).toEqual([0, 1]);
  });

  test('the type of a pullback is that of the tree', () => {
    const v: Vjp<{ w: Tensor }> = vjp((p: { w: Tensor }) => p.w, { w: tensor(1) });
    expect(v.pullback(tensor(2)).w.item()).toBe(2);
  });
});
