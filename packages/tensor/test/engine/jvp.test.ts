import { fc, test } from '@fast-check/vitest';
import { type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { arange, onesLike, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { jvp } from '../../src/core/jvp.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { exp } from '../../src/core/ops/exponential.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { argmax } from '../../src/core/ops/reduce.js';
import { square } from '../../src/core/ops/roots.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { sin } from '../../src/core/ops/trigonometric.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { cases, hasDerivative } from '../ops/cases.js';
import type { OpCase } from '../ops/op-case.js';
import { elements, fromData } from '../support/elements.js';
import { opTable } from '../support/op-table.js';

const unit = { min: -1, max: 1 };

interface Directed extends OpCase {
  readonly tangents: readonly Data[];
  readonly cotangent: Data;
}

function directed(ofOp: fc.Arbitrary<OpCase>): fc.Arbitrary<Directed> {
  return ofOp.chain(({ inputs, run }) =>
    fc.record({
      inputs: fc.constant(inputs),
      run: fc.constant(run),
      tangents: fc.tuple(...inputs.map((x) => data({ ...unit, shape: x.shape }))),
      cotangent: data({ ...unit, shape: run(inputs.map((x) => fromData(x))).shape }),
    }),
  );
}

const differentiable = [...opTable.values()].filter(hasDerivative).map(({ name }) => name);

describe.each(differentiable)('jvp of %s', (name) => {
  const generated = cases.get(name);
  if (!generated) throw new Error(`no generated inputs for the operation ${name}`);

  test.prop([directed(generated)], { numRuns: 25 })(
    'is the transpose of vjp',
    ({ inputs, run, tangents, cotangent }) => {
      const xs = inputs.map((x) => fromData(x));
      const forward = jvp(
        run,
        xs,
        tangents.map((t) => fromData(t)),
      );
      const backward = vjp(run, xs);
      expect(elements(forward.value)).toEqual(elements(backward.value));
      expect(forward.tangent.shape).toEqual(forward.value.shape);
      expect(forward.tangent.node).toBeUndefined();
      const terms = (us: readonly number[], vs: readonly number[]): number[] => us.map((u, i) => u * vs[i]);
      const left = terms(elements(forward.tangent), [...cotangent.data]);
      const right = backward.pullback(fromData(cotangent)).flatMap((p, k) => terms(elements(p), [...tangents[k].data]));
      const total = (list: readonly number[]): number => list.reduce((s, t) => s + t, 0);
      const scale = [...left, ...right].reduce((s, t) => s + Math.abs(t), 1);
      expectClose([total(left)], [total(right)], { factor: 200, scale });
    },
  );
});

describe('jvp', () => {
  const f = (x: Tensor): Tensor => mul(sin(x), exp(x));

  it('is the derivative along a direction', () => {
    const { value, tangent } = jvp(f, tensor([0, 1]), tensor([1, 10]));
    expectClose(elements(value), [0, Math.sin(1) * Math.E], { factor: 4, scale: 3 });
    expectClose(elements(tangent), [1, 10 * (Math.sin(1) + Math.cos(1)) * Math.E], { factor: 8, scale: 40 });
  });

  it('takes and returns trees', () => {
    const at = { w: tensor([[1, 2]]), rest: [tensor(3), 'name'] as const };
    const along = { w: tensor([[1, 0]]), rest: [tensor(2), 'name'] as const };
    const { value, tangent } = jvp(({ w, rest: [b] }) => ({ product: mul(w, b), b, note: 'kept' }), at, along);
    expect([value.product.toArray(), value.b.item(), value.note]).toEqual([[[3, 6]], 3, 'kept']);
    expect([tangent.product.toArray(), tangent.b.item(), tangent.note]).toEqual([[[5, 4]], 2, 'kept']);
  });

  it('can be differentiated, and differentiates', () => {
    const directional = (x: Tensor): Tensor => jvp((t: Tensor) => square(mul(t, t)), x, tensor(1)).tangent;
    expect(directional(tensor(2)).item()).toBe(32);
    expect(grad(directional)(tensor(2)).item()).toBe(48);
    expect(jvp(directional, tensor(2), tensor(3)).tangent.item()).toBe(144);
    // Through a variable of an enclosing derivative that is no argument: ∂/∂a of ∂/∂x (a·x²) = 2x.
    expect(
      grad((a: Tensor) => jvp((x: Tensor) => mul(a, square(x)), tensor(5), tensor(1)).tangent)(tensor(7)).item(),
    ).toBe(10);
  });

  it('is zero for a constant, and for what does not depend on the primals', () => {
    expect(jvp((_: Tensor) => tensor([1, 2]), tensor(1), tensor(1)).tangent.toArray()).toEqual([0, 0]);
  });

  it('refuses what does not fit', () => {
    const x = zeros([2, 3]);
    expect(() => jvp((t: Tensor) => t, x, zeros([3, 2]))).toThrow(
      new RangeError('jvp: the tangent is [3, 2], the primal is [2, 3]'),
    );
    expect(() => jvp((t: Tensor[]) => t[0], [x], [])).toThrow(
      new RangeError('jvp: the tangents have 0 tensors, the primals have 1'),
    );
    expect(() => jvp((t: Tensor) => argmax(t), x, onesLike(x))).toThrow(
      new TypeError('jvp: the function returned int32, which has no derivative'),
    );
    expect(() => jvp((t: Tensor) => astype(argmax(t), 'float64'), x, onesLike(x))).not.toThrow();
    expect(() => jvp((t: Tensor) => sum(t), arange(0, 3, 1, { dtype: 'int32' }), zeros([3]))).toThrow(
      new TypeError('jvp: cannot differentiate with respect to the argument: its dtype is int32'),
    );
  });

  it('costs one linear pass: matrices meet only once', () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    const along = tensor([
      [1, 0],
      [0, 0],
    ]);
    expect(jvp((m: Tensor) => matmul(m, m), a, along).tangent.toArray()).toEqual([
      [2, 2],
      [3, 0],
    ]);
  });
});
