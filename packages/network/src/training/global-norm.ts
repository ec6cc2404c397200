import { apply, flatten, type Op, type Tensor, treeLeaves } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';

/** Joint Euclidean norm of all tensors of a tree, of order 0 and float64; overflows only where the result does. */
export function globalNorm(tree: unknown): Tensor {
  return apply(globalNormOp, treeLeaves(tree), undefined);
}

const globalNormOp: Op<undefined> = {
  name: 'globalNorm',
  overwrites: true,
  infer: () => ({ shape: [], dtype: 'float64' }),
  compute: (out, inputs) => {
    const norms = Float64Array.from(inputs, norm);
    out.data[out.offset] = norm2(norms.length, norms, 0, 1);
  },
  vjp: null,
};

function norm(x: Tensor): number {
  const elements = flatten(x);
  const floats =
    elements instanceof Float64Array || elements instanceof Float32Array ? elements : Float64Array.from(elements);
  return norm2(floats.length, floats, 0, 1);
}
