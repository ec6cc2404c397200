/** Π_m x_m as a combination of powers of linear forms: Σ_r signs[r]·(Σ_m forms[r][m]·x_m)^k / denominator. */
export interface Polarization {
  /** 2^(k−1) rows of k numbers ±1, the first of each row +1. */
  readonly forms: readonly (readonly (1 | -1)[])[];
  /** The product of each row. */
  readonly signs: readonly (1 | -1)[];
  /** 2^(k−1)·k!. */
  readonly denominator: bigint;
}

/** Largest order that {@link polarization} takes: there are 2^(order − 1) forms. */
export const polarizationMaxOrder = 16;

/**
 * The polarization identity x_1·…·x_k = 1/(2^(k−1)·k!)·Σ_{e ∈ {±1}^(k−1)} (Π e)·(x_1 + e_2·x_2 + … + e_k·x_k)^k: a product as 2^(k−1) powers.
 * Throws a RangeError unless order is an integer in 1 … 16.
 */
export function polarization(order: number): Polarization {
  if (!(Number.isInteger(order) && order >= 1 && order <= polarizationMaxOrder)) {
    throw new RangeError(`polarization: order must be an integer in 1 … ${polarizationMaxOrder}: got ${order}`);
  }
  const forms = Array.from({ length: 2 ** (order - 1) }, (_, r) =>
    Array.from({ length: order }, (_, m): 1 | -1 => (m > 0 && (r >> (m - 1)) & 1 ? -1 : 1)),
  );
  const signs = forms.map((form): 1 | -1 => (form.filter((e) => e < 0).length % 2 === 0 ? 1 : -1));
  let denominator = 2n ** BigInt(order - 1);
  for (let k = 2n; k <= BigInt(order); k++) denominator *= k;
  return { forms, signs, denominator };
}
