import { add, mul, ones, sub, type Tensor, tensor } from '@neuronseek/tensor';
import { norm } from '@neuronseek/tensor/linalg';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { cpToTensor, cpWeighted, createProblem } from '../src/index.js';

const size = (x: Tensor): number => norm(tensor(x.toTypedArray())).item();

describe('the error that cpWeighted reports under a ridge', () => {
  const { tensor: exact, solution: init } = createProblem({ shape: [6, 5, 4], rank: 2, key: key(1) });
  const noise = tensor(normal(key(2), exact.size), exact.shape);

  test.each([1e-6, 1e-8, 1e-10, 1e-11])(
    'is that of the model though the ridge is all of the objective: %d',
    (level) => {
      const x = add(exact, mul(noise, (level * size(exact)) / size(noise)));
      const { relativeError } = cpWeighted(x, ones(x.shape), 2, { init, ridge: 1, maxIterations: 0 });
      expect(relativeError / level).toBeCloseTo(1, 5);
    },
  );

  test('that leaves nothing of the model is 1', () => {
    const x = mul(exact, 1e-160);
    const found = cpWeighted(x, ones(x.shape), 2, { ridge: 1e20 });
    expect(found.relativeError).toBeCloseTo(size(sub(mul(x, 1e160), mul(cpToTensor(found), 1e160))) / size(exact), 12);
  });
});
