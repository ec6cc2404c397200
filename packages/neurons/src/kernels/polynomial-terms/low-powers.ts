/** The greatest power that the unrolled loops of this file know. */
export const LOW = 5;

/**
 * Power terms of a single output with all powers at most five, for `rows` rows of x from position `start`: five sums
 * at once, one multiplication from each power to the next. A sum that no power asks for is dropped, not multiplied by
 * a zero weight, so overflow of an unused power cannot reach the result.
 */
export function lowPowerTerms(
  rows: number,
  inputs: number,
  batch: number,
  from: number,
  powers: readonly number[],
  x: Float64Array,
  w: Float64Array,
  terms: Float64Array,
  packed: Float64Array,
): void {
  pack(inputs, powers, w, packed);
  const end = LOW * inputs;
  const [t1, t2, t3, t4, t5] = targets(powers, batch);
  for (let b = from, i = from * inputs; b < from + rows; b++) {
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    for (let j = 0; j < end; j += LOW, i++) {
      const x1 = x[i];
      const x2 = x1 * x1;
      const x3 = x2 * x1;
      const x4 = x2 * x2;
      s1 += x1 * packed[j];
      s2 += x2 * packed[j + 1];
      s3 += x3 * packed[j + 2];
      s4 += x4 * packed[j + 3];
      s5 += x4 * x1 * packed[j + 4];
    }
    if (t1 >= 0) terms[t1 + b] = s1;
    if (t2 >= 0) terms[t2 + b] = s2;
    if (t3 >= 0) terms[t3 + b] = s3;
    if (t4 >= 0) terms[t4 + b] = s4;
    if (t5 >= 0) terms[t5 + b] = s5;
  }
}

/** gw[p, d] += Σ_b gTerms[p, b]·x[b, d]^powers[p] under the same conditions. */
export function lowPowerGradients(
  rows: number,
  inputs: number,
  batch: number,
  from: number,
  powers: readonly number[],
  gTerms: Float64Array,
  x: Float64Array,
  gw: Float64Array,
  packed: Float64Array,
): void {
  const end = LOW * inputs;
  packed.fill(0, 0, end);
  const [t1, t2, t3, t4, t5] = targets(powers, batch);
  for (let b = from, i = from * inputs; b < from + rows; b++) {
    const g1 = t1 >= 0 ? gTerms[t1 + b] : 0;
    const g2 = t2 >= 0 ? gTerms[t2 + b] : 0;
    const g3 = t3 >= 0 ? gTerms[t3 + b] : 0;
    const g4 = t4 >= 0 ? gTerms[t4 + b] : 0;
    const g5 = t5 >= 0 ? gTerms[t5 + b] : 0;
    for (let j = 0; j < end; j += LOW, i++) {
      const x1 = x[i];
      const x2 = x1 * x1;
      const x3 = x2 * x1;
      const x4 = x2 * x2;
      packed[j] += x1 * g1;
      packed[j + 1] += x2 * g2;
      packed[j + 2] += x3 * g3;
      packed[j + 3] += x4 * g4;
      packed[j + 4] += x4 * x1 * g5;
    }
  }
  for (let p = 0; p < powers.length; p++) {
    for (let d = 0; d < inputs; d++) gw[p * inputs + d] += packed[d * LOW + powers[p] - 1];
  }
}

/**
 * gx[b, d] += Σ_p powers[p]·w[p, d]·gTerms[p, b]·x[b, d]^(powers[p] - 1) under the same conditions, by Horner's rule:
 * the zero coefficients of absent powers come first, so they cannot meet an overflow.
 */
export function lowPowerInputGradients(
  rows: number,
  inputs: number,
  batch: number,
  from: number,
  powers: readonly number[],
  gTerms: Float64Array,
  x: Float64Array,
  w: Float64Array,
  gx: Float64Array,
  packed: Float64Array,
): void {
  pack(inputs, powers, w, packed);
  const end = LOW * inputs;
  const [t1, t2, t3, t4, t5] = targets(powers, batch);
  for (let b = from, i = from * inputs; b < from + rows; b++) {
    const g1 = t1 >= 0 ? gTerms[t1 + b] : 0;
    const g2 = t2 >= 0 ? 2 * gTerms[t2 + b] : 0;
    const g3 = t3 >= 0 ? 3 * gTerms[t3 + b] : 0;
    const g4 = t4 >= 0 ? 4 * gTerms[t4 + b] : 0;
    const g5 = t5 >= 0 ? 5 * gTerms[t5 + b] : 0;
    for (let j = 0; j < end; j += LOW, i++) {
      const value = x[i];
      const high = g3 * packed[j + 2] + value * (g4 * packed[j + 3] + value * (g5 * packed[j + 4]));
      gx[i] += g1 * packed[j] + value * (g2 * packed[j + 1] + value * high);
    }
  }
}

/** Weights of one input side by side, because the inner loop runs over inputs. */
function pack(inputs: number, powers: readonly number[], w: Float64Array, packed: Float64Array): void {
  packed.fill(0, 0, LOW * inputs);
  for (let p = 0; p < powers.length; p++) {
    for (let d = 0; d < inputs; d++) packed[d * LOW + powers[p] - 1] = w[p * inputs + d];
  }
}

/** Where the terms of x, x², … x⁵ start; -1 for a power that is not asked for. */
function targets(powers: readonly number[], batch: number): number[] {
  return Array.from({ length: LOW }, (_, k) => {
    const p = powers.indexOf(k + 1);
    return p < 0 ? -1 : p * batch;
  });
}
