import { test } from '@fast-check/vitest';
import { polynomialTermsComposed } from '@neuronseek/neurons';
import {
  add,
  clip,
  div,
  expandDims,
  log,
  mean,
  mul,
  neg,
  ones,
  sigmoid,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  valueAndGrad,
} from '@neuronseek/tensor';
import { fold, key, permutation, split, uniform } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type GatedParams, runGatedModel } from '../../src/gates/gated-model.js';
import { begin, type EpochPlan } from '../../src/gates/train-epoch.js';
import { oneEpoch } from '../support/one-epoch.js';
import { settingsOf, smallData, smallStructure, trainedParams } from '../support/small-model.js';

/** Σ_t gate_t·(scale_t·x̂_t + shift_t) with x̂_t normalised over the batch, written out. */
function gatedSum(terms: Tensor, scale: Tensor, shift: Tensor, gates: Tensor): Tensor {
  const deviation = sub(terms, mean(terms, { axes: 1, keepDims: true }));
  const spread = sqrt(add(mean(square(deviation), { axes: 1, keepDims: true }), 1e-5));
  const term = add(mul(div(deviation, spread), expandDims(scale, 1)), expandDims(shift, 1));
  return sum(mul(term, expandDims(gates, [1, 2])), { axes: 0 });
}

const names = ['power', 'factors', 'scale', 'shift', 'bias', 'logAlpha'] as const;
type Name = (typeof names)[number];
type Numbers = Record<Name, number[]>;

const numbersOf = (params: GatedParams): Numbers => {
  const list = (name: Name): number[] => Array.from(params[name].toTypedArray());
  return {
    power: list('power'),
    factors: list('factors'),
    scale: list('scale'),
    shift: list('shift'),
    bias: list('bias'),
    logAlpha: list('logAlpha'),
  };
};

interface Step {
  readonly rates: Record<Name, number>;
  readonly lambda: number;
  readonly clipNorm: number;
  readonly trainGates: boolean;
  readonly classify: boolean;
  readonly batchSize: number;
}

/** Weight decay of the reference. */
const decay: Record<Name, number> = { power: 1e-4, factors: 1e-5, scale: 0, shift: 0, bias: 0, logAlpha: 0 };

/** One epoch written out: basic operations, Adam as in its paper on plain numbers, one norm over all gradients that are used. */
function oracleEpoch(
  params: GatedParams,
  data: { x: Tensor; y: Tensor },
  step: Step,
  epochKey: ReturnType<typeof key>,
): Numbers {
  const [orderKey, noiseKey] = split(epochKey, 2);
  const rows = data.x.shape[0];
  const order = permutation(orderKey, rows);
  const trained = names.filter((name) => step.trainGates || name !== 'logAlpha');
  const at = numbersOf(params);
  const zeros = (): Numbers => numbersOf(params);
  const m = zeros();
  const v = zeros();
  for (const name of names) {
    m[name].fill(0);
    v[name].fill(0);
  }
  let steps = 0;
  for (let start = 0; start < rows; start += step.batchSize) {
    const batch = Array.from(order.slice(start, start + step.batchSize));
    if (batch.length < 2) continue;
    steps++;
    const [x, y] = [take(data.x, batch), take(data.y, batch)];
    const u = Array.from(uniform(fold(noiseKey, start), at.logAlpha.length, { min: 1e-8, max: 1 - 1e-8 }));
    const noise = tensor(u.map((p) => Math.log(p / (1 - p))));
    const loss = (p: GatedParams): Tensor => {
      const s = sigmoid(div(add(p.logAlpha, noise), 0.66));
      const gates = clip(sub(mul(s, 1.2), 0.1), 0, 1);
      const { power, interaction } = smallStructure;
      const terms = polynomialTermsComposed(x, p.power, p.factors, { powers: power, interactions: interaction });
      const output = add(gatedSum(terms, p.scale, p.shift, gates), p.bias);
      const fit = step.classify
        ? neg(mean(sum(mul(y, log(softmax(output))), { axes: 1 })))
        : mean(square(sub(output, y)));
      const open = sum(sigmoid(add(p.logAlpha, 0.66 * Math.log(11))));
      return add(fit, mul(open, step.lambda));
    };
    const point: GatedParams = {
      power: tensor(at.power, params.power.shape),
      factors: tensor(at.factors, params.factors.shape),
      scale: tensor(at.scale, params.scale.shape),
      shift: tensor(at.shift, params.shift.shape),
      bias: tensor(at.bias, params.bias.shape),
      logAlpha: tensor(at.logAlpha),
    };
    const gradient = numbersOf(valueAndGrad(loss)(point).grad);
    const norm = Math.hypot(...trained.flatMap((name) => gradient[name]));
    const shrink = norm > step.clipNorm ? step.clipNorm / norm : 1;
    for (const name of trained) {
      at[name] = at[name].map((value, i) => {
        const g = shrink * gradient[name][i] + decay[name] * value;
        m[name][i] = 0.9 * m[name][i] + 0.1 * g;
        v[name][i] = 0.999 * v[name][i] + 0.001 * g * g;
        const unbiased = Math.sqrt(v[name][i] / (1 - 0.999 ** steps)) + 1e-8;
        return value - (step.rates[name] * (m[name][i] / (1 - 0.9 ** steps))) / unbiased;
      });
    }
  }
  return at;
}

const ratesOf = (power: number, others: number): Record<Name, number> => ({
  power,
  factors: others,
  scale: others,
  shift: others,
  bias: others,
  logAlpha: others,
});

interface Run {
  readonly what: string;
  readonly rows: number;
  readonly outputs: number;
  readonly plan: Pick<EpochPlan, 'lambda' | 'rate' | 'trainGates'>;
  readonly clipNorm: number;
}

const usual = { rows: 12, outputs: 1, clipNorm: 1 };
const runs: Run[] = [
  { ...usual, what: 'three batches, clipped', plan: { lambda: 0.05, rate: 1, trainGates: true } },
  {
    ...usual,
    what: 'gradients longer than all limits',
    clipNorm: 1e-3,
    plan: { lambda: 2, rate: 0.5, trainGates: true },
  },
  { ...usual, what: 'no limit', clipNorm: Number.POSITIVE_INFINITY, plan: { lambda: 0.3, rate: 1, trainGates: true } },
  {
    ...usual,
    what: 'warm-up: gates neither move nor lengthen the gradient',
    plan: { lambda: 0, rate: 1, trainGates: false },
  },
  { ...usual, what: 'two classes', outputs: 2, plan: { lambda: 0.05, rate: 0.1, trainGates: true } },
  { ...usual, what: 'a last row alone is left out', rows: 13, plan: { lambda: 0.05, rate: 1, trainGates: true } },
];

describe('an epoch of training', () => {
  test.each(runs)('is an epoch of Adam on the composed loss: $what', ({ rows, outputs, plan, clipNorm }) => {
    const params = trainedParams(smallStructure, 3, outputs, 5);
    const data = smallData(rows, 3, outputs, 50);
    // Rates other than the defaults, so that one taken for another is seen.
    const settings = settingsOf({
      batchSize: 4,
      powerRate: 0.003,
      factorRate: 0.02,
      clipNorm,
      task: outputs > 1 ? 'classification' : 'regression',
    });
    const expected = oracleEpoch(
      params,
      data,
      {
        rates: ratesOf(0.003 * plan.rate, 0.02 * plan.rate),
        lambda: plan.lambda,
        clipNorm,
        trainGates: plan.trainGates,
        classify: outputs > 1,
        batchSize: 4,
      },
      key(9),
    );
    const actual = numbersOf(
      oneEpoch(begin(params), data, { settings, structure: smallStructure, ...plan }, key(9)).params,
    );
    // A step is the rate times a quotient that is 1 at first, whatever the gradient: its relative rounding is that of the gradient, about
    // 1e3·eps where a batch of four normalises terms that are nearly alike.
    for (const name of names) expectClose(actual[name], expected[name], { factor: 1e4, scale: 1 });
  });

  test('the defaults give the power weights 0.005 and all else 0.01', () => {
    const params = trainedParams(smallStructure, 3, 1, 5);
    const data = smallData(4, 3, 1, 50);
    const plan = {
      settings: settingsOf({ batchSize: 4 }),
      structure: smallStructure,
      lambda: 1,
      rate: 1,
      trainGates: true,
    };
    const before = numbersOf(params);
    const after = numbersOf(oneEpoch(begin(params), data, plan, key(9)).params);
    for (const name of names) {
      const largest = Math.max(...after[name].map((v, i) => Math.abs(v - before[name][i])));
      // Adam's first step is the rate, less 1e-8 over the gradient.
      expect(largest / (name === 'power' ? 0.005 : 0.01)).toBeCloseTo(1, 4);
    }
  });

  test('the loss told is the mean over the rows used, without the penalty', () => {
    const params = trainedParams(smallStructure, 3, 1, 5);
    const data = smallData(9, 3, 1, 50);
    const settings = settingsOf({ batchSize: 4 });
    // A rate so small that no bit of the parameters changes in the first steps: both batches see the same model.
    const plan = { settings, structure: smallStructure, rate: 1e-30, trainGates: true };
    const free = oneEpoch(begin(params), data, { ...plan, lambda: 0 }, key(3)).loss;
    expectSameBits([oneEpoch(begin(params), data, { ...plan, lambda: 5 }, key(3)).loss], [free]);
    const order = permutation(split(key(3), 2)[0], 9);
    // The ninth row does not count: replacing its target changes nothing.
    const last = order[8];
    const changed = data.y.toTypedArray().map((v, i) => (i === last ? 1e6 : v));
    const other = oneEpoch(begin(params), { x: data.x, y: tensor(changed, [9, 1]) }, { ...plan, lambda: 0 }, key(3));
    expectSameBits([other.loss], [free]);
    // Of seven rows, batches of four and three, each weighing as many as it has.
    const fixedGates = ones([4]);
    const batchLoss = (rows: Int32Array): number => {
      const output = runGatedModel(smallStructure, params, take(data.x, rows), fixedGates);
      return mean(square(sub(output, take(data.y, rows)))).item();
    };
    const seven = Int32Array.from({ length: 7 }, (_, i) => i);
    const shuffled = permutation(split(key(3), 2)[0], 7);
    const table = { x: take(data.x, seven), y: take(data.y, seven) };
    const { loss } = oneEpoch(begin(params), table, { ...plan, lambda: 0, fixedGates }, key(3));
    const expected = (4 * batchLoss(shuffled.slice(0, 4)) + 3 * batchLoss(shuffled.slice(4))) / 7;
    expectClose([loss], [expected], { factor: 4 });
  });

  test.each([1e160, 1e200, Number.MAX_VALUE])(
    'a learning rate of %d ends with NaN for a loss, never with parameters that are not finite',
    (rate) => {
      let progress = begin(trainedParams(smallStructure, 3, 1, 5));
      const data = smallData(8, 3, 1, 50);
      const settings = settingsOf({ batchSize: 8, powerRate: rate, factorRate: rate });
      const plan = { settings, structure: smallStructure, lambda: 0.1, rate: 1, trainGates: true };
      let loss = 0;
      for (let e = 0; e < 5 && !Number.isNaN(loss); e++) {
        const next = oneEpoch(progress, data, plan, key(e));
        loss = next.loss;
        if (!Number.isNaN(loss)) progress = next;
        expect(names.every((name) => numbersOf(progress.params)[name].every(Number.isFinite))).toBe(true);
      }
      expect(loss).toBeNaN();
    },
  );
});
