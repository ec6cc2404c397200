import { cos, sin } from '@neuronseek/tensor/math';
import { argumentsOf, type EqlShape, type LayerShape } from './shape.js';

/** Numbers of a pass over rows, columns one after another. */
export interface Pass {
  readonly rows: number;
  /** Of each layer [arguments, rows]. */
  readonly before: readonly Float64Array[];
  /** The inputs, then of each layer [units, rows]; the last has the output. */
  readonly after: readonly Float64Array[];
  /** Derivative of the output by each argument, as `before`. */
  readonly slopes: readonly Float64Array[];
}

/** Memory for passes over these rows; `columns` [D, rows] is read at every pass. */
export function newPass({ layers }: EqlShape, rows: number, columns: Float64Array): Pass {
  const make = (count: number): Float64Array => new Float64Array(count * rows);
  return {
    rows,
    before: layers.map((layer) => make(layer.arguments)),
    after: [columns, ...layers.map((layer) => make(layer.units.length))],
    slopes: layers.map((layer) => make(layer.arguments)),
  };
}

/** The output of every row into the last of `after`. Weights that are 0 cost nothing. */
export function forward({ layers }: EqlShape, weights: Float64Array, { rows, before, after }: Pass): Float64Array {
  layers.forEach((layer, l) => {
    const [x, a, out] = [after[l], before[l], after[l + 1]];
    for (let k = 0; k < layer.arguments; k++) {
      const start = layer.at + k * (layer.width + 1);
      a.fill(weights[start + layer.width], k * rows, (k + 1) * rows);
      for (let j = 0; j < layer.width; j++) addScaled(a, k * rows, x, j * rows, weights[start + j], rows);
    }
    applyUnits(layer, a, out, rows);
  });
  return after[layers.length];
}

/** The derivatives of the output of every row by all arguments, after a forward pass. */
export function backward({ layers }: EqlShape, weights: Float64Array, { rows, before, slopes }: Pass): void {
  const last = layers.length - 1;
  slopes[last].fill(1);
  for (let l = last - 1; l >= 0; l--) {
    const [layer, above] = [layers[l], layers[l + 1]];
    // Slopes of the units are made where those of their first argument belong.
    const own = slopes[l];
    let argument = 0;
    layer.units.forEach((unit, u) => {
      const at = argument * rows;
      own.fill(0, at, at + rows);
      for (let k = 0; k < above.arguments; k++) {
        addScaled(own, at, slopes[l + 1], k * rows, weights[above.at + k * (above.width + 1) + u], rows);
      }
      const a = before[l];
      if (unit === 'sin') for (let i = at; i < at + rows; i++) own[i] *= cos(a[i]);
      else if (unit === 'cos') for (let i = at; i < at + rows; i++) own[i] *= -sin(a[i]);
      else if (unit === 'square') for (let i = at; i < at + rows; i++) own[i] *= 2 * a[i];
      else if (unit === 'product') {
        for (let i = at; i < at + rows; i++) {
          own[i + rows] = own[i] * a[i];
          own[i] *= a[i + rows];
        }
      }
      argument += argumentsOf(unit);
    });
  }
}

function applyUnits({ units }: LayerShape, a: Float64Array, out: Float64Array, rows: number): void {
  let argument = 0;
  units.forEach((unit, u) => {
    const [from, to] = [argument * rows, u * rows];
    if (unit === 'sin') for (let i = 0; i < rows; i++) out[to + i] = sin(a[from + i]);
    else if (unit === 'cos') for (let i = 0; i < rows; i++) out[to + i] = cos(a[from + i]);
    else if (unit === 'square') for (let i = 0; i < rows; i++) out[to + i] = a[from + i] * a[from + i];
    else if (unit === 'product') for (let i = 0; i < rows; i++) out[to + i] = a[from + i] * a[from + rows + i];
    else for (let i = 0; i < rows; i++) out[to + i] = a[from + i];
    argument += argumentsOf(unit);
  });
}

function addScaled(
  to: Float64Array,
  at: number,
  from: Float64Array,
  start: number,
  factor: number,
  rows: number,
): void {
  if (factor === 0) return;
  for (let i = 0; i < rows; i++) to[at + i] += factor * from[start + i];
}

/** Σ_i r_i·∂output_i/∂weight of every weight, 0 of those that are not `free`; after both passes. */
export function gradient(
  { layers }: EqlShape,
  { rows, after, slopes }: Pass,
  residuals: Float64Array,
  free: Uint8Array,
  out: Float64Array,
): void {
  const scaled = new Float64Array(rows);
  layers.forEach(({ width, arguments: count, at }, l) => {
    const [x, d] = [after[l], slopes[l]];
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < rows; i++) scaled[i] = residuals[i] * d[k * rows + i];
      for (let j = 0; j <= width; j++) {
        const index = at + k * (width + 1) + j;
        let sum = 0;
        if (free[index] === 1) {
          if (j === width) for (let i = 0; i < rows; i++) sum += scaled[i];
          else for (let i = 0, p = j * rows; i < rows; i++, p++) sum += scaled[i] * x[p];
        }
        out[index] = sum;
      }
    }
  });
}

/** ∂output_i/∂weight for the weights listed, [weights, rows]; after both passes. */
export function jacobian({ layers }: EqlShape, { rows, after, slopes }: Pass, list: readonly number[]): Float64Array {
  const out = new Float64Array(list.length * rows);
  list.forEach((index, c) => {
    const l = layers.filter(({ at }) => at <= index).length - 1;
    const { width, at } = layers[l];
    const [k, j] = [Math.floor((index - at) / (width + 1)), (index - at) % (width + 1)];
    const [x, d] = [after[l], slopes[l]];
    for (let i = 0; i < rows; i++) out[c * rows + i] = d[k * rows + i] * (j === width ? 1 : x[j * rows + i]);
  });
  return out;
}
