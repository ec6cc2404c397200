import { fc, test } from '@fast-check/vitest';
import {
  abs,
  add,
  div,
  exp,
  full,
  log,
  log1p,
  minimum,
  mul,
  ones,
  power,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
} from '@neuronseek/tensor';
import { key, randint } from '@neuronseek/tensor/random';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type ElementLoss, type GcpLossName, lossOf } from '../src/cp/gcp/losses.js';
import { gcpObjective } from '../src/cp/gcp/objective.js';
import { type Observed, observedData } from '../src/cp/gcp/observed.js';
import { createSampler } from '../src/cp/gcp/samples.js';
import { parametersOf, vectorOf } from '../src/cp/opt/parameters.js';
import { cpToTensor, gcp } from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';

const settings = { delta: 0.7, failures: 3, beta: 0.5 };
const EPS = 1e-10;
const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());

/** What each loss may be given, and the same loss in operations of the tensor package. */
const losses: [name: GcpLossName, x: number[], isPositive: boolean, loss: (x: Tensor, m: Tensor) => Tensor][] = [
  ['normal', [-2, 0.3, 4], false, (x, m) => square(sub(x, m))],
  [
    'huber',
    [-2, 0.3, 4],
    false,
    (x, m) => {
      // min(d, δ)² + 2δ(d - min(d, δ))
      const d = abs(sub(x, m));
      const low = minimum(d, settings.delta);
      return add(square(low), mul(2 * settings.delta, sub(d, low)));
    },
  ],
  ['poisson', [0, 1, 5], true, (x, m) => sub(m, mul(x, log(add(m, EPS))))],
  ['poisson-log', [0, 1, 5], false, (x, m) => sub(exp(m), mul(x, m))],
  ['bernoulli-odds', [0, 1], true, (x, m) => sub(log1p(m), mul(x, log(add(m, EPS))))],
  ['bernoulli-logit', [0, 1], false, (x, m) => sub(softplus(m), mul(x, m))],
  ['gamma', [0, 0.5, 3], true, (x, m) => add(div(x, add(m, EPS)), log(add(m, EPS)))],
  [
    'rayleigh',
    [0, 0.5, 3],
    true,
    (x, m) => add(mul(2, log(add(m, EPS))), mul(Math.PI / 4, square(div(x, add(m, EPS))))),
  ],
  ['negative-binomial', [0, 1, 4], true, (x, m) => sub(mul(add(x, 3), log1p(m)), mul(x, log(add(m, EPS))))],
  [
    'beta',
    [0, 0.5, 3],
    true,
    (x, m) => sub(mul(2, power(add(m, EPS), 0.5)), mul(-2, mul(x, power(add(m, EPS), -0.5)))),
  ],
];

describe.each(losses)('%s', (name, xs, isPositive, asTensors) => {
  const loss = lossOf(name, settings);
  const m = fc.double({ min: isPositive ? 0.05 : -3, max: 3, noNaN: true });

  test.prop([fc.constantFrom(...xs), m], { numRuns: 60 })(
    'the derivative is that of the value, by differences',
    (x, at) => {
      const h = 1e-5;
      const difference = (loss.value(x, at + h) - loss.value(x, at - h)) / (2 * h);
      // Third derivatives go up to x²/m⁵; huber has none at its two corners.
      const error = 1e-9 * (1 + (x * x + 1) / (isPositive ? at ** 5 : 1) + Math.exp(Math.abs(at)));
      if (name === 'huber' && Math.abs(Math.abs(x - at) - settings.delta) < 2 * h) return;
      expect(Math.abs(loss.derivative(x, at) - difference)).toBeLessThan(error);
    },
  );

  test('is finite where the model is 0, and bounded below by what its lower bound says', () => {
    for (const x of xs) {
      expect(Number.isFinite(loss.value(x, 0))).toBe(true);
      expect(Number.isFinite(loss.derivative(x, 0))).toBe(true);
    }
    expect(loss.lower).toBe(isPositive ? 0 : -Infinity);
  });

  /** Data from the loss's domain, factors from that of its model. */
  const shape = [3, 2, 4];
  const rank = 2;
  const x = tensor(
    Float64Array.from({ length: 24 }, (_, q) => xs[(q * q + q) % xs.length]),
    shape,
  );
  const factors = shape.map((n, mode) => {
    const entries = irregular([n, rank], mode + 1);
    return isPositive ? add(abs(entries), 0.1) : mul(0.5, entries);
  });
  const mask = tensor(
    Float64Array.from({ length: 24 }, (_, q) => (q % 5 === 2 ? 0 : 1)),
    shape,
  );
  const ridge = Float64Array.of(0.3, 0.7);
  const observed = (mask?: Tensor): Observed => ({ ...observedData(x, mask, { ...loss, isSquare: false }, name) });

  /** Σ weight·loss + ridge by autodiff, the gradient of the free modes one after another. */
  const byAutodiff = (weight: Tensor, free: readonly boolean[]) => {
    const { value, grad } = valueAndGrad((as: Tensor[]): Tensor => {
      const model = cpToTensor({ weights: ones([rank]), factors: as });
      const penalties = as.filter((_, n) => free[n]).map((a) => sum(mul(square(a), tensor(ridge))));
      return [sum(mul(weight, asTensors(x, model))), ...penalties].reduce((total, part) => add(total, part));
    })([...factors]);
    return { value: value.item(), gradient: grad.flatMap((g, n) => (free[n] ? Array.from(numbers(g)) : [])) };
  };

  test.each([
    ['all elements', undefined, [true, true, true]],
    ['a mask', mask, [true, true, true]],
    ['a mask and a fixed mode', mask, [true, false, true]],
  ])('objective and gradient over %s are those of autodiff, to rounding', (_what, masked, free) => {
    const parameters = parametersOf(factors.map(numbers), rank, free);
    const { objective, release } = gcpObjective(observed(masked), loss, parameters, ridge);
    const gradient = new Float64Array(parameters.size).fill(Number.NaN);
    const value = objective(vectorOf(parameters), gradient);
    release();
    const expected = byAutodiff(masked ?? ones(shape), free);
    expectClose([value], [expected.value], { factor: 256, scale: Math.abs(expected.value) + 24 });
    expectClose(gradient, expected.gradient, { factor: 1024 });
  });

  test('the sampled gradient is that of the elements drawn, and the estimate is exact where elements are few', () => {
    const free = [true, true, false];
    const parameters = parametersOf(factors.map(numbers), rank, free);
    for (const masked of [undefined, mask]) {
      const data = observed(masked);
      const sampler = createSampler(data, loss, parameters, ridge, key(1));
      const gradient = new Float64Array(parameters.size).fill(Number.NaN);
      sampler.gradient(vectorOf(parameters), key(2), 50, gradient);
      const weight = new Float64Array(24);
      for (const draw of randint(key(2), 50, { max: data.count }))
        weight[data.places?.[draw] ?? draw] += data.count / 50;
      const expected = byAutodiff(tensor(weight, shape), free);
      expectClose(gradient, expected.gradient, { factor: 1024 });
      const whole = byAutodiff(masked ?? ones(shape), free).value;
      expectClose([sampler.estimate(vectorOf(parameters))], [whole], { factor: 256, scale: Math.abs(whole) + 24 });
    }
  });
});

test('a million elements: the estimate is made from some of them, without bias', () => {
  const shape = [100, 100, 20];
  const x = irregular(shape, 3);
  const loss = lossOf('normal', settings);
  const factors = shape.map((n) => numbers(irregular([n, 1], 2)));
  const parameters = parametersOf(factors, 1, [true, true, true]);
  const data = observedData(x, undefined, { ...loss, isSquare: false }, 'normal');
  const { objective, release } = gcpObjective(data, loss, parameters, Float64Array.of(0));
  const exact = objective(vectorOf(parameters), new Float64Array(parameters.size));
  release();
  const sampler = createSampler(data, loss, parameters, Float64Array.of(0), key(4));
  const estimate = sampler.estimate(vectorOf(parameters));
  expect(estimate).not.toBe(exact);
  // 65536 draws of terms whose deviation is about their mean: 0.4 % once in three times.
  expect(Math.abs(estimate / exact - 1)).toBeLessThan(0.03);
});

describe.skipIf(!fixturesArePresent)('oracle fixture gcp_losses (peer case 34)', () => {
  const named: [string, ElementLoss][] = [
    ['gaussian', lossOf('normal', settings)],
    ['bernoulli_odds', lossOf('bernoulli-odds', settings)],
    ['bernoulli_logit', lossOf('bernoulli-logit', settings)],
    ['poisson', lossOf('poisson', settings)],
    ['poisson_log', lossOf('poisson-log', settings)],
    ['rayleigh', lossOf('rayleigh', settings)],
    ['gamma', lossOf('gamma', settings)],
    ['huber_0.315', lossOf('huber', { ...settings, delta: 0.315 })],
  ];

  test.each(named)('%s: values and derivatives at points, objective and gradient of a small tensor', (name, loss) => {
    const f = fixture('gcp_losses');
    const path = (field: string): string => `expect.${name.replace('.', '\\.')}.${field}`;
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    const xs = f.numbers(path('point_x'));
    const ms = f.numbers(path('point_m'));
    expectClose(
      xs.map((x, k) => loss.value(x, ms[k])),
      f.numbers(path('point_f')),
      tolerance,
    );
    expectClose(
      xs.map((x, k) => loss.derivative(x, ms[k])),
      f.numbers(path('point_g')),
      tolerance,
    );
    const factors = f.tensors(path('factors')).map(numbers);
    const parameters = parametersOf(factors, 2, [true, true, true]);
    const data = observedData(f.tensor(path('X')), undefined, { ...loss, isSquare: false }, name);
    const { objective, release } = gcpObjective(data, loss, parameters, new Float64Array(2));
    const gradient = new Float64Array(parameters.size);
    expectClose([objective(vectorOf(parameters), gradient)], [f.number(path('f'))], tolerance);
    expectClose(gradient, f.numbers(path('gradient')), tolerance);
    release();
  });
});

test.each([1e-300, 1e-3, 1, 1e3, 1e150])('a random start for logarithms of rates about %d is in range', (mean) => {
  const x = full([6, 5, 4], mean);
  for (const seed of [0, 1, 2]) {
    const options = { loss: 'poisson-log', key: key(seed) } as const;
    const { objective } = gcp(x, 3, { ...options, maxIterations: 0 });
    expect(objective).toSatisfy(Number.isFinite);
    const found = gcp(x, 3, { ...options, maxIterations: 50 });
    expect(found.objective).toBeLessThan(objective);
    expect(found.status).not.toBe('diverged');
  }
});
