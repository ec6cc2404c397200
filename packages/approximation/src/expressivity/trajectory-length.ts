import { apply, type Layer, type Tree, type Variables } from '@neuronseek/network';
import { flatten, tensor } from '@neuronseek/tensor';

/** Options of {@link trajectoryLength}. */
export interface TrajectoryLengthOptions {
  /** Points of the polygon, at least 2. Default: 1000. */
  readonly points?: number;
}

/** Defaults of {@link trajectoryLength}. */
export const trajectoryLengthDefaults: Required<TrajectoryLengthOptions> = { points: 1000 };

/** Lengths of a curve and of its images. */
export interface TrajectoryLength {
  /** Of the curve itself. */
  readonly input: number;
  /** After each layer of a sequence; after the layer, if it is no sequence. */
  readonly layers: readonly number[];
  /** The last length divided by the first. */
  readonly ratio: number;
}

/**
 * The Euclidean length of the image of a curve x(t), 0 ≤ t ≤ 1, after every layer (Raghu et al., ICML 2017): how much a network stretches and folds.
 *
 * Lengths are those of the polygon of `points` images in float64: never more than the length of the curve, but for rounding, and near it when the points are dense. Throws a RangeError
 * for fewer than 2 points, points of different lengths or that are not finite, and a curve of length 0.
 */
export function trajectoryLength(
  layer: Layer,
  variables: Variables,
  curve: (t: number) => readonly number[],
  { points = trajectoryLengthDefaults.points }: TrajectoryLengthOptions = {},
): TrajectoryLength {
  if (!(Number.isSafeInteger(points) && points >= 2)) {
    throw new RangeError(`trajectoryLength: points must be an integer of at least 2: got ${points}`);
  }
  const rows = Array.from({ length: points }, (_, i) => [...curve(i / (points - 1))]);
  rows.forEach((row, i) => {
    if (row.length !== rows[0].length || row.length === 0 || !row.every(Number.isFinite)) {
      throw new RangeError(
        `trajectoryLength: the curve must give finite points of one length: got [${row.join(', ')}] at ${i}`,
      );
    }
  });
  let values = tensor(rows);
  const input = lengthOf(flatten(values), points);
  if (!(input > 0)) throw new RangeError('trajectoryLength: the curve must have a positive length: got 0');
  const chain = layer.kind === 'sequential' ? layer.layers : [layer];
  const layers = chain.map((part, i) => {
    const own: Variables = layer.kind === 'sequential' ? branch(variables, i) : variables;
    values = apply(part, own, values).output;
    return lengthOf(flatten(values), points);
  });
  return { input, layers, ratio: layers[layers.length - 1] / input };
}

function branch({ params, state }: Variables, i: number): Variables {
  return { params: child(params, i), state: child(state, i) };
}

function child(tree: Tree, i: number): Tree {
  if (!Array.isArray(tree)) throw new TypeError(`trajectoryLength: the variables of layers[${i}] are missing`);
  return tree[i];
}

function lengthOf(values: ArrayLike<number>, points: number): number {
  const columns = values.length / points;
  let length = 0;
  for (let i = 1; i < points; i++) {
    let square = 0;
    for (let c = 0; c < columns; c++) square += (values[i * columns + c] - values[(i - 1) * columns + c]) ** 2;
    length += Math.sqrt(square);
  }
  return length;
}
