import { flatten, type Tensor, treeLeaves } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';

/** Joint Euclidean norm of all tensors of a tree; overflows only where the result does. */
export function globalNorm(tree: unknown): number {
  const norms = Float64Array.from(treeLeaves(tree), norm);
  return norm2(norms.length, norms, 0, 1);
}

function norm(x: Tensor): number {
  const elements = flatten(x);
  const floats =
    elements instanceof Float64Array || elements instanceof Float32Array ? elements : Float64Array.from(elements);
  return norm2(floats.length, floats, 0, 1);
}
