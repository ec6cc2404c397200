import { addKernel, divKernel, mulKernel, negKernel, subKernel } from '../../kernels/elementwise/index.js';
import { asTensor, type TensorLike } from '../as-tensor.js';
import { apply } from '../op.js';
import type { Tensor } from '../tensor.js';
import { binary, type ElementwiseOp, unary } from './elementwise.js';

// d(a + b) = da + db
export const addOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'add',
  lane: 'add',
  kernel: addKernel,
  result: 'number',
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  vjp: (g) => [g, g],
});

// d(a − b) = da − db
export const subOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'sub',
  lane: 'sub',
  kernel: subKernel,
  result: 'number',
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  vjp: (g, _y, _a, _b, wanted) => [g, wanted[1] ? neg(g) : undefined],
});

// d(a·b) = b·da + a·db
export const mulOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'mul',
  lane: 'mul',
  kernel: mulKernel,
  result: 'number',
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  vjp: (g, _y, a, b, wanted) => [wanted[0] ? mul(g, b) : undefined, wanted[1] ? mul(g, a) : undefined],
});

// d(a/b) = da/b − (a/b)·db/b
export const divOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'div',
  lane: 'div',
  kernel: divKernel,
  result: 'floating',
  domain: [
    [-10, 10],
    [0.5, 4],
  ],
  vjp: (g, y, _a, b, wanted) => [wanted[0] ? div(g, b) : undefined, wanted[1] ? neg(div(mul(g, y), b)) : undefined],
});

export const negOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'neg',
  lane: 'neg',
  kernel: negKernel,
  result: 'number',
  domain: [-10, 10],
  vjp: (g) => neg(g),
});

/** a + b, broadcast. */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return apply(addOp, [asTensor('add', a, b), asTensor('add', b, a)], undefined);
}

/** a − b, broadcast. */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return apply(subOp, [asTensor('sub', a, b), asTensor('sub', b, a)], undefined);
}

/** a·b elementwise, broadcast. For products of matrices see {@link matmul}. */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return apply(mulOp, [asTensor('mul', a, b), asTensor('mul', b, a)], undefined);
}

/** a/b, broadcast; always floating. Division by zero gives ±Infinity or NaN, as in IEEE 754. */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return apply(divOp, [asTensor('div', a, b), asTensor('div', b, a)], undefined);
}

/** −x. */
export function neg(x: TensorLike): Tensor {
  return apply(negOp, [asTensor('neg', x)], undefined);
}
