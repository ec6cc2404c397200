import { fc, test } from '@fast-check/vitest';
import { describe } from 'vitest';
import { compileStep } from '../../src/core/compile/compile-step.js';
import { onesLike } from '../../src/core/create.js';
import { isFloating } from '../../src/core/dtype.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { cases, hasDerivative } from '../ops/cases.js';
import type { OpCase } from '../ops/op-case.js';
import { type Arrangement, arrange, arrangement } from '../support/arrange.js';
import { opTable } from '../support/op-table.js';
import { expectSameTensors } from '../support/same-tensors.js';

interface Generated extends OpCase {
  readonly arrangements: readonly Arrangement[];
  readonly single: boolean;
}

function generated(name: string): fc.Arbitrary<Generated> {
  const found = cases.get(name);
  if (found === undefined) throw new Error(`no generated inputs for ${name}`);
  return found.chain(({ inputs, run }) =>
    fc.record({
      inputs: fc.constant(inputs),
      run: fc.constant(run),
      arrangements: fc.tuple(...inputs.map((x) => arrangement(x.shape.length))),
      single: fc.boolean(),
    }),
  );
}

// Whatever is compiled comes down to operations: if each has the bits of the eager run, and so have its derivative's, the rest is order.
describe.each([...opTable.values()].map((op) => ({ name: op.name, op })))('$name, compiled', ({ name, op }) => {
  test.prop([generated(name)], { numRuns: 15 })('has the bits of the eager run, its derivative as well', (c) => {
    const xs = c.inputs.map((x, k) => arrange(x, c.arrangements[k], c.single ? 'float32' : 'float64'));
    const f = (...args: Tensor[]): Tensor[] => {
      if (!hasDerivative(op)) return [c.run(args)];
      const { value, pullback } = vjp(c.run, args);
      return isFloating(value.dtype) ? [value, ...pullback(onesLike(value))] : [value];
    };
    const expected = f(...xs);
    const compiled = compileStep(f);
    // The second run meets buffers that were used.
    for (let run = 0; run < 2; run++) expectSameTensors(compiled(...xs), expected);
  });
});
