import { expectTensor } from '../as-tensor.js';
import { showValue } from '../describe-value.js';
import { checkOptions } from '../options.js';
import { normalizeAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { concat } from './concat.js';
import { slice } from './slice.js';

/**
 * The elements moved `shift` places towards the end along an axis, those pushed out coming in at the start. `axes`: one axis (default −1; NumPy flattens) or
 * several, then with one shift for all or one each. `roll(tensor([1, 2, 3]), 1)` is [3, 1, 2].
 */
export function roll(
  x: Tensor,
  shift: number | readonly number[],
  options: { readonly axes?: number | readonly number[] } = {},
): Tensor {
  expectTensor('roll', x);
  checkOptions('roll', options, { axes: 'axes' });
  const { axes = -1 } = options;
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis('roll', axis, x.order));
  const shifts = typeof shift === 'number' ? list.map(() => shift) : shift;
  if (!Array.isArray(shifts) || shifts.some((s) => !Number.isSafeInteger(s))) {
    const error = !Array.isArray(shifts) || shifts.some((s) => typeof s !== 'number') ? TypeError : RangeError;
    throw new error(`roll: the shift must be an integer or an array of integers, got ${showValue(shift)}`);
  }
  if (shifts.length !== list.length) throw new RangeError(`roll: ${shifts.length} shifts for ${list.length} axes`);
  return list.reduce((y, axis, i) => {
    const n = x.shape[axis];
    const by = n === 0 ? 0 : ((shifts[i] % n) + n) % n;
    if (by === 0) return y;
    const lead = new Array<undefined>(axis).fill(undefined);
    return concat([slice(y, [...lead, { start: n - by }]), slice(y, [...lead, { stop: n - by }])], { axis });
  }, x);
}
