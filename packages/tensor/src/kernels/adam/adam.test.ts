import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type AdamStep, adamKernel } from './index.js';

type Setting = Omit<AdamStep, 'steps'>;

const settings: fc.Arbitrary<Setting> = fc
  .record({
    learningRate: fc.constantFrom(1e-4, 0.01, 0.3, 1),
    // β₁² < β₂, without which one large gradient makes steps of any length.
    betas: fc.constantFrom([0.9, 0.999], [0.9, 0.95], [0.5, 0.5], [0.25, 0.99], [0, 0.9], [0, 0.05]),
    epsilon: fc.constantFrom(1e-8, 1e-4, 0.5),
    weightDecay: fc.constantFrom(0, 0.01, 1),
  })
  .map(({ betas: [beta1, beta2], ...rest }) => ({ ...rest, beta1, beta2 }));
/** Multiples of 2^-10: what is below plays no part beside epsilon and the other gradients. */
const element = fc.integer({ min: -8192, max: 8192 }).map((n) => n / 1024 + 0);

const history = fc.array(element, { minLength: 1, maxLength: 60 });

/** The parameter after every step, by the kernel. */
function run(theta: number, gradients: readonly number[], setting: Setting): number[] {
  let [at, mean, square] = [new Float64Array([theta]), new Float64Array(1), new Float64Array(1)];
  return gradients.map((g, i) => {
    const [out, newMean, newSquare] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    const step = { ...setting, steps: i + 1 };
    adamKernel(out, at, Float64Array.of(g), mean, square, newMean, newSquare, step);
    [at, mean, square] = [out, newMean, newSquare];
    return out[0];
  });
}

/** The same from the paper's sums over the whole past instead of recursions: m_t = (1 − β₁)·Σ β₁^(t−i)·g_i, and so on. */
function textbook(theta: number, gradients: readonly number[], setting: Setting): number[] {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = setting;
  const seen: number[] = [];
  const path: number[] = [];
  for (const g of gradients) {
    seen.push(g + weightDecay * theta);
    const t = seen.length;
    const weigh = (beta: number, power: number): number => {
      let total = 0;
      for (let i = 0; i < t; i++) total += beta ** (t - 1 - i) * seen[i] ** power;
      return ((1 - beta) * total) / (1 - beta ** t);
    };
    theta -= (learningRate * weigh(beta1, 1)) / (Math.sqrt(weigh(beta2, 2)) + epsilon);
    path.push(theta);
  }
  return path;
}

describe('adamKernel', () => {
  test.prop([element, history, settings])(
    'follows the sums of the paper over many steps',
    (theta, gradients, setting) => {
      // Every step divides sums of up to 60 terms of one sign or less, each step adds a few roundings of numbers up to 8 + steps·rate·10; with
      // weight decay a difference in θ is fed back, contracting.
      const scale = 8 + 10 * setting.learningRate * gradients.length;
      expectClose(run(theta, gradients, setting), textbook(theta, gradients, setting), { factor: 2000, scale });
    },
  );

  test('walks known trajectories', () => {
    // θ ← Adam(0.1) on θ⁴/4 − θ from 2, made with 60 decimal digits; steps 1, 2, 3, 10, 30, 100.
    const known = [
      [
        0,
        [
          1.9000000001428572, 1.8008521701572686, 1.7032078665895201, 1.1168100588614482, 0.74523466057931032,
          1.0066582116578493,
        ],
      ],
      [
        0.01,
        [
          1.9000000001424502, 1.8008495157851456, 1.7031974884677816, 1.1163828543090668, 0.74054820631464691,
          1.003342870921542,
        ],
      ],
    ] as const;
    for (const [weightDecay, expected] of known) {
      const step = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
      const [theta, mean, square] = [Float64Array.of(2), new Float64Array(1), new Float64Array(1)];
      const seen: number[] = [];
      for (let steps = 1; steps <= 100; steps++) {
        const gradient = Float64Array.of(theta[0] ** 3 - 1);
        // In place, as the contract allows.
        adamKernel(theta, theta, gradient, mean, square, mean, square, { ...step, steps });
        seen.push(theta[0]);
      }
      // Nonlinear feedback over 100 contracting steps.
      expectClose(
        [1, 2, 3, 10, 30, 100].map((t) => seen[t - 1]),
        expected,
        { factor: 1000 },
      );
    }
  });

  test.prop([element, element, settings])('first step: η·g/(|g| + ε), whatever the decays', (theta, g, setting) => {
    const still = { ...setting, weightDecay: 0 };
    const expected = theta - (setting.learningRate * g) / (Math.abs(g) + setting.epsilon);
    // A handful of roundings, of θ and of a step of at most η ≤ 1.
    expectClose(run(theta, [g], still), [expected], { factor: 16, scale: Math.abs(theta) + 1 });
  });

  test.prop([element, history, settings, fc.integer({ min: -20, max: 20 })])(
    'scaling gradients and epsilon by a power of two changes no bit',
    (theta, gradients, setting, exponent) => {
      const factor = 2 ** exponent;
      const still = { ...setting, weightDecay: 0 };
      const scaled = run(
        theta,
        gradients.map((g) => g * factor),
        { ...still, epsilon: still.epsilon * factor },
      );
      expectSameBits(scaled, run(theta, gradients, still));
    },
  );

  test.prop([element, history, settings])(
    'mirrored parameters and gradients walk the mirrored path',
    (theta, gradients, setting) => {
      const mirrored = run(
        -theta,
        gradients.map((g) => -g),
        setting,
      );
      expectClose(
        mirrored.map((x) => -x),
        run(theta, gradients, setting),
        { factor: 0 },
      );
    },
  );

  test.prop([history, settings])('no step is longer than Cauchy and Schwarz allow', (gradients, setting) => {
    const { learningRate, beta1, beta2 } = setting;
    const path = [0, ...run(0, gradients, { ...setting, weightDecay: 0 })];
    for (let t = 1; t < path.length; t++) {
      // |m̂| = |Σ aᵢgᵢ| ≤ √(Σ aᵢ²/bᵢ)·√v̂ with the weights a of m̂ and b of v̂.
      let ratio = 0;
      for (let i = 0; i < t; i++) {
        const a = (beta1 ** i * (1 - beta1)) / (1 - beta1 ** t);
        const b = (beta2 ** i * (1 - beta2)) / (1 - beta2 ** t);
        if (a > 0) ratio += (a * a) / b;
      }
      const bound = learningRate * Math.sqrt(ratio) * (1 + 1e-12) + 1e-15 * Math.abs(path[t]);
      expect(Math.abs(path[t] - path[t - 1])).toBeLessThanOrEqual(bound);
    }
  });

  test('a gradient of zero moves nothing, and only decays the moments', () => {
    const [out, mean, square] = [new Float64Array(2), new Float64Array(2), new Float64Array(2)];
    const step = { learningRate: 0.5, beta1: 0.75, beta2: 0.5, epsilon: 1e-8, weightDecay: 0, steps: 1 };
    adamKernel(
      out,
      Float64Array.of(3, -4),
      Float64Array.of(0, 0),
      new Float64Array(2),
      new Float64Array(2),
      mean,
      square,
      step,
    );
    expect([out, mean, square]).toEqual([Float64Array.of(3, -4), new Float64Array(2), new Float64Array(2)]);
    adamKernel(
      out,
      Float64Array.of(3, -4),
      Float64Array.of(0, 0),
      Float64Array.of(8, 0),
      Float64Array.of(2, 0),
      mean,
      square,
      step,
    );
    expect([mean, square]).toEqual([Float64Array.of(6, 0), Float64Array.of(1, 0)]);
  });
});
