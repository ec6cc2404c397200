import { fc, test } from '@fast-check/vitest';
import { full, grad, mul, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { type Key, key } from '@neuronseek/tensor/random';
import { checkVjp, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  expectedGates,
  gateNoise,
  initialLogAlpha,
  noisyGates,
  openProbability,
} from '../../src/gates/hard-concrete.js';
import { toData, toTensor } from '../support/bridge.js';

// The constants of the paper, written down here a second time: β = 0.66, s stretched to (−0.1, 1.1). With z clipped to [0, 1]:
//   z = 0  ⟺  s ≤ 0.1/1.2 = 1/12   ⟺  logit u ≤ −0.66·ln 11 − log α
//   z = 1  ⟺  s ≥ 1.1/1.2 = 11/12  ⟺  logit u ≥  0.66·ln 11 − log α
const reach = 0.66 * Math.log(11);
const logistic = (t: number): number => 1 / (1 + Math.exp(-t));
const closed = (logAlpha: number): number => logistic(-reach - logAlpha);
const notClosed = (logAlpha: number): number => logistic(reach + logAlpha);
const open = (logAlpha: number): number => logistic(logAlpha - reach);

const sampled = (logAlpha: Tensor, from: Key): Tensor => noisyGates(logAlpha, gateNoise(logAlpha.shape, from));
const logAlphas = fc.double({ min: -12, max: 12, noNaN: true });

describe('hard-concrete gates', () => {
  test.prop([fc.array(logAlphas, { minLength: 1, maxLength: 6 })])(
    'probabilities and means follow the closed forms',
    (list) => {
      const at = tensor(list);
      // Relative to a small probability e^t, t is off by a rounding or two of 13.6, and so is the probability by 27 roundings.
      openProbability(at)
        .toTypedArray()
        .forEach((p, i) => {
          expectClose([p], [notClosed(list[i])], { factor: 60 });
        });
      const means = list.map((l) => Math.min(1, Math.max(0, 1.2 * logistic(l) - 0.1)));
      expectClose(expectedGates(at).toTypedArray(), means, { factor: 8, scale: 1.2 });
    },
  );

  test('a gate starts at sigmoid(log α) = 0.9, and so is open with probability 0.978', () => {
    expect(logistic(initialLogAlpha)).toBeCloseTo(0.9, 14);
    expect(openProbability(tensor([initialLogAlpha])).toTypedArray()[0]).toBeCloseTo(0.977683, 6);
  });

  test.each([-6, -2, -1.5, 0, 0.3, initialLogAlpha, 6])(
    'draws at log α = %d are 0, between, and 1 as often as they should be',
    (l) => {
      const n = 40_000;
      const z = sampled(full([n], l), key(7)).toTypedArray();
      const share = (f: (v: number) => boolean): number => z.filter(f).length / n;
      // Hoeffding: |share − p| > t with probability below 2·exp(−2nt²), which is 1e-10 here. The key is fixed, so it passes always or never.
      const t = Math.sqrt(Math.log(2e10) / (2 * n));
      expect(Math.abs(share((v) => v === 0) - closed(l))).toBeLessThan(t);
      expect(Math.abs(share((v) => v === 1) - open(l))).toBeLessThan(t);
      const penalty = openProbability(tensor([l])).toTypedArray()[0];
      expect(Math.abs(share((v) => v !== 0) - penalty)).toBeLessThan(t);
      expect(z.every((v) => v >= 0 && v <= 1)).toBe(true);
    },
  );

  test('the distribution in between is that of the formula', () => {
    // P(z ≤ 1/2) = P(s ≤ 1/2) = P(logit u ≤ −log α), and the quartiles of the open interval likewise.
    const n = 40_000;
    const l = 0.4;
    const z = sampled(full([n], l), key(11)).toTypedArray();
    for (const at of [0.25, 0.5, 0.75]) {
      const s = (at + 0.1) / 1.2;
      const wanted = logistic(0.66 * Math.log(s / (1 - s)) - l);
      const t = Math.sqrt(Math.log(2e10) / (2 * n));
      expect(Math.abs(z.filter((v) => v <= at).length / n - wanted)).toBeLessThan(t);
    }
  });

  test.prop([fc.nat(), fc.array(logAlphas, { minLength: 1, maxLength: 8 })])(
    'the gradient of a draw is 1.2·s(1 − s)/β inside and 0 where it is clipped',
    (seed, list) => {
      const weights = list.map((_, i) => i + 1);
      const value = (l: Tensor): Tensor => sum(mul(sampled(l, key(seed)), tensor(weights)));
      const z = sampled(tensor(list), key(seed)).toTypedArray();
      const expected = Array.from(z, (v, i) => {
        const s = (v + 0.1) / 1.2;
        return v > 0 && v < 1 ? (weights[i] * 1.2 * s * (1 - s)) / 0.66 : 0;
      });
      expectClose(grad(value)(tensor(list)).toTypedArray(), expected, { factor: 40, scale: 8 });
    },
  );

  test.prop([fc.nat()])('the gradient of a draw agrees with differences', (seed) => {
    // At log α = 0 with β = 0.66 the draw is smooth but for the two corners; the ones that lie near a corner are passed over.
    const z = sampled(tensor([0]), key(seed)).toTypedArray()[0];
    fc.pre(z === 0 || z === 1 || (z > 0.01 && z < 0.99));
    fc.pre(sampled(tensor([0.02]), key(seed)).toTypedArray()[0] === z || (z > 0 && z < 1));
    fc.pre(sampled(tensor([-0.02]), key(seed)).toTypedArray()[0] === z || (z > 0 && z < 1));
    const draw = (l: Tensor): Tensor => sampled(l, key(seed));
    checkVjp({
      apply: ([l]) => toData(draw(toTensor(l))),
      pullback: ([l], g) => [toData(grad((at: Tensor) => sum(mul(draw(at), toTensor(g))))(toTensor(l)))],
      inputs: [{ shape: [1], data: Float64Array.of(0) }],
      direction: [{ shape: [1], data: Float64Array.of(1) }],
      cotangent: { shape: [1], data: Float64Array.of(1) },
    });
  });

  test.prop([fc.nat(), logAlphas, fc.double({ min: 0, max: 3, noNaN: true })])(
    'one key gives one draw, which rises with log α',
    (seed, l, more) => {
      const draw = (at: number): Float64Array => Float64Array.from(sampled(full([5], at), key(seed)).toTypedArray());
      expect(draw(l)).toEqual(draw(l));
      const higher = draw(l + more);
      expect(draw(l).every((z, i) => z <= higher[i])).toBe(true);
    },
  );
});
