import { ones } from '@neuronseek/tensor';
import { expect, test } from 'vitest';
import { cpAls, createProblem, tucker } from '../src/index.js';

test('a misspelt option is named, with those there are', () => {
  const x = ones([2, 3, 2]);
  expect(() => cpAls(x, 1, JSON.parse('{"maxIteration":5}'))).toThrow(
    new TypeError(
      'cpAls: unknown option maxIteration: the options are init, key, maxIterations, tolerance, ridge, lineSearch, fixedModes, signal, onProgress',
    ),
  );
  expect(() => tucker(x, JSON.parse('{"rank":2}'))).toThrow(
    /^tucker: unknown option rank: the options are .*ranks, eps, modes/,
  );
  expect(() => createProblem(JSON.parse('{"shape":[2],"rank":1,"seed":3}'))).toThrow(
    /^createProblem: unknown option seed: /,
  );
});

test('an option given as undefined means its default', () => {
  const x = ones([2, 3, 2]);
  expect(cpAls(x, 1, { tolerance: undefined })).toEqual(cpAls(x, 1));
});
