import { ones, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  cp,
  cpAls,
  cpGaussNewton,
  cpNonnegative,
  cpOpt,
  cpRandomized,
  cpStream,
  cpSymmetric,
  cpWeighted,
  gcp,
  suggestRank,
  tucker,
} from '../src/index.js';
import { cpRestarts } from '../src/parallel/index.js';

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

  test('cpRestarts speaks for cp', async () => {
    await expect(cpRestarts(x, 1, { ridge: -1 })).rejects.toThrow(
      new RangeError('cpRestarts: ridge is not a finite number from 0: -1'),
    );
    await expect(cpRestarts(x, 1, { starts: [] })).rejects.toThrow(/^cpRestarts: starts is not/);
  });
});
