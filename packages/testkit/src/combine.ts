import type { Data } from './data.js';
import { expectShape } from './expect-shape.js';

/** a x + b y, element by element. */
export function combine(a: number, x: Data, b: number, y: Data): Data {
  expectShape('combine: y', y, x.shape);
  return { shape: x.shape, data: x.data.map((xi, i) => a * xi + b * y.data[i]) };
}
