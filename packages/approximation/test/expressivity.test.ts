import { fc, test } from '@fast-check/vitest';
import { activation, init, type Layer, linear, sequential } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../src/constructions/network.js';
import { studentCentral, studentQuantile } from '../src/expressivity/student-quantile.js';
import {
  countLinearPieces,
  estimateRate,
  type Network,
  networkFunction,
  piecewiseLinearNetwork,
  trajectoryLength,
} from '../src/index.js';
import { dyadic } from './support/targets.js';

describe('estimateRate', () => {
  test.prop([fc.double({ min: -3, max: -0.2, noNaN: true }), fc.double({ min: 0.1, max: 10, noNaN: true })])(
    'an exact law is found, with an interval of no width',
    (slope, factor) => {
      const sizes = [2, 4, 8, 16, 32];
      const {
        slope: found,
        interval,
        r2,
        n,
      } = estimateRate(
        sizes,
        sizes.map((s) => factor * s ** slope),
      );
      expect(found).toBeCloseTo(slope, 9);
      expect(interval[1] - interval[0]).toBeLessThan(1e-6);
      expect(r2).toBeCloseTo(1, 9);
      expect(n).toBe(5);
    },
  );

  it('against a computation by hand: log sizes 0, 1, 2, 3 and log errors 0, −1, −1, −3', () => {
    // S_xy = −4.5, S_xx = 5, S_yy = 4.75; squares of the residuals add up to 0.7; t(0.975, 2) = 4.302652730.
    const { slope, interval, r2 } = estimateRate(
      [1, Math.E, Math.E ** 2, Math.E ** 3],
      [1, Math.exp(-1), Math.exp(-1), Math.exp(-3)],
    );
    expect(slope).toBeCloseTo(-0.9, 12);
    const reach = 4.30265272974946 * Math.sqrt(0.7 / 2 / 5);
    expect(interval[0]).toBeCloseTo(-0.9 - reach, 9);
    expect(interval[1]).toBeCloseTo(-0.9 + reach, 9);
    expect(r2).toBeCloseTo(1 - 0.7 / 4.75, 12);
  });

  it('quantiles of Student’s t as tables have them, and inverse to the probability', () => {
    for (const [degrees, t] of [
      [1, 12.706204736],
      [2, 4.30265273],
      [3, 3.182446305],
      [7, 2.364624252],
      [10, 2.228138852],
      [30, 2.042272456],
    ]) {
      expect(studentQuantile(0.95, degrees)).toBeCloseTo(t, 8);
      expect(studentCentral(t, degrees)).toBeCloseTo(0.95, 9);
    }
  });

  it('the interval contains the truth as often as it says', () => {
    const sizes = [2, 4, 8, 16, 32, 64];
    let hits = 0;
    for (let seed = 0; seed < 400; seed++) {
      const noise = normal(key(400 + seed), sizes.length, { standardDeviation: 0.2 });
      const { interval } = estimateRate(
        sizes,
        sizes.map((s, i) => s ** -1.5 * Math.exp(noise[i])),
      );
      if (interval[0] <= -1.5 && -1.5 <= interval[1]) hits++;
    }
    // 380 expected, standard deviation 4.4.
    expect(hits).toBeGreaterThan(362);
    expect(hits).toBeLessThan(397);
  });

  it('rounding and wide bounds are left out; other laws', () => {
    const sizes = [1, 2, 4, 8, 16];
    const errors = [1, 0.5, { lower: 0.1, upper: 0.25 }, { lower: 0.12, upper: 0.125 }, 1e-16];
    const { slope, discarded, n } = estimateRate(sizes, errors);
    expect([slope, discarded, n]).toEqual([expect.closeTo(-1, 12), [2, 4], 3]);
    const roots = estimateRate(
      [1, 4, 9, 16],
      [1, 2, 3, 4].map((r) => Math.exp(-2 * r)),
      { law: 'root-exponential' },
    );
    expect(roots.slope).toBeCloseTo(-2, 12);
    const plain = estimateRate(
      [1, 2, 3],
      [1, 2, 3].map((r) => Math.exp(-r)),
      { law: 'exponential' },
    );
    expect(plain.slope).toBeCloseTo(-1, 12);
  });

  it('bad input is refused with the reason', () => {
    expect(() => estimateRate([1, 2], [1])).toThrow(
      'estimateRate: needs an error for each size: got 2 sizes, 1 errors',
    );
    expect(() => estimateRate([1, 2, 0], [1, 1, 1])).toThrow(
      'estimateRate: sizes[2] must be positive and finite: got 0',
    );
    expect(() => estimateRate([1, 2, 3], [1, Number.NaN, 1])).toThrow(/^estimateRate: errors\[1\] must be positive/);
    expect(() => estimateRate([1, 2, 3], [1, 1e-17, 1])).toThrow(
      'estimateRate: needs 3 points of 2 different sizes after discarding: got 2 of 3',
    );
    expect(() => estimateRate([1, 2, 3], [1, 1, 1], { confidence: 1 })).toThrow(/^estimateRate: confidence/);
    expect(() => estimateRate([1, 2, 3], [1, 1, 1], { scale: 0 })).toThrow(/^estimateRate: scale/);
  });
});

/** The tent map, m times: 2^m pieces with m layers of 2 units. */
function tent(m: number): Network<1> {
  const layers: Layer[] = [];
  const params: Record<string, unknown>[] = [];
  for (let k = 0; k < m; k++) {
    layers.push(linear(1, 2), activation('relu'), linear(2, 1));
    params.push(
      { weight: tensor([[2, 4]]), bias: tensor([0, -2]) },
      {},
      { weight: tensor([[1], [-1]]), bias: tensor([0]) },
    );
  }
  const variables = JSON.parse('{}');
  variables.params = params;
  variables.state = params.map(() => ({}));
  return networkOf(layers, variables, { dimension: 1, evaluationError: 0 });
}

describe('countLinearPieces', () => {
  it('the tent map m times has 2^m pieces (Telgarsky), at the dyadic points', () => {
    for (const m of [1, 2, 5, 8]) {
      const { count, breakpoints } = countLinearPieces(tent(m), { from: [0], to: [1] });
      expect(count).toBe(2 ** m);
      expect(breakpoints[0]).toEqual({ numerator: 1n, denominator: 2n ** BigInt(m) });
    }
  });

  test.prop([dyadic])('an interpolant has the pieces of its target', (f) => {
    const knots = f.breakpoints ?? [];
    const h = piecewiseLinearNetwork(f, knots.length - 1);
    const slopes = knots.slice(1).map((t, i) => (f.evaluate([t]) - f.evaluate([knots[i]])) / (t - knots[i]));
    const changes = slopes.slice(1).filter((s, i) => s !== slopes[i]).length;
    expect(countLinearPieces(h, { from: [0], to: [1] }).count).toBe(changes + 1);
    // Backwards, the same.
    expect(countLinearPieces(h, { from: [1], to: [0] }).count).toBe(changes + 1);
  });

  test.prop([fc.integer({ min: 1, max: 1000 })], { numRuns: 20 })(
    'between bends a drawn network is affine, at bends it is not; widths bound the count',
    (seed) => {
      const layer = sequential([linear(2, 5), activation('relu'), linear(5, 4), activation('relu'), linear(4, 1)]);
      const h = networkFunction(layer, init(layer, key(seed)), 2);
      const [from, to] = [
        [-3, 2],
        [2, -1],
      ];
      const { count, breakpoints } = countLinearPieces(h, { from, to });
      expect(count).toBeLessThanOrEqual(6 * 5);
      const at = (t: number): number => h.evaluate(from.map((a, i) => a + t * (to[i] - a)));
      const ends = [
        0,
        ...breakpoints.map(({ numerator, denominator }) => Number((numerator << 60n) / denominator) / 2 ** 60),
        1,
      ];
      ends.slice(1).forEach((end, i) => {
        const [a, m, b] = [at(ends[i]), at((ends[i] + end) / 2), at(end)];
        expect(Math.abs(m - (a + b) / 2)).toBeLessThan(1e-12);
      });
    },
  );

  it('bad input is refused with the reason', () => {
    expect(() => countLinearPieces(tent(1), { from: [0, 1], to: [1] })).toThrow(
      'countLinearPieces: the line must have 1 coordinates: got 2 and 1',
    );
    expect(() => countLinearPieces(tent(4), { from: [0], to: [1] }, { maxPieces: 7 })).toThrow(
      /^countLinearPieces: more than 7 pieces after layers/,
    );
    const curved = sequential([linear(1, 1), activation('tanh')]);
    expect(() => countLinearPieces(networkFunction(curved, init(curved, key(1)), 1), { from: [0], to: [1] })).toThrow(
      'countLinearPieces: layers[1] must be linear, relu or identity: got tanh',
    );
  });
});

describe('trajectoryLength', () => {
  it('a circle keeps its length under a rotation and grows with a factor', () => {
    const circle = (t: number): number[] => [Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)];
    const layer = sequential([linear(2, 2), linear(2, 2)]);
    const turn = {
      weight: tensor([
        [0.6, 0.8],
        [-0.8, 0.6],
      ]),
      bias: tensor([1, 2]),
    };
    const grow = {
      weight: tensor([
        [3, 0],
        [0, 3],
      ]),
      bias: tensor([0, 0]),
    };
    const { input, layers, ratio } = trajectoryLength(layer, { params: [turn, grow], state: [{}, {}] }, circle);
    expect(input).toBeCloseTo(2 * Math.PI, 4);
    expect(layers[0]).toBeCloseTo(input, 12);
    expect(ratio).toBeCloseTo(3, 12);
  });

  it('the tent map m times stretches [0, 1] to 2^m', () => {
    const { layers, variables } = tent(4);
    const { ratio } = trajectoryLength(sequential(layers), variables, (t) => [t], { points: 4097 });
    expect(ratio).toBe(16);
  });

  it('bad input is refused with the reason', () => {
    const layer = linear(1, 1);
    const variables = init(layer, key(1));
    expect(() => trajectoryLength(layer, variables, (t) => [t], { points: 1 })).toThrow(/^trajectoryLength: points/);
    expect(() => trajectoryLength(layer, variables, () => [Number.NaN])).toThrow(
      /must give finite points of one length/,
    );
    expect(() => trajectoryLength(layer, variables, () => [1])).toThrow(/must have a positive length: got 0/);
  });
});
