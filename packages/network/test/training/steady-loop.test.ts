import { add, greater, mul, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { expect, it, vi } from 'vitest';
import { steadyLoop } from '../../src/training/steady-loop.js';

it('a function that looks at numbers only for some shapes goes on from where the compiled steps have led', () => {
  const f = vi.fn((state: Tensor, x: Tensor): [Tensor, Tensor] => {
    const factor = x.size < 2 && greater(sum(x), 0).item() ? 3 : 2;
    return [mul(state, factor), add(state, sum(x))];
  });
  const loop = steadyLoop(f, tensor([1]));
  const [long, short] = [tensor([1, 2]), tensor([5])];
  expect([long, long, short, long].map((x) => loop.step(x).toArray())).toEqual([[4], [5], [9], [15]]);
  expect(loop.state().toArray()).toEqual([24]);
  // Traced for the long ones, tried for the short one, and run for the last two.
  expect(f).toHaveBeenCalledTimes(4);
});

it('what else a step throws is thrown', () => {
  const loop = steadyLoop((state: Tensor): [Tensor, null] => [add(state, tensor([1, 2, 3])), null], tensor([1, 2]));
  expect(() => loop.step()).toThrow(/broadcast/);
});
