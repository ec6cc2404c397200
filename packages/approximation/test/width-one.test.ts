import { fc, test } from '@fast-check/vitest';
import { activation, type Layer, linear } from '@neuronseek/network';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { expect, it } from 'vitest';
import { networkOf } from '../src/constructions/network.js';
import { certifySupNorm, lipschitzModulus, piecewiseLinearNetwork, piecewiseLinearTarget } from '../src/index.js';

const valley = piecewiseLinearTarget([0, 0.5, 1], [0.5, 0, 0.5]);
const number = fc.integer({ min: -32, max: 32 }).map((i) => i / 16);

test.prop([fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 5 })])(
  'property 35: the certificate of a width-1 network never goes below 1/4',
  (pairs) => {
    const layers = pairs.flatMap((_, i): Layer[] => (i === 0 ? [linear(1, 1)] : [activation('relu'), linear(1, 1)]));
    const params = pairs.flatMap(([w, b], i): Readonly<Record<string, Tensor>>[] => [
      ...(i === 0 ? [] : [{}]),
      { weight: tensor([[w]]), bias: tensor([b]) },
    ]);
    const constant = pairs.reduce((product, [w]) => product * Math.abs(w), 1);
    const variables = { params, state: layers.map(() => ({})) };
    const h = networkOf(layers, variables, { dimension: 1, evaluationError: 1, modulus: lipschitzModulus(constant) });
    const { upper, lower } = certifySupNorm(valley, h, { tolerance: 0.01 });
    expect(upper).toBeGreaterThanOrEqual(0.25);
    expect(lower).toBeGreaterThanOrEqual(0.24);
  },
);

it('width 2 has no such bound: the construction is exact', () => {
  expect(certifySupNorm(valley, piecewiseLinearNetwork(valley, 2)).upper).toBe(0);
});
