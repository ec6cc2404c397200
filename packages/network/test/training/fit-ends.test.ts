import { fc, test } from '@fast-check/vitest';
import { mul, sum, type Tensor, tensor, treeLeaves } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, vi } from 'vitest';
import {
  activation,
  adam,
  apply,
  type FitEvent,
  type FitOptions,
  type FitResult,
  fit,
  init,
  type Layer,
  linear,
  mse,
  type Optimizer,
  sequential,
  sgd,
  taskNeuron,
  type Variables,
} from '../../src/index.js';
import { saddle } from '../support/problems.js';

const network: Layer = sequential([
  taskNeuron(2, 3, { power: [1, 2], interaction: [{ order: 2, rank: 1 }] }),
  activation('tanh'),
  linear(3, 1),
]);

const common = { loss: mse, optimizer: adam(), key: key(11) };

function bits({ params, state }: Variables): number[] {
  return treeLeaves([params, state]).flatMap((x) => Array.from(x.toTypedArray()));
}

function allFinite(result: FitResult): boolean {
  return bits(result.variables).every(Number.isFinite);
}

describe('fit with validation', () => {
  /** Rates that make the loss go up and down. */
  const schedule = (step: number): number => 0.3 * (1 + Math.sin(step));

  test.prop([fc.nat(1e6)], { numRuns: 12 })(
    'returns the variables of the epoch with the least validation loss',
    (seed) => {
      const validation = saddle(seed + 1, 15);
      const options = { ...common, key: key(seed), epochs: 8, batchSize: 16, schedule, validation };
      const { variables, bestEpoch, trace } = fit(network, saddle(seed, 40), options);
      const losses = trace.map((event) => event.validation);
      const least = Math.min(...losses);
      expect(bestEpoch).toBe(losses.indexOf(least) + 1);
      expect(mse(apply(network, variables, validation.x).output, validation.y).item()).toBe(least);
      // The same run stopped there: rates do not depend on the number of epochs here.
      const stopped = fit(network, saddle(seed, 40), { ...options, epochs: bestEpoch, validation: undefined });
      expect(bits(stopped.variables)).toEqual(bits(variables));
    },
  );

  test('measures in blocks what it measures at once', () => {
    const validation = saddle(5, 4096 + 100);
    const { variables, trace } = fit(network, saddle(1, 40), { ...common, epochs: 1, validation });
    const whole = mse(apply(network, variables, validation.x).output, validation.y).item();
    expect(Math.abs(trace[0].validation - whole)).toBeLessThan(1e-12 * whole);
  });

  test('without validation the last epoch counts, and validation is NaN', () => {
    const { bestEpoch, trace } = fit(network, saddle(1, 40), { ...common, epochs: 3 });
    expect(bestEpoch).toBe(3);
    expect(trace.map((event) => event.validation)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test.prop([fc.nat(1e6), fc.integer({ min: 1, max: 4 })], { numRuns: 12 })(
    'stops after so many epochs without a better one, and no sooner',
    (seed, patience) => {
      const options = {
        ...common,
        key: key(seed),
        epochs: 30,
        batchSize: 16,
        schedule,
        patience,
        validation: saddle(seed + 1, 15),
      };
      const { status, bestEpoch, trace } = fit(network, saddle(seed, 40), options);
      const losses = trace.map((event) => event.validation);
      let since = 0;
      let best = Number.POSITIVE_INFINITY;
      losses.forEach((loss, i) => {
        since = loss < best ? 0 : since + 1;
        best = Math.min(best, loss);
        if (i < losses.length - 1) expect(since).toBeLessThan(patience);
      });
      if (status === 'stopped-early') expect([since, losses.length - bestEpoch]).toEqual([patience, patience]);
      else expect([status, losses.length]).toEqual(['completed', 30]);
    },
  );

  test('a loss that never gets better stops after the patience, at epoch 1', () => {
    const still = { ...common, schedule: () => 0, epochs: 50, patience: 4, validation: saddle(2, 5) };
    const { status, bestEpoch, trace } = fit(linear(2, 1), saddle(1, 20), still);
    expect([status, bestEpoch, trace.length]).toEqual(['stopped-early', 1, 5]);
    // All epochs done is completed, whatever the patience says.
    expect(fit(linear(2, 1), saddle(1, 20), { ...still, epochs: 5 }).status).toBe('completed');
  });

  test('patience without validation is of no effect', () => {
    const { status, trace } = fit(linear(2, 1), saddle(1, 20), { ...common, epochs: 6, patience: 1 });
    expect([status, trace.length]).toEqual(['completed', 6]);
  });
});

describe('fit interrupted', () => {
  const abortAfter = (epochs: number, options: Partial<FitOptions<never>> = {}): FitResult => {
    const controller = new AbortController();
    const onProgress = ({ epoch }: FitEvent): void => {
      if (epoch === epochs) controller.abort();
    };
    return fit(network, saddle(1, 40), {
      ...common,
      epochs: 6,
      ...options,
      optimizer: adam(),
      signal: controller.signal,
      onProgress,
      schedule: () => 0.01,
    });
  };

  test.each([1, 3, 5])('by the signal after epoch %d returns what that epoch reached', (epochs) => {
    const { status, bestEpoch, trace, variables } = abortAfter(epochs);
    expect([status, bestEpoch, trace.length]).toEqual(['aborted', epochs, epochs]);
    const short = fit(network, saddle(1, 40), { ...common, epochs, schedule: () => 0.01 });
    expect(bits(variables)).toEqual(bits(short.variables));
  });

  test('after the last epoch is too late', () => {
    expect(abortAfter(6).status).toBe('completed');
  });

  test('before the first epoch returns the variables at the start', () => {
    const onProgress = vi.fn();
    const start = init(network, key(5));
    const result = fit(network, saddle(1, 40), {
      ...common,
      variables: start,
      signal: AbortSignal.abort(),
      onProgress,
    });
    expect(result).toEqual({ variables: start, status: 'aborted', bestEpoch: 0, trace: [] });
    expect(onProgress).not.toHaveBeenCalled();
  });

  test('with validation returns the best epoch so far', () => {
    const validation = saddle(2, 15);
    const { bestEpoch, trace } = abortAfter(4, { validation });
    const losses = trace.map((event) => event.validation);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });

  test('onProgress is told every epoch what the trace says', () => {
    const onProgress = vi.fn();
    const { trace } = fit(network, saddle(1, 40), { ...common, epochs: 3, onProgress, validation: saddle(2, 5) });
    expect(onProgress.mock.calls).toEqual(trace.map((event) => [event]));
    expect(trace[2]).toMatchObject({ epoch: 3, epochs: 3 });
  });
});

describe('fit diverged', () => {
  test.each([1e3, 1e100, 1e300, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN])(
    'with a rate of %d returns finite variables and does not throw',
    (rate) => {
      const layer = sequential([
        taskNeuron(2, 3, { power: [1, 2], interaction: [] }, { normalize: false }),
        linear(3, 1),
      ]);
      const run = <S>(optimizer: Optimizer<S>): FitResult =>
        fit(layer, saddle(1, 32), {
          ...common,
          optimizer,
          epochs: 50,
          batchSize: 8,
          schedule: () => rate,
          clipNorm: Number.POSITIVE_INFINITY,
        });
      for (const result of [run(adam()), run(sgd())]) {
        expect(allFinite(result)).toBe(true);
        if (rate !== 1e3) expect(result.status).toBe('diverged');
        expect(result.bestEpoch).toBe(result.trace.length);
      }
    },
  );

  test('returns the variables of the last epoch that was good', () => {
    // Five steps an epoch; the first of epoch 4 goes too far.
    const schedule = (step: number): number => (step === 15 ? 1e300 : 0.01);
    const options = { ...common, optimizer: sgd(), batchSize: 8, schedule };
    const result = fit(linear(2, 1), saddle(1, 40), { ...options, epochs: 9 });
    expect([result.status, result.bestEpoch, result.trace.length]).toEqual(['diverged', 3, 3]);
    expect(bits(result.variables)).toEqual(bits(fit(linear(2, 1), saddle(1, 40), { ...options, epochs: 3 }).variables));
  });

  test('a last step that leaves numbers that are not finite does not count', () => {
    // One step an epoch: nobody meets the parameters after it.
    const schedule = (step: number): number => (step === 2 ? Number.POSITIVE_INFINITY : 0.01);
    const result = fit(linear(2, 1), saddle(1, 10), { ...common, epochs: 3, schedule });
    expect([result.status, result.bestEpoch, allFinite(result)]).toEqual(['diverged', 2, true]);
  });

  test('a gradient that is not finite ends the run before it does harm', () => {
    const infiniteSlope = (p: Tensor): Tensor => sum(mul(mul(p, 1e308), 1e308));
    const zero = { x: tensor([[0, 0]]), y: tensor([[0]]) };
    const start = init(linear(2, 1), key(1));
    const result = fit(linear(2, 1), zero, { ...common, loss: infiniteSlope, epochs: 2, variables: start });
    expect(result).toEqual({ variables: start, status: 'diverged', bestEpoch: 0, trace: [] });
  });

  test('so does one that is too long to be clipped', () => {
    const steep = (p: Tensor): Tensor => sum(mul(p, 1.5e308));
    const start = { params: { weight: tensor([[0], [0]]), bias: tensor([0]) }, state: {} };
    const one = { x: tensor([[1, 1]]), y: tensor([[0]]) };
    const options = { ...common, optimizer: sgd(), loss: steep, epochs: 1, variables: start, schedule: () => 1e-300 };
    expect(fit(linear(2, 1), one, options).status).toBe('diverged');
  });

  test('a loss that is NaN from the start returns the start', () => {
    const start = init(network, key(5));
    const loss = (p: Tensor, t: Tensor): Tensor => mul(mse(p, t), Number.NaN);
    const result = fit(network, saddle(1, 40), { ...common, loss, variables: start });
    expect(result).toEqual({ variables: start, status: 'diverged', bestEpoch: 0, trace: [] });
  });

  test('a validation loss that is not finite ends the run at the best epoch before', () => {
    let evaluations = 0;
    // Five rows: the validation. Training goes on as if nothing had happened.
    const loss = (p: Tensor, t: Tensor): Tensor => {
      const third = t.shape[0] === 5 && ++evaluations === 3;
      return mul(mse(p, t), third ? Number.POSITIVE_INFINITY : 1);
    };
    const result = fit(linear(2, 1), saddle(1, 40), {
      ...common,
      loss,
      epochs: 9,
      validation: saddle(2, 5),
      batchSize: 8,
    });
    expect([result.status, result.trace.length, result.trace[2].validation]).toEqual([
      'diverged',
      3,
      Number.POSITIVE_INFINITY,
    ]);
    expect(result.bestEpoch).toBeLessThan(3);
    expect(result.bestEpoch).toBeGreaterThan(0);
  });
});
