import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { tensor } from '../../src/core/create.js';
import { grad, valueAndGrad } from '../../src/core/grad.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { square } from '../../src/core/ops/roots.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { isTensor, type Tensor } from '../../src/core/tensor.js';
import { treeLeaves, treeMap } from '../../src/core/tree.js';

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
