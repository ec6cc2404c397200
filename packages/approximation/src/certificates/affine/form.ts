/**
 * An affine form c + Σ_i a_i·t_i + [−r, r] over t ∈ [−1, 1]^d, stored as [c, a_1, …, a_d, r]: the values that a function takes on a box, its
 * first d + 1 entries being the affine part of the function in the coordinates t of the box (Comba and Stolfi, Affine arithmetic, 1993, with
 * all further noise symbols in one). Sums keep what the terms have in common, so that the error on a box of width w is O(w²). Every float64
 * rounding is put into r by a bound made beforehand.
 */
export type Form = Float64Array;

/** Twice the unit roundoff. */
const unit = 2 ** -52;

/** The form of a number. */
export function constantForm(dimension: number, value: number): Form {
  const form = new Float64Array(dimension + 2);
  form[0] = value;
  return form;
}

/** The form of nothing known. */
export function unknownForm(dimension: number): Form {
  const form = new Float64Array(dimension + 2);
  form[dimension + 1] = Number.POSITIVE_INFINITY;
  return form;
}

/** The form of coordinate i on a box: its middle and half of its width, rounded up. */
export function coordinateForm(dimension: number, i: number, low: number, high: number): Form {
  const form = new Float64Array(dimension + 2);
  const middle = low + (high - low) / 2;
  form[0] = middle;
  const half = Math.max(high - middle, middle - low);
  form[i + 1] = half === 0 ? 0 : half * (1 + 4 * unit);
  return form;
}

/** |c| + Σ |a_i|. */
export function size(form: Form): number {
  let sum = 0;
  for (let k = 0; k < form.length - 1; k++) sum += Math.abs(form[k]);
  return sum;
}

/** Largest distance of a value from c. */
export function spread(form: Form): number {
  let sum = 0;
  for (let k = 1; k < form.length; k++) sum += Math.abs(form[k]);
  return sum * (1 + form.length * unit);
}

/** Upper bound of all values, Infinity where nothing is known. */
export function top(form: Form): number {
  const value = form[0] + spread(form);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value + (Math.abs(value) * unit + Number.MIN_VALUE);
}

/** Lower bound of all values. */
export function bottom(form: Form): number {
  const value = form[0] - spread(form);
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value - (Math.abs(value) * unit + Number.MIN_VALUE);
}

/**
 * offset + Σ_i weights[start + i·stride]·forms[i]. A sum of n products has an error of at most n·u/(1 − n·u) of the sum of their sizes (Higham
 * 2002, 3.5); twice that goes into r.
 */
export function combine(
  forms: readonly Form[],
  weights: Float64Array,
  start: number,
  stride: number,
  offset: number,
): Form {
  const length = forms[0].length;
  const result = new Float64Array(length);
  result[0] = offset;
  let noise = 0;
  let sizes = Math.abs(offset);
  for (let i = 0; i < forms.length; i++) {
    const form = forms[i];
    const w = weights[start + i * stride];
    if (w === 0) continue;
    const positive = Math.abs(w);
    let own = 0;
    for (let k = 0; k < length - 1; k++) {
      const p = w * form[k];
      result[k] += p;
      own += Math.abs(p);
    }
    sizes += own;
    noise += positive * form[length - 1];
  }
  const terms = (forms.length + length + 8) * unit;
  result[length - 1] = noise * (1 + terms) + sizes * terms + tiny(forms.length * length);
  return result;
}

/** slope·form + offset, widened by reach. */
export function affine(form: Form, slope: number, offset: number, reach: number): Form {
  const last = form.length - 1;
  const result = new Float64Array(form.length);
  let sizes = Math.abs(offset);
  for (let k = 0; k < last; k++) {
    result[k] = slope * form[k];
    sizes += Math.abs(result[k]);
  }
  result[0] += offset;
  const terms = (form.length + 8) * unit;
  result[last] =
    (slope === 0 ? 0 : Math.abs(slope) * form[last]) * (1 + terms) +
    reach * (1 + terms) +
    sizes * terms +
    tiny(form.length);
  return result;
}

/** f − h, so that what both have in common cancels. */
export function difference(f: Form, h: Form): Form {
  return combine([f, h], differenceWeights, 0, 1, 0);
}

const differenceWeights = /* @__PURE__ */ new Float64Array([1, -1]);

/** The product: of the quadratic part t_i² ∈ [0, 1] is known, the rest is only bounded. */
export function product(x: Form, y: Form): Form {
  const last = x.length - 1;
  const result = new Float64Array(x.length);
  let diagonal = 0;
  let squares = 0;
  for (let k = 1; k < last; k++) {
    result[k] = x[0] * y[k] + y[0] * x[k];
    const square = x[k] * y[k];
    diagonal += square;
    squares += Math.abs(square);
  }
  result[0] = x[0] * y[0] + diagonal / 2;
  const [restX, restY] = [spread(x), spread(y)];
  const whole = (Math.abs(x[0]) + restX) * (Math.abs(y[0]) + restY);
  const noise = Math.abs(x[0]) * y[last] + Math.abs(y[0]) * x[last] + (restX * restY - squares / 2);
  result[last] = noise + whole * (x.length + 16) * 4 * unit + tiny(8 * x.length);
  return result;
}

/** Half of the smallest double for each product that may underflow, and then some. */
function tiny(products: number): number {
  return products * 4 * Number.MIN_VALUE;
}
