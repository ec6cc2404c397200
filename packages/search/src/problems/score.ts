import { type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';

/** One output of a generated target: Σ_k Σ_d weights[d]·x_d^k + Σ products of forms. */
export interface Score {
  readonly power: readonly { readonly order: number; readonly weights: Float64Array }[];
  /** For each order the forms of its components, [order, D] each, row-major. */
  readonly interaction: readonly { readonly order: number; readonly components: readonly Float64Array[] }[];
}

/** Adds Σ_d weights[d]·x_d^order of every row. Powers are repeated products: Math.pow differs between engines. */
export function addPower(out: Float64Array, x: Float64Array, weights: Float64Array, order: number): void {
  const inputs = weights.length;
  for (let i = 0, at = 0; i < out.length; i++) {
    let sum = 0;
    for (let d = 0; d < inputs; d++, at++) {
      const v = x[at];
      let p = v;
      for (let k = 1; k < order; k++) p *= v;
      sum += weights[d] * p;
    }
    out[i] += sum;
  }
}

/** Adds Π_m ⟨forms[m], x⟩ of every row. */
export function addProduct(out: Float64Array, x: Float64Array, forms: Float64Array, order: number): void {
  const inputs = forms.length / order;
  for (let i = 0; i < out.length; i++) {
    let product = 1;
    for (let m = 0, f = 0; m < order; m++) {
      let dot = 0;
      for (let d = 0, at = i * inputs; d < inputs; d++, at++, f++) dot += forms[f] * x[at];
      product *= dot;
    }
    out[i] += product;
  }
}

/** The score of every row of x. */
export function scoreValues({ power, interaction }: Score, x: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows);
  for (const { order, weights } of power) addPower(out, x, weights, order);
  for (const { order, components } of interaction) for (const forms of components) addProduct(out, x, forms, order);
  return out;
}

/** Mean and standard deviation, by n. */
export function moments(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / values.length;
  let squares = 0;
  for (const v of values) squares += (v - mean) * (v - mean);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** The neuron with outputs factors[c]·score_c + biases[c]; scores have the same orders and ranks. */
export function neuronOfScores(
  inputs: number,
  scores: readonly Score[],
  factors: readonly number[],
  biases: readonly number[],
): PolynomialNeuron {
  const [{ power, interaction }] = scores;
  const outputs = scores.length;
  return polynomialNeuron({
    inputs,
    outputs,
    bias: tensor(biases),
    power: power.map(({ order }, p) => ({
      order,
      weights: tensor(
        Float64Array.from({ length: inputs * outputs }, (_, i) => {
          const c = i % outputs;
          return factors[c] * scores[c].power[p].weights[Math.floor(i / outputs)];
        }),
        [inputs, outputs],
      ),
    })),
    interaction: interaction.map(({ order, components: { length: rank } }, q) => ({
      form: 'cp' as const,
      order,
      rank,
      factors: Array.from({ length: order }, (_, m) =>
        tensor(
          Float64Array.from({ length: inputs * rank * outputs }, (_, i) => {
            const [c, r, d] = [i % outputs, Math.floor(i / outputs) % rank, Math.floor(i / outputs / rank)];
            const u = scores[c].interaction[q].components[r][m * inputs + d];
            // The factor of the output goes into the first form.
            return m === 0 ? factors[c] * u : u;
          }),
          [inputs, rank, outputs],
        ),
      ),
    })),
  });
}
