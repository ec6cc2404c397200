/** Ways to store an interaction other than a sum of products, see `Interaction` of @neuronseek/neurons. */
export type FormName = 'symmetric' | 'tucker' | 'tt';

/** Order, form and ranks of an interaction. */
export interface TermShape {
  readonly form: FormName;
  readonly order: number;
  /** Of Tucker R_1 … R_k, of a tensor train R_1 … R_(k−1), of a symmetric form the number of powers. */
  readonly ranks: readonly number[];
}

/** A homogeneous polynomial over linear forms z = forms·x. */
export interface Term extends TermShape {
  /**
   * [slots, D], row-major. Tucker: the R_m columns of every factor, one factor after another. Tensor train: form (a, b) of every core, row-major, one core
   * after another. Symmetric: one for each power.
   */
  readonly forms: Float64Array;
  /** Tucker: [R_1, …, R_k]. Symmetric: the sign of every power, which is not fitted. Tensor train: empty. */
  readonly core: Float64Array;
}

/** Numbers of linear forms of every factor, core or, symmetric, of the one factor. */
export function slotsOf({ form, ranks }: TermShape): readonly number[] {
  if (form !== 'tt') return ranks;
  const bonds = [1, ...ranks, 1];
  return bonds.slice(1).map((r, m) => bonds[m] * r);
}

/** Numbers of the core that are fitted. */
export function fittedCore({ form, core }: Term): number {
  return form === 'tucker' ? core.length : 0;
}

/** Numbers in a step of Levenberg and Marquardt. */
export function termLength(term: Term): number {
  return fittedCore(term) + term.forms.length;
}

/** The largest of the ranks, as the structure has it; 1 for a product of one factor. */
export function rankOf({ ranks }: TermShape): number {
  return Math.max(1, ...ranks);
}
