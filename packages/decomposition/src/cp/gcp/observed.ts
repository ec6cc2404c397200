import { showShape, type Tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { checkFinite } from '../../checks/check-finite.js';
import { checkTensor } from '../../checks/check-tensor.js';
import { float64Elements } from '../../float64-elements.js';
import type { ElementLoss } from './losses.js';

/** The data of a fit with a mask. */
export interface Observed {
  readonly shape: readonly number[];
  /** Row-major, divided by `scale`; 0 where nothing was observed. */
  readonly elements: Float64Array;
  /** Places of the elements that were observed; undefined where all were. */
  readonly places: Int32Array | undefined;
  /** How many were. */
  readonly count: number;
  readonly mean: number;
  /** Their root mean square. */
  readonly size: number;
  readonly scale: number;
}

/** The data checked and masked; divided by their root mean square where the loss allows, so that their scale does not matter. */
export function observedData(x: Tensor, mask: Tensor | undefined, loss: ElementLoss, lossName: string): Observed {
  const { shape } = x;
  if (x.order === 0) throw new RangeError(`gcp: x needs at least one mode: its shape is []`);
  if (x.size === 0) throw new RangeError(`gcp: x has no elements: its shape is ${showShape(shape)}`);
  const elements = Float64Array.from(float64Elements(x));
  const places = mask === undefined ? undefined : placesOf(mask, x);
  if (places !== undefined) clearOthers(elements, places);
  checkFinite('gcp', 'x', elements, shape);
  const count = places?.length ?? elements.length;
  const bad = loss.domain === undefined ? -1 : badPlace(elements, places, loss.domain.holds);
  if (bad >= 0) {
    throw new RangeError(
      `gcp: loss '${lossName}' needs ${loss.domain?.text}: x is ${elements[bad]} at ${showIndex(bad, shape)}`,
    );
  }
  const size = norm2(elements.length, elements, 0, 1) / Math.sqrt(count);
  const scale = loss.isSquare && size > 0 ? size : 1;
  let mean = 0;
  for (let q = 0; q < elements.length; q++) {
    elements[q] /= scale;
    mean += elements[q] / count;
  }
  return { shape, elements, places, count, mean, size: size / scale, scale };
}

function placesOf(mask: Tensor, x: Tensor): Int32Array {
  checkTensor('gcp', 'mask', mask);
  if (showShape(mask.shape) !== showShape(x.shape)) {
    throw new RangeError(`gcp: mask has shape ${showShape(mask.shape)}, expected ${showShape(x.shape)}`);
  }
  const values = float64Elements(mask);
  let count = 0;
  for (let q = 0; q < values.length; q++) {
    if (values[q] !== 0 && values[q] !== 1) {
      throw new RangeError(`gcp: mask is neither 0 nor 1 at ${showIndex(q, x.shape)}: ${values[q]}`);
    }
    count += values[q];
  }
  if (count === 0) throw new RangeError('gcp: mask leaves no element of x: all of it is 0');
  const places = new Int32Array(count);
  let next = 0;
  for (let q = 0; q < values.length; q++) if (values[q] === 1) places[next++] = q;
  return places;
}

/** Zeros wherever no place is named. */
function clearOthers(elements: Float64Array, places: Int32Array): void {
  let from = 0;
  for (let k = 0; k < places.length; k++) {
    elements.fill(0, from, places[k]);
    from = places[k] + 1;
  }
  elements.fill(0, from);
}

function badPlace(elements: Float64Array, places: Int32Array | undefined, holds: (x: number) => boolean): number {
  if (places === undefined) return elements.findIndex((value) => !holds(value));
  return places.find((place) => !holds(elements[place])) ?? -1;
}

/** The index of an element in row-major order, as it is written. */
function showIndex(q: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = q;
  for (const n of [...shape].reverse()) {
    index.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return `[${index.join(', ')}]`;
}
