import { fc, test } from '@fast-check/vitest';
import { checkVjp, checkVjpOrder2, type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { onesLike } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { type Arrangement, arrange, arrangement } from '../support/arrange.js';
import { elements, fromData, toData } from '../support/elements.js';
import { opTable } from '../support/op-table.js';
import { cases, hasDerivative } from './cases.js';
import type { OpCase } from './op-case.js';

const unit = { min: -1, max: 1 };

/** A case, how its inputs lie in memory, and what the laws of both orders need besides. */
interface LawInputs extends OpCase {
  readonly arrangements: readonly Arrangement[];
  readonly direction: readonly Data[];
  readonly cotangent: Data;
  readonly cotangentDirection: Data;
  readonly cotangents2: readonly Data[];
}

function lawInputs(ofOp: fc.Arbitrary<OpCase>): fc.Arbitrary<LawInputs> {
  return ofOp.chain(({ inputs, run }) => {
    const likeInputs = fc.tuple(...inputs.map((x) => data({ ...unit, shape: x.shape })));
    const likeOutput = data({ ...unit, shape: run(inputs.map((x) => fromData(x))).shape });
    return fc.record({
      inputs: fc.constant(inputs),
      run: fc.constant(run),
      arrangements: fc.tuple(...inputs.map((x) => arrangement(x.shape.length))),
      direction: likeInputs,
      cotangent: likeOutput,
      cotangentDirection: likeOutput,
      cotangents2: likeInputs,
    });
  });
}

/** <ws, pullback of run at xs of g>, a scalar that can be differentiated. */
function pulledInner(run: OpCase['run'], { xs, g }: { xs: Tensor[]; g: Tensor }, ws: Tensor[]): Tensor {
  const pulled = vjp(run, xs).pullback(g);
  return pulled.map((p, k) => sum(mul(ws[k], p))).reduce(add);
}

const ops = [...opTable].map(([exported, op]) => ({ exported, op, name: op.name }));

function casesOf(name: string): fc.Arbitrary<OpCase> {
  const found = cases.get(name);
  if (!found) throw new Error(`no generated inputs for the operation ${name}: add them to cases.ts`);
  return found;
}

describe('the op table', () => {
  test('finds the operations', () => {
    expect(ops.length).toBeGreaterThan(45);
  });

  test.each(ops)('$exported is named after its operation and has generated inputs', ({ exported, name }) => {
    expect(exported).toBe(`${name}Op`);
    expect(cases.has(name)).toBe(true);
  });

  test('has no cases of operations that are not there', () => {
    const names = new Set(ops.map(({ name }) => name));
    expect([...cases.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe.each(ops.filter(({ op }) => hasDerivative(op)))('the derivative of $name', ({ name }) => {
  const generated = lawInputs(casesOf(name));

  test.prop([generated])('is the transpose of the differential', (c) => {
    checkVjp({
      apply: (xs) => toData(c.run(xs.map((x, k) => arrange(x, c.arrangements[k])))),
      pullback: (xs, g) => {
        const ts = xs.map((x, k) => arrange(x, c.arrangements[k]));
        return vjp(c.run, ts).pullback(fromData(g)).map(toData);
      },
      inputs: c.inputs,
      direction: c.direction,
      cotangent: c.cotangent,
    });
  });

  test.prop([generated])('has a derivative that is the transpose of its differential', (c) => {
    const tensors = (xs: readonly Data[]): Tensor[] => xs.map((x, k) => arrange(x, c.arrangements[k]));
    checkVjpOrder2({
      pullback: (xs, g) => vjp(c.run, tensors(xs)).pullback(fromData(g)).map(toData),
      pullback2: (xs, g, ws) => {
        const at = { xs: tensors(xs), g: fromData(g) };
        const pulled = grad((p: typeof at) =>
          pulledInner(
            c.run,
            p,
            ws.map((w) => fromData(w)),
          ),
        )(at);
        return [...pulled.xs, pulled.g].map(toData);
      },
      inputs: c.inputs,
      cotangent: c.cotangent,
      direction: [...c.direction, c.cotangentDirection],
      cotangents2: c.cotangents2,
    });
  });

  test.prop([generated])('has the dtype of its argument, also in float32 and in mixed company', (c) => {
    const exact = vjp(
      c.run,
      c.inputs.map((x) => fromData(x)),
    ).pullback(fromData(c.cotangent));
    c.inputs.forEach((_, single) => {
      const mixed = c.inputs.map((x, k) => fromData(x, k === single ? 'float32' : 'float64'));
      const { value, pullback } = vjp(c.run, mixed);
      const pulled = pullback(fromData(c.cotangent, value.dtype === 'float32' ? 'float32' : 'float64'));
      pulled.forEach((p, k) => {
        expect(p.dtype).toBe(k === single ? 'float32' : 'float64');
        // Inputs, cotangent and results are rounded to float32, so the error is a few of its eps times the largest number around.
        const largest = Math.max(
          1,
          ...elements(exact[k]).map(Math.abs),
          ...c.inputs.flatMap((x) => [...x.data].map(Math.abs)),
        );
        expectClose(elements(p), elements(exact[k]), { factor: 64, scale: largest ** 2, epsilon: 2 ** -23 });
      });
    });
  });
});

describe.each(ops.filter(({ op }) => !hasDerivative(op)))('$name', ({ name }) => {
  test.prop([casesOf(name)], { numRuns: 20 })('refuses to be differentiated', ({ inputs, run }) => {
    const { value, pullback } = vjp(
      run,
      inputs.map((x) => fromData(x)),
    );
    expect(() => pullback(onesLike(value))).toThrow(
      new TypeError(`${name}: has no derivative; wrap its argument in stopGradient if that is meant`),
    );
  });
});
