import { fc } from '@fast-check/vitest';
import { checkVjp, checkVjpOrder2, type Data, data } from '@neuronseek/testkit';
import { grad } from '../../src/core/grad.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import type { Matrix } from './hard-matrices.js';

/** A differentiable function of tensors. */
export type Run = (xs: Tensor[]) => Tensor;

/** A point, and all directions and cotangents that the laws of orders 1 and 2 need there. */
export interface LawInputs {
  readonly inputs: readonly Data[];
  readonly direction: readonly Data[];
  readonly cotangent: Data;
  readonly cotangentDirection: Data;
  readonly cotangents2: readonly Data[];
}

export function fromData({ shape, data: values }: Data): Tensor {
  return new Tensor(Float64Array.from(values), 'float64', shape);
}

export function toData(x: Tensor): Data {
  return { shape: x.shape, data: Float64Array.from(x.toTypedArray()) };
}

export function fromMatrix(a: Matrix): Data {
  return { shape: [a.rows, a.cols], data: a.data };
}

/** Two matrices of one size as a stack. */
export function stackOfTwo(a: Matrix, b: Matrix): Data {
  return { shape: [2, a.rows, a.cols], data: Float64Array.from([...a.data, ...b.data]) };
}

export function lawInputs(points: fc.Arbitrary<readonly Data[]>, run: Run): fc.Arbitrary<LawInputs> {
  // No zeros: the law's allowance for rounding is made of |cotangent|·|value|, element by element, while a factorization
  // spreads the rounding error of its largest element over all of them.
  const away = (x: { shape: readonly number[] }): fc.Arbitrary<Data> =>
    data({ shape: x.shape, min: -1, max: 1 }).map(({ shape, data: values }) => ({
      shape,
      data: values.map((v) => (v < 0 ? v - 0.25 : v + 0.25)),
    }));
  return points.chain((inputs) => {
    const likeInputs = fc.tuple(...inputs.map(away));
    const likeOutput = away(run(inputs.map(fromData)));
    return fc.record({
      inputs: fc.constant(inputs),
      direction: likeInputs,
      cotangent: likeOutput,
      cotangentDirection: likeOutput,
      cotangents2: likeInputs,
    });
  });
}

/** Fails unless the pullback is the transpose of the differential, and so is the pullback of the pullback. */
export function checkDerivatives(run: Run, c: LawInputs): void {
  checkVjp({
    apply: (xs) => toData(run(xs.map(fromData))),
    pullback: (xs, g) => vjp(run, xs.map(fromData)).pullback(fromData(g)).map(toData),
    inputs: c.inputs,
    direction: c.direction,
    cotangent: c.cotangent,
  });
  checkVjpOrder2({
    pullback: (xs, g) => vjp(run, xs.map(fromData)).pullback(fromData(g)).map(toData),
    pullback2: (xs, g, ws) => {
      const at = { xs: xs.map(fromData), g: fromData(g) };
      const inner = (p: typeof at): Tensor =>
        vjp(run, p.xs)
          .pullback(p.g)
          .map((pulled, k) => sum(mul(fromData(ws[k]), pulled)))
          .reduce(add);
      const pulled = grad(inner)(at);
      return [...pulled.xs, pulled.g].map(toData);
    },
    inputs: c.inputs,
    cotangent: c.cotangent,
    direction: [...c.direction, c.cotangentDirection],
    cotangents2: c.cotangents2,
  });
}
