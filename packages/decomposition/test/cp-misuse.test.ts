import { mul, ones, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  borderRankProblem,
  collinearFactors,
  coreConsistency,
  cp,
  cpAls,
  cpGaussNewton,
  cpLoss,
  cpNonnegative,
  cpOpt,
  cpRandomized,
  cpStream,
  cpStreamAdd,
  cpStreamModel,
  cpSymmetric,
  cpWeighted,
  cpWeightedLoss,
  createProblem,
  factorMatchScore,
  gcp,
  gcpLoss,
  sampleLoss,
  stability,
  suggestRank,
  tucker,
} from '../src/index.js';
import { cpRestarts, rankSweep } from '../src/parallel/index.js';

const x = ones([2, 2, 2]);
const init = { weights: tensor([1]), factors: [ones([2, 1]), ones([2, 1]), ones([2, 1])] };

/** Options as they come from JavaScript, or from a file. */
const fits: Record<string, (options: object) => unknown> = {
  cp: (options) => cp(x, 1, options),
  cpAls: (options) => cpAls(x, 1, options),
  cpGaussNewton: (options) => cpGaussNewton(x, 1, options),
  cpOpt: (options) => cpOpt(x, 1, options),
  cpWeighted: (options) => cpWeighted(x, x, 1, options),
  cpNonnegative: (options) => cpNonnegative(x, 1, options),
  gcp: (options) => gcp(x, 1, options),
  cpStream: (options) => cpStream(x, 1, options),
  cpRandomized: (options) => cpRandomized(x, 1, options),
  cpSymmetric: (options) => cpSymmetric(x, 1, options),
  suggestRank: (options) => suggestRank(x, options),
  tucker: (options) => tucker(x, { ranks: [1, 1, 1], ...options }),
};
const withFixedModes = Object.entries(fits).slice(0, 8);

describe('options of the wrong type are refused by the function that was called', () => {
  test.each(Object.entries(fits))('%s: signal and onProgress', (name, fit) => {
    expect(() => fit({ signal: 1 })).toThrow(new TypeError(`${name}: signal is not an AbortSignal: 1`));
    expect(() => fit({ signal: null })).toThrow(new TypeError(`${name}: signal is not an AbortSignal: null`));
    expect(() => fit({ onProgress: 'log' })).toThrow(new TypeError(`${name}: onProgress is not a function: log`));
  });

  test.each(withFixedModes)('%s: fixedModes', (name, fit) => {
    expect(() => fit({ init, fixedModes: 1 })).toThrow(
      new TypeError(`${name}: fixedModes is not an array of modes: 1`),
    );
    expect(() => fit({ init, fixedModes: new Set([1]) })).toThrow(
      new TypeError(`${name}: fixedModes is not an array of modes: [object Set]`),
    );
    expect(() => fit({ init, fixedModes: [3] })).toThrow(
      new RangeError(`${name}: fixedModes: mode is out of range for a tensor of order 3: 3`),
    );
  });

  test('init of cp, modes of cpNonnegative', () => {
    expect(() => fits.cp({ init: null })).toThrow(
      new TypeError('cp: init is not a CP tensor { weights, factors }: null'),
    );
    expect(() => fits.cpNonnegative({ modes: 0 })).toThrow(
      new TypeError('cpNonnegative: modes is not an array of modes: 0'),
    );
  });

  test('cpStream speaks for cpAls', () => {
    expect(() => fits.cpStream({ tolerence: 0 })).toThrow(/^cpStream: unknown option tolerence: .*, mode, /);
    expect(() => fits.cpStream({ tolerance: -1 })).toThrow(/^cpStream: tolerance is not/);
    expect(() => fits.cpStream({ init: 'best' })).toThrow(/^cpStream: init is not/);
    expect(() => cpStream(tensor([[Number.NaN, 1]]), 1)).toThrow('cpStream: x is not finite at [0, 0]: NaN');
  });

  test('streams with numbers that are none', () => {
    const stream = cpStream(x, 1);
    const broken = { ...stream, factors: [mul(stream.factors[0], Number.NaN), ...stream.factors.slice(1)] };
    expect(() => cpStreamAdd(broken, x)).toThrow('cpStreamAdd: stream factor 0 is not finite at [0, 0]: NaN');
    expect(() => cpStreamModel({ ...stream, grams: stream.grams.map((gram) => mul(gram, Infinity)) })).toThrow(
      /^cpStreamModel: stream grams \d is not finite at/,
    );
  });

  test('cpRestarts speaks for cp', async () => {
    await expect(cpRestarts(x, 1, { ridge: -1 })).rejects.toThrow(
      new RangeError('cpRestarts: ridge is not a finite number from 0: -1'),
    );
    await expect(cpRestarts(x, 1, { starts: [] })).rejects.toThrow(/^cpRestarts: starts is not/);
  });
});

describe('options of what is no fit', () => {
  const others: Record<string, (options: object | null) => unknown> = {
    cpLoss: (options) => cpLoss(x, init, Object(options)),
    cpWeightedLoss: (options) => cpWeightedLoss(x, x, init, Object(options)),
    sampleLoss: (options) => sampleLoss([[0, 0, 0]], tensor([1]), init, Object(options)),
    gcpLoss: (options) => gcpLoss(x, init, Object(options)),
    factorMatchScore: (options) => factorMatchScore(init, init, Object(options)),
    coreConsistency: (options) => coreConsistency(x, init, Object(options)),
    borderRankProblem: (options) => borderRankProblem(2, Object(options)),
    collinearFactors: (options) => collinearFactors({ shape: [2, 2], rank: 1, collinearity: 0.5, ...Object(options) }),
    createProblem: (options) => createProblem({ shape: [2, 2], rank: 1, ...Object(options) }),
  };

  test.each(Object.entries(others))('%s names an unknown one', (name, call) => {
    expect(() => call({ relativ: true })).toThrow(new RegExp(`^${name}: unknown option relativ: the options are `));
    expect(() => call({})).not.toThrow();
  });

  test('of the wrong type', () => {
    expect(() => others.cpLoss({ relative: 'no' })).toThrow(new TypeError('cpLoss: relative is not a boolean: no'));
    expect(() => others.sampleLoss({ relative: 1 })).toThrow(new TypeError('sampleLoss: relative is not a boolean: 1'));
    expect(() => others.factorMatchScore({ weightPenalty: 0 })).toThrow(
      new TypeError('factorMatchScore: weightPenalty is not a boolean: 0'),
    );
    expect(() => others.gcpLoss({ maxIterations: 3 })).toThrow(/^gcpLoss: unknown option maxIterations: /);
    for (const name of ['borderRankProblem', 'collinearFactors', 'createProblem']) {
      expect(() => others[name]({ shape: 3 })).toThrow(new TypeError(`${name}: shape is not a list of sizes: 3`));
    }
  });

  test('stability names the fit that is none', () => {
    expect(() => stability(JSON.parse('[null]'))).toThrow(
      new TypeError('stability: fit 0 is not a CP tensor { weights, factors }: null'),
    );
    expect(() => stability([init, JSON.parse('{}')])).toThrow(/^stability: fit 1 factors is not an array/);
  });

  test('threads of cpRestarts and rankSweep', async () => {
    await expect(cpRestarts(x, 1, { threads: 0 })).rejects.toThrow(
      new RangeError('cpRestarts: threads is not a positive integer: 0'),
    );
    await expect(rankSweep(x, { threads: 1.5 })).rejects.toThrow(
      new RangeError('rankSweep: threads is not a positive integer: 1.5'),
    );
    await expect(rankSweep(x, JSON.parse('null'))).rejects.toThrow(
      new TypeError('rankSweep: options is not an object: null'),
    );
    await expect(rankSweep(x, JSON.parse('{"thread":2}'))).rejects.toThrow(
      /^rankSweep: unknown option thread: .*threads/,
    );
    await expect(rankSweep(x, { signal: JSON.parse('1') })).rejects.toThrow(/^rankSweep: signal is not/);
  });
});
