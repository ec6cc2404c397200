import { fc, test } from '@fast-check/vitest';
import { checkVjpOrder2, data } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { backwardVjp, exp, mul, sin, type Tensor, tensor, vjp } from '../../src/index.js';
import { fromData, toData } from '../support/elements.js';

const composed = ([a, b]: readonly Tensor[]): Tensor => mul(exp(a), sin(b));
const cases = fc.integer({ min: 0, max: 4 }).chain((n) => {
  const one = data({ shape: [n], min: -2, max: 2 });
  return fc.record({ inputs: fc.tuple(one, one), g: one, direction: fc.tuple(one, one, one), us: fc.tuple(one, one) });
});

describe('backwardVjp', () => {
  test.prop([cases])('is the derivative of the pullback', ({ inputs, g, direction, us }) => {
    checkVjpOrder2({
      pullback: (xs, cotangent) =>
        vjp(
          composed,
          xs.map((x) => fromData(x)),
        )
          .pullback(fromData(cotangent))
          .map(toData),
      pullback2: (xs, cotangent, ws) => {
        const [ofG, ...ofXs] = backwardVjp(
          composed,
          ws.map((w) => fromData(w)),
          [cotangent, ...xs].map((x) => fromData(x)),
        );
        return [...ofXs, ofG].map((x) => toData(x ?? tensor(new Float64Array(cotangent.data.length))));
      },
      inputs,
      cotangent: g,
      direction,
      cotangents2: us,
    });
  });

  it('a hole is a cotangent of zeros', () => {
    const inputs = [tensor([0.5]), tensor([1]), tensor([2])];
    const numbers = (us: readonly (Tensor | undefined)[]): unknown =>
      backwardVjp(composed, us, inputs).map((x) => x?.toArray());
    expect(numbers([undefined, tensor([3])])).toEqual(numbers([tensor([0]), tensor([3])]));
    expect(numbers([undefined, undefined])).toEqual([[0], [0], [0]]);
  });
});
