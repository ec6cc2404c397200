import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, vi } from 'vitest';
import * as ns from '../../src/index.js';
import { compileLoop } from '../../src/index.js';
import { cholesky } from '../../src/linalg/index.js';
import { expectSameTensors } from '../support/same-tensors.js';

const { add, mul, sub, tensor } = ns;

interface State {
  readonly w: ns.Tensor;
  readonly parts: readonly ns.Tensor[];
}

const advance = ({ w, parts: [p, q] }: State, x: ns.Tensor): [State, ns.Tensor] => {
  const { value, grad } = ns.valueAndGrad((v: ns.Tensor) => ns.mean(ns.square(sub(ns.matmul(x, v), q))))(w);
  const moved = add(mul(p, 0.5), grad);
  return [{ w: sub(w, mul(moved, 0.25)), parts: [moved, ns.flip(q)] }, value];
};

describe('compileLoop', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }), fc.boolean()], { numRuns: 30 })(
    'takes the steps of the eager loop, also when batches change their size',
    (rows, single) => {
      const dtype = single ? 'float32' : 'float64';
      const make = (shape: number[], from: number): ns.Tensor =>
        ns.reshape(
          tensor(
            Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => Math.sin(from + i)),
            undefined,
            { dtype },
          ),
          shape,
        );
      let state: State = { w: make([3, 2], 1), parts: [make([3, 2], 2), make([2], 3)] };
      const loop = compileLoop(advance, state);
      rows.forEach((n, i) => {
        const x = make([n, 3], i);
        const [next, value] = advance(state, x);
        expectSameTensors([loop.step(x)], [value]);
        state = next;
        expectSameTensors(ns.treeLeaves(loop.state()), ns.treeLeaves(state));
      });
    },
  );

  it('parts of the state may change places, stay, or be read backwards', () => {
    const f = vi.fn(({ a, b, c, d }: Record<'a' | 'b' | 'c' | 'd', ns.Tensor>): [typeof start, null] => [
      { a: b, b: a, c, d: ns.flip(d) },
      null,
    ]);
    const start = { a: tensor([1, 2]), b: tensor([3, 4]), c: tensor([5, 6]), d: tensor([7, 8]) };
    const loop = compileLoop(f, start);
    const read = (): unknown => ns.treeMap((x) => x.toArray(), loop.state() as unknown);
    expect(loop.step()).toBeNull();
    expect(read()).toEqual({ a: [3, 4], b: [1, 2], c: [5, 6], d: [8, 7] });
    loop.step();
    expect(read()).toEqual({ a: [1, 2], b: [3, 4], c: [5, 6], d: [7, 8] });
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('what it hands out is not changed by later steps', () => {
    const loop = compileLoop((x: ns.Tensor) => [add(x, 1), mul(x, 2)], tensor([1, 2]));
    const [state, result] = [loop.state(), loop.step()];
    loop.step();
    expect([state.toArray(), result.toArray(), loop.state().toArray()]).toEqual([
      [1, 2],
      [2, 4],
      [3, 4],
    ]);
  });

  it('knows the parts of a state by their names, whatever their order', () => {
    const start = { a: tensor([1, 2]), b: tensor([30, 40]), mode: 'fast' };
    const loop = compileLoop(({ a, b, mode }: typeof start) => [{ mode, b: add(b, a), a: mul(a, 2) }, null], start);
    loop.step();
    expect(ns.treeMap((x) => x.toArray(), loop.state() as unknown)).toEqual({ a: [2, 4], b: [31, 42], mode: 'fast' });
  });

  it('stays where it was when a step throws, and goes on from there', () => {
    const f = (x: ns.Tensor, y: ns.Tensor): [ns.Tensor, ns.Tensor] => [add(x, y), cholesky(sub(x, y))];
    const loop = compileLoop(
      f,
      tensor([
        [2, 1],
        [1, 3],
      ]),
    );
    const fine = tensor([
      [1, 0],
      [0, 1],
    ]);
    loop.step(fine);
    const before = loop.state();
    expect(() => loop.step(mul(before, 2))).toThrow('cholesky');
    expectSameTensors([loop.state()], [before]);
    const [next, result] = f(before, fine);
    expectSameTensors([loop.step(fine), loop.state()], [result, next]);
  });

  it('refuses states of another form, derivatives, and what is no tree', () => {
    const start = tensor([1, 2]);
    const differs = (text: string): RangeError =>
      new RangeError(
        `compileLoop: the next state differs from the state in more than the numbers of its tensors: at ${text}`,
      );
    expect(() => compileLoop((x: ns.Tensor) => [ns.sum(x), null], start).step()).toThrow(
      differs('the top there is float64 [2], then float64 []'),
    );
    expect(() => compileLoop((x: ns.Tensor) => [ns.astype(x, 'float32'), null], start).step()).toThrow(
      differs('the top there is float64 [2], then float32 [2]'),
    );
    expect(() => compileLoop((x: readonly ns.Tensor[]) => [[...x, ...x], null], [start]).step()).toThrow(
      differs('the top there is an array of 1, then one of 2'),
    );
    expect(() =>
      compileLoop((x: Record<string, ns.Tensor>) => [{ a: x.a, c: x.b }, null], { a: start, b: start }).step(),
    ).toThrow(differs('the top there is {a,b}, then {a,c}'));
    // A count that is a number would stay what it was when the step was traced.
    expect(() =>
      compileLoop(({ at: { x, n } }) => [{ at: { x, n: n + 1 } }, null], { at: { x: start, n: 0 } }).step(),
    ).toThrow(differs('at.n there is 0, then 1'));
    expect(() => compileLoop((x: { x: ns.Tensor | null }) => [{ x: null }, x], { x: start }).step()).toThrow(
      differs('x there is float64 [2], then null'),
    );
    expect(() => compileLoop((x: number) => [x, null], 3)).toThrow(
      new TypeError('compileLoop: expected a tree of tensors as the state, got a value of type number'),
    );
    const loop = compileLoop((x: ns.Tensor, y: ns.Tensor) => [add(x, y), y], start);
    const differentiated = /^compileLoop: a loop cannot be differentiated, nor be part of another compiled function$/;
    expect(() => ns.grad((y: ns.Tensor) => ns.sum(loop.step(y)))(start)).toThrow(differentiated);
    expect(() => ns.compileStep((y: ns.Tensor) => loop.step(y))(start)).toThrow(differentiated);
    expect(() => ns.grad((y: ns.Tensor) => compileLoop((x: ns.Tensor) => [x, x], y).step())(start)).toThrow(
      differentiated,
    );
  });
});
