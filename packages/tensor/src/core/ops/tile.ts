import { expectTensor } from '../as-tensor.js';
import { describeValue, showValue } from '../describe-value.js';
import { apply } from '../op.js';
import { checkOptions } from '../options.js';
import { normalizeAxis, type Shape } from '../shape.js';
import { isTensor, type Tensor } from '../tensor.js';
import { reshape } from './reshape.js';
import { broadcastTo } from './sum-broadcast.js';
import { takeOp } from './take.js';

/**
 * Copies of x beside each other: `counts[i]` of them along axis i, a number for the last axis only. Shapes are aligned at the last axis, as for
 * broadcasting: `tile(x, [2, 1])` of a vector is a matrix of two rows.
 */
export function tile(x: Tensor, counts: number | Shape): Tensor {
  expectTensor('tile', x);
  const list = typeof counts === 'number' ? [counts] : counts;
  checkCounts(list, counts);
  const order = Math.max(x.order, list.length);
  const align = (sizes: Shape): number[] => [...new Array<number>(order - sizes.length).fill(1), ...sizes];
  const [times, shape] = [align(list), align(x.shape)];
  const apart = shape.flatMap((n) => [1, n]);
  const repeated = shape.flatMap((n, axis) => [times[axis], n]);
  return reshape(
    broadcastTo(reshape(x, apart), repeated),
    shape.map((n, axis) => n * times[axis]),
  );
}

function checkCounts(list: Shape, counts: unknown): void {
  if (!Array.isArray(list) || list.some((n) => typeof n !== 'number')) {
    throw new TypeError(`tile: counts must be a number or an array of them, got ${showValue(counts)}`);
  }
  const wrong = list.find((n) => !Number.isSafeInteger(n) || n < 0);
  if (wrong !== undefined) throw new RangeError(`tile: counts must be non-negative integers, got ${wrong}`);
}

/**
 * Each entry along `axis` (default −1; NumPy flattens) several times in a row: `count` times, or `count[i]` times entry i.
 * `repeat(tensor([1, 2]), 2)` is [1, 1, 2, 2].
 */
export function repeat(
  x: Tensor,
  count: number | readonly number[] | Tensor,
  options: { readonly axis?: number } = {},
): Tensor {
  expectTensor('repeat', x);
  checkOptions('repeat', options, { axis: 'number' });
  const axis = normalizeAxis('repeat', options.axis ?? -1, x.order);
  const n = x.shape[axis];
  const list = isTensor(count) ? Array.from(count.toTypedArray()) : count;
  if (typeof list !== 'number' && !Array.isArray(list)) {
    throw new TypeError(`repeat: expected a count or an array of them, got ${describeValue(count)}`);
  }
  const each = typeof list === 'number' ? new Array<number>(n).fill(list) : list;
  if (each.length !== n) throw new RangeError(`repeat: ${each.length} counts for the ${n} entries of axis ${axis}`);
  const wrong = (typeof list === 'number' ? [list] : each).find((times) => !Number.isSafeInteger(times) || times < 0);
  if (wrong !== undefined && typeof wrong !== 'number') {
    throw new TypeError(`repeat: counts must be numbers, got ${showValue(wrong)}`);
  }
  if (wrong !== undefined) throw new RangeError(`repeat: counts must be non-negative integers, got ${wrong}`);
  const indices = new Int32Array(each.reduce((total, times) => total + times, 0));
  let end = 0;
  each.forEach((times, i) => {
    indices.fill(i, end, end + times);
    end += times;
  });
  return apply(takeOp, [x], { axis, indices });
}
