import { fc, test } from '@fast-check/vitest';
import { expectSameBits, value } from '@neuronseek/testkit';
import { khatriRaoKernel } from './index.js';
import { khatriRaoScalar } from './scalar.js';

const problem = fc
  .record({ rank: fc.integer({ min: 1, max: 4 }), sizes: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }) })
  .chain(({ rank, sizes }) =>
    fc.record({
      rank: fc.constant(rank),
      factors: fc.tuple(
        ...sizes.map((n) =>
          fc
            .array(value({ special: [-0, 1e300, Infinity, Number.NaN] }), { minLength: n * rank, maxLength: n * rank })
            .map((values) => Float64Array.from(values)),
        ),
      ),
    }),
  );

test.prop([problem])('grows to the bits of the oracle, which multiplies in the same order', ({ rank, factors }) => {
  const rows = factors.reduce((product, factor) => product * (factor.length / rank), 1);
  const expected = new Float64Array(rows * rank).fill(7);
  const received = new Float64Array(rows * rank).fill(8);
  khatriRaoScalar(factors, rank, expected);
  khatriRaoKernel(factors, rank, received);
  expectSameBits(received, expected);
});
