import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { modeGram } from './index.js';
import { modeGramScalar } from './scalar.js';

const problem = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }).chain((shape) => {
  const size = shape.reduce((product, n) => product * n, 1);
  return fc.tuple(
    fc.constant(shape),
    fc.nat(shape.length - 1),
    fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }),
  );
});

test.prop([problem])('equals the oracle where arithmetic is exact', ([shape, mode, values]) => {
  const x = Float64Array.from(values);
  const expected = new Float64Array(shape[mode] ** 2).fill(Number.NaN);
  const received = expected.slice();
  modeGramScalar(x, shape, mode, expected);
  modeGram(x, shape, mode, received);
  expect(received.map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
});
