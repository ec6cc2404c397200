import { describe, expectTypeOf, test } from 'vitest';
import {
  add,
  checkpoint,
  customVjp,
  grad,
  hessian,
  hvp,
  type Jacobian,
  type Jvp,
  jacobian,
  jvp,
  mul,
  square,
  stopGradient,
  sum,
  type Tensor,
  tensor,
  treeLeaves,
  treeMap,
  type ValueAndGrad,
  type Vjp,
  valueAndGrad,
  vjp,
} from '../../src/index.js';

// What `tsc` checks here it checks without running it; where values are at hand the calls are made as well.

interface Model {
  readonly name: string;
  readonly layers: readonly { weight: Tensor; bias?: Tensor }[];
  pair: [Tensor, Tensor];
}

const x = tensor([1, 2]);
const model: Model = { name: 'm', layers: [{ weight: x }], pair: [x, x] };
const loss = (m: Model): Tensor => sum(mul(m.layers[0].weight, add(m.pair[0], m.pair[1])));
const scaled = (t: Tensor, by: number, label: string): Tensor => sum(mul(t, by + label.length));

describe('gradients are of the form of the first argument', () => {
  test('a tensor, and the arguments that follow', () => {
    // Operations take numbers too, but a gradient is with respect to a tensor.
    expectTypeOf(grad(square)).toEqualTypeOf<(x: Tensor) => Tensor>();
    expectTypeOf(valueAndGrad(square)(tensor(3)).grad).toEqualTypeOf<Tensor>();
    expectTypeOf(jacobian(square)(x)).toEqualTypeOf<Tensor>();
    expectTypeOf(hessian(square)(tensor(3))).toEqualTypeOf<Tensor>();
    expectTypeOf(vjp(square, x)).toEqualTypeOf<Vjp<Tensor>>();
    expectTypeOf(jvp(square, x, x)).toEqualTypeOf<Jvp<Tensor>>();
    expectTypeOf(grad(scaled)).toEqualTypeOf<(x: Tensor, by: number, label: string) => Tensor>();
    expectTypeOf(grad(scaled)(x, 2, 'a')).toEqualTypeOf<Tensor>();
    expectTypeOf(valueAndGrad(scaled)(x, 2, 'a')).toEqualTypeOf<ValueAndGrad<Tensor>>();
    expectTypeOf(grad(grad((t: Tensor) => mul(t, t)))).toEqualTypeOf<(x: Tensor) => Tensor>();
  });

  test('trees: objects, arrays, tuples, readonly, optional', () => {
    const g = grad(loss)(model);
    expectTypeOf(g).toEqualTypeOf<Model>();
    expectTypeOf(g.layers).toEqualTypeOf<readonly { weight: Tensor; bias?: Tensor }[]>();
    expectTypeOf(g.pair).toEqualTypeOf<[Tensor, Tensor]>();
    expectTypeOf(valueAndGrad(loss)(model).grad.name).toEqualTypeOf<string>();
    expectTypeOf(valueAndGrad(loss)(model).value).toEqualTypeOf<Tensor>();
    const ofList = grad((list: readonly Tensor[]) => sum(list[0]));
    expectTypeOf(ofList([x])).toEqualTypeOf<readonly Tensor[]>();
    const ofTuple = grad(([a, b]: readonly [Tensor, Tensor]) => sum(mul(a, b)));
    expectTypeOf(ofTuple([x, x])).toEqualTypeOf<readonly [Tensor, Tensor]>();
    expectTypeOf(hvp(loss, model, model)).toEqualTypeOf<Model>();
    expectTypeOf(treeMap((t) => t, model)).toEqualTypeOf<Model>();
    expectTypeOf(treeMap((t) => t.size, model)).toEqualTypeOf<unknown>();
    expectTypeOf(treeLeaves(model)).toEqualTypeOf<Tensor[]>();
    expectTypeOf(stopGradient(x)).toEqualTypeOf<Tensor>();
  });

  test('vjp and jvp: of primals and of the value', () => {
    const both = vjp((m: Model) => ({ first: m.pair[0], all: [m.pair[1]] as const }), model);
    expectTypeOf(both).toEqualTypeOf<Vjp<Model, { first: Tensor; all: readonly [Tensor] }>>();
    expectTypeOf(both.pullback).parameters.toEqualTypeOf<[{ first: Tensor; all: readonly [Tensor] }]>();
    expectTypeOf(both.pullback({ first: x, all: [x] })).toEqualTypeOf<Model>();
    expectTypeOf(vjp((t: Tensor) => t, x)).toEqualTypeOf<Vjp<Tensor, Tensor>>();
    const along = jvp((t: Tensor) => [t, t] as [Tensor, Tensor], x, x);
    expectTypeOf(along).toEqualTypeOf<Jvp<[Tensor, Tensor]>>();
    expectTypeOf(along.tangent).toEqualTypeOf<[Tensor, Tensor]>();
  });

  test('jacobian and hessian: a tree of the input at the place of every output', () => {
    expectTypeOf(jacobian((t: Tensor) => t)(x)).toEqualTypeOf<Tensor>();
    expectTypeOf(jacobian((t: Tensor, by: number) => mul(t, by))).parameters.toEqualTypeOf<[Tensor, number]>();
    const tree = jacobian((p: { a: Tensor; b: Tensor[] }) => ({ sum: add(p.a, p.b[0]) }))({ a: x, b: [x] });
    expectTypeOf(tree).toEqualTypeOf<Jacobian<{ sum: Tensor }, { a: Tensor; b: Tensor[] }>>();
    expectTypeOf(tree.sum).toEqualTypeOf<{ a: Tensor; b: Tensor[] }>();
    expectTypeOf(tree.sum.b[0]).toEqualTypeOf<Tensor>();
    const tuple = jacobian((t: Tensor): readonly [Tensor, Tensor] => [t, t])(x);
    expectTypeOf(tuple[1]).toEqualTypeOf<Tensor>();
    const second = hessian((p: { a: Tensor }) => sum(mul(p.a, p.a)))({ a: x });
    expectTypeOf(second.a.a).toEqualTypeOf<Tensor>();
    expectTypeOf(hessian(scaled)(x, 1, '')).toEqualTypeOf<Tensor>();
  });

  test('checkpoint and customVjp keep the signature', () => {
    const f = (t: Tensor, m: Model, n: number): { y: Tensor } => ({ y: mul(mul(t, m.pair[0]), n) });
    expectTypeOf(checkpoint(f)).toEqualTypeOf<typeof f>();
    const custom = customVjp(f, (g, y, t, m, n) => {
      expectTypeOf(g).toEqualTypeOf<{ y: Tensor }>();
      expectTypeOf(y).toEqualTypeOf<{ y: Tensor }>();
      expectTypeOf(t).toEqualTypeOf<Tensor>();
      expectTypeOf(m).toEqualTypeOf<Model>();
      expectTypeOf(n).toEqualTypeOf<number>();
      return [g.y, undefined, undefined];
    });
    expectTypeOf(custom).toEqualTypeOf<typeof f>();
  });

  test('what does not fit is refused by the compiler', () => {
    const never = (): void => {
      // @ts-expect-error: an argument is missing
      grad(scaled)(x);
      // @ts-expect-error: the function returns no tensor
      grad((t: Tensor) => t.size);
      // @ts-expect-error: another tree
      grad(loss)({ pair: [x, x] });
      // @ts-expect-error: a tangent of another form
      jvp((p: { a: Tensor }) => p.a, { a: x }, { b: x });
      // @ts-expect-error: a cotangent of another form
      vjp((t: Tensor) => [t], x).pullback(x);
      const two = (a: Tensor, b: Tensor): Tensor => add(a, b);
      // @ts-expect-error: a cotangent is missing
      customVjp(two, (g) => [g]);
    };
    expectTypeOf(never).returns.toBeVoid();
  });
});
