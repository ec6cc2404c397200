import { asTensor, type TensorLike } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { promote, toFloating } from '../dtype.js';
import { applyView } from '../op.js';
import { isTensor, type Tensor } from '../tensor.js';
import { astype } from './astype.js';
import { squeeze } from './axes.js';
import { diagonalOp } from './diagonal.js';
import { contractPair, type Labelled, transposed } from './einsum-pair.js';
import { keptLabels, type Plan, planEinsum } from './einsum-path.js';
import { readSpec } from './einsum-spec.js';
import { sum } from './sum-broadcast.js';

/**
 * Einstein's summation: `einsum('ij,jk->ik', a, b)` is Σⱼ a[i, j]·b[j, k], the product of all operands summed over every index that the output
 * does not have.
 *
 * An index is a letter, one an axis; twice in an operand it is a diagonal. `...` stands for any axes before, between or behind, aligned at the
 * last one. Axes of size 1 stretch. Without `->` the output has the axes under `...` and then, capitals first, the letters that occur once. Spaces
 * mean nothing. Operands may be numbers.
 *
 * Pairs of operands are multiplied in the order that {@link einsumPath} tells, as products of matrices. One operand keeps its dtype, and the
 * result is a view where nothing is summed; several give a floating dtype, as matmul does. Throws a RangeError that says what is wrong with the
 * specification, or which index has two sizes.
 */
export function einsum(spec: string, ...operands: readonly TensorLike[]): Tensor {
  if (typeof spec !== 'string') throw new TypeError(`einsum: expected a specification, got ${describeValue(spec)}`);
  const like = operands.find(isTensor);
  const tensors = operands.map((x) => asTensor('einsum', x, like));
  const shapes = tensors.map((x) => x.shape);
  const read = readSpec('einsum', spec, shapes);
  const plan = planEinsum(read, shapes);
  const strongest = tensors.reduce((all, x) => promote(all, x.dtype), tensors[0].dtype);
  // One operand is counted as sum counts it, also where the axis that is summed has a single element.
  const counted = strongest === 'bool' && [...read.sizes.keys()].some((label) => !read.output.includes(label));
  const dtype = tensors.length > 1 ? toFloating(strongest) : counted ? 'int32' : strongest;
  const cast = tensors.map((x) => astype(x, dtype));
  return multiplyAll(
    cast.map((tensor, k) => prepared({ tensor, labels: read.terms[k] }, plan.start[k])),
    plan,
    read.output,
  );
}

function multiplyAll(start: readonly Labelled[], plan: Plan, output: readonly string[]): Tensor {
  const list = [...start];
  for (const [i, j] of start.length === 1 ? [] : plan.path) {
    const [b] = list.splice(j, 1);
    const [a] = list.splice(i, 1);
    const others = list.map(({ labels }) => labels);
    list.push(contractPair(a, b, others.length === 0 ? output : keptLabels(a.labels, b.labels, others, output)));
  }
  return transposed(list[0].tensor, list[0].labels, output);
}

/** Diagonals taken, axes that are to be stretched dropped, and all sums done that need nobody else. */
function prepared({ tensor, labels }: Labelled, start: readonly string[]): Labelled {
  const list = [...labels];
  let x = tensor;
  for (let columns = list.length - 1; columns > 0; columns--) {
    const label = list[columns];
    const rows = list.indexOf(label);
    if (rows === columns) continue;
    x = applyView(diagonalOp, x, { offset: 0, rows, columns });
    list.splice(columns, 1);
    list.splice(rows, 1);
    list.push(label);
    columns = list.length;
  }
  const gone = list.flatMap((label, axis) => (start.includes(label) ? [] : [axis]));
  const single = gone.filter((axis) => x.shape[axis] === 1);
  const long = gone.filter((axis) => x.shape[axis] !== 1);
  const summed = long.length === 0 ? x : sum(x, { axes: long, keepDims: true });
  return {
    tensor: gone.length === 0 ? summed : squeeze(summed, [...single, ...long]),
    labels: list.filter((label) => start.includes(label)),
  };
}
