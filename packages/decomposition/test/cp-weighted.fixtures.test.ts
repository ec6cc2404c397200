import { type Tensor, tensor } from '@neuronseek/tensor';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, test } from 'vitest';
import { parametersOf, vectorOf } from '../src/cp/opt/parameters.js';
import { weightedLeastSquares } from '../src/cp/weighted/objective.js';
import { weightedData } from '../src/cp/weighted/weighted-data.js';
import { fixture, fixturesArePresent } from './fixture.js';

const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());

describe.skipIf(!fixturesArePresent)('oracle fixtures of cpWeighted', () => {
  test('cp_gradient_gauss_newton: masked value and gradient, whatever stands under the mask', () => {
    const f = fixture('cp_gradient_gauss_newton');
    const mask = f.tensor('inputs.mask');
    const observed = numbers(mask);
    const x = tensor(
      numbers(f.tensor('inputs.X')).map((v, q) => (observed[q] > 0 ? v : 999)),
      mask.shape,
    );
    const scaled = weightedData('test', x, mask);
    const data = { ...scaled, elements: scaled.elements.map((v) => v * scaled.norm) };
    const parameters = parametersOf(f.tensors('inputs.factors').map(numbers), 2, [true, true, true]);
    const problem = weightedLeastSquares(data, parameters, new Float64Array(2));
    const gradient = new Float64Array(parameters.size);
    const value = problem.evaluate(vectorOf(parameters), gradient);
    problem.release();
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    expectClose([value], [f.number('expect.masked_f')], tolerance);
    expectClose(gradient, f.numbers('expect.masked_gradient'), tolerance);
  });
});
