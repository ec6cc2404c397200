import { fc, test } from '@fast-check/vitest';
import { mul, type Tensor, tensor } from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { sgd } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';

/** θ after each step on the bowl curvature·θ²/2. */
function descend(
  start: number,
  curvature: number,
  rate: number,
  momentum: number | undefined,
  steps: number,
): number[] {
  const optimizer = sgd({ momentum });
  let params = tensor([start]);
  let state = optimizer.init(params);
  return Array.from({ length: steps }, () => {
    ({ params, state } = optimizer.update(params, mul(params, curvature), state, rate));
    return params.item();
  });
}

const start = fc.integer({ min: -8000, max: 8000 }).map((n) => n / 1000 + 0);
/** Rate times curvature: where the bowl is descended. */
const speed = fc.double({ min: 0.01, max: 1.9, noNaN: true });

describe('sgd', () => {
  test.prop([start, speed])('without momentum: θ_t = (1 − ηλ)^t·θ_0', (theta, etaLambda) => {
    const path = descend(theta, 4, etaLambda / 4, undefined, 50);
    const expected = path.map((_, t) => (1 - etaLambda) ** (t + 1) * theta);
    // 50 steps, each a product and a difference of numbers up to twice θ_0.
    expectClose(path, expected, { factor: 400, scale: Math.abs(theta) });
  });

  test.prop([start, fc.double({ min: 0.2, max: 0.95, noNaN: true }), fc.double({ min: 0.1, max: 0.9, noNaN: true })])(
    'with momentum: the roots of r² − (1 + μ − ηλ)·r + μ where they are complex',
    (theta, momentum, place) => {
      // ηλ between (1 − √μ)² and (1 + √μ)² makes the roots √μ·e^{±iφ}.
      const root = Math.sqrt(momentum);
      const etaLambda = (1 - root) ** 2 + place * ((1 + root) ** 2 - (1 - root) ** 2);
      const cosine = (1 + momentum - etaLambda) / (2 * root);
      const phi = Math.acos(cosine);
      // θ_1 = (1 − ηλ)·θ_0, because the velocity starts at 0.
      const b = ((1 - etaLambda) / root - cosine) / Math.sin(phi);
      const path = descend(theta, 2, etaLambda / 2, momentum, 50);
      const expected = path.map((_, i) => {
        const t = i + 1;
        return theta * root ** t * (Math.cos(t * phi) + b * Math.sin(t * phi));
      });
      // sin φ ≥ 0.6 for these places; 50 damped steps and as many roundings of t·φ.
      expectClose(path, expected, { factor: 4000, scale: Math.abs(theta) * (1 + Math.abs(b)) });
    },
  );

  test('a momentum of 0 is none, and nothing that it is given changes', () => {
    const [params, gradients] = [{ x: drawNormal(1, [3]) }, { x: drawNormal(2, [3]) }];
    const values = (t: Tensor): number[] => Array.from(t.toTypedArray());
    const before = [values(params.x), values(gradients.x)];
    const optimizer = sgd();
    const moved = optimizer.update(params, gradients, optimizer.init(params), 0.5);
    expect([values(params.x), values(gradients.x)]).toEqual(before);
    expectSameBits(
      moved.params.x.toTypedArray(),
      before[0].map((x, i) => x - 0.5 * before[1][i]),
    );
    expectSameBits(moved.state.velocity[0].toTypedArray(), before[1]);
  });

  test.each([1, -0.5, Number.NaN])('refuses a momentum of %d', (momentum) => {
    expect(() => sgd({ momentum })).toThrow(new RangeError(`sgd: momentum must be from 0 to below 1, got ${momentum}`));
  });

  test('refuses gradients and states of other parameters', () => {
    const optimizer = sgd();
    const params = { x: tensor([1, 2]) };
    expect(() => optimizer.update(params, { x: tensor([[1, 2]]) }, optimizer.init(params), 1)).toThrow(
      new RangeError('sgd: gradients differ from the parameters: got x [1, 2] where there is x [2]'),
    );
    expect(() => optimizer.update(params, params, { velocity: [] }, 1)).toThrow(
      'sgd: the state does not fit x: was it made by init for them?',
    );
  });
});
