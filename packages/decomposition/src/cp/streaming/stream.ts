import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkFactors } from '../../checks/check-factors.js';
import { checkFinite } from '../../checks/check-finite.js';
import { checkTensor } from '../../checks/check-tensor.js';
import { float64Elements } from '../../float64-elements.js';

/** A CP model of a stream of slices, and what it needs to take up more of them; plain data of the size of the factors. */
export interface CpStream {
  /** The mode that grows. */
  readonly mode: number;
  /** Norm of the first batch, 1 if that was zero: the unit that the numbers below are in. */
  readonly scale: number;
  /** One [Iₙ, R] a mode, unit columns but for the growing mode, whose rows carry the scale; it has a row for every slice seen. */
  readonly factors: readonly Tensor[];
  /** For each mode but the growing one, Σ over the batches of their MTTKRP [Iₙ, R], as they were when each came; [0, R] for that one. */
  readonly products: readonly Tensor[];
  /** For each mode but the growing one, Σ over the batches of the matrices of its normal equations [R, R]; zeros for that one. */
  readonly grams: readonly Tensor[];
  /** Slices seen. */
  readonly slices: number;
  /** ‖x - model‖ / ‖x‖ of the batch added last; ‖model‖ where that was zero. */
  readonly relativeError: number;
}

/** A stream as the kernels read it, copies that may be written to. */
export interface StreamNumbers {
  readonly mode: number;
  readonly rank: number;
  readonly factors: Float64Array[];
  readonly products: Float64Array[];
  readonly grams: Float64Array[];
}

/** The numbers of a stream, its shapes checked. */
export function streamNumbers(name: string, stream: CpStream): StreamNumbers {
  if (
    typeof stream !== 'object' ||
    stream === null ||
    !Array.isArray(stream.products) ||
    !Array.isArray(stream.grams)
  ) {
    throw new TypeError(`${name}: stream is not what cpStream returns: ${String(stream)}`);
  }
  const { mode, factors, products, grams } = stream;
  const { shape, rank } = checkFactors(name, factors, { argument: 'stream' });
  if (!(Number.isInteger(mode) && mode >= 0 && mode < shape.length)) {
    throw new RangeError(`${name}: stream mode is out of range for ${shape.length} factors: ${mode}`);
  }
  if (!(stream.scale > 0 && stream.scale < Infinity)) {
    throw new RangeError(`${name}: stream scale is not a finite number above 0: ${stream.scale}`);
  }
  shape.forEach((size, n) => {
    expectShape(name, `products ${n}`, products[n], [n === mode ? 0 : size, rank]);
    expectShape(name, `grams ${n}`, grams[n], [rank, rank]);
  });
  factors.forEach((factor, n) => void checkFinite(name, `stream factor ${n}`, float64Elements(factor), factor.shape));
  shape.forEach((_, n) => {
    checkFinite(name, `stream products ${n}`, float64Elements(products[n]), products[n].shape);
    checkFinite(name, `stream grams ${n}`, float64Elements(grams[n]), grams[n].shape);
  });
  const copies = (list: readonly Tensor[]): Float64Array[] => list.map((t) => float64Elements(t).slice());
  return { mode, rank, factors: copies(factors), products: copies(products), grams: copies(grams) };
}

function expectShape(name: string, what: string, value: Tensor, shape: readonly number[]): void {
  checkTensor(name, `stream ${what}`, value);
  if (showShape(value.shape) === showShape(shape)) return;
  throw new RangeError(`${name}: stream ${what} has shape ${showShape(value.shape)}, expected ${showShape(shape)}`);
}
