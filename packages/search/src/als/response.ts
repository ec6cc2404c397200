import { exp, log } from '@neuronseek/tensor/math';
import { gaussian, type Likelihood, logistic } from './likelihood.js';

/** What is to be explained: how each output is judged, and all of them together. */
export interface Response {
  /** One for each output that is fitted: for two classes one, the logit of the second. */
  readonly likelihoods: readonly Likelihood[];
  /** Ties the outputs together where they are classes. */
  readonly softmax: Softmax | undefined;
  /** How bad fitted values [output][row] are in every row: squared errors, or minus twice the log-likelihood. */
  readonly losses: (fitted: readonly Float64Array[]) => Float64Array;
  readonly pick: (rows: Int32Array) => Response;
  /** The same with weights under which no row counts much more than another; undefined where that is so by itself. */
  readonly robust: (() => Response) | undefined;
}

/** Shares of three classes or more, and for each class the offsets that its likelihood reads. */
export interface Softmax {
  /** [class][row] */
  readonly shares: readonly Float64Array[];
  readonly offsets: readonly Float64Array[];
}

/** Targets of mean 0 and variance 1, one array each; rows may have weights, for each target its own. */
export function regression(targets: readonly Float64Array[], weights?: readonly Float64Array[]): Response {
  return {
    likelihoods: targets.map((target, c) => gaussian(target, weights?.[c])),
    softmax: undefined,
    losses: (fitted) =>
      targets[0].map((_, i) => targets.reduce((sum, target, c) => sum + (target[i] - fitted[c][i]) ** 2, 0)),
    pick: (rows) =>
      regression(
        targets.map((target) => pickNumbers(target, rows)),
        weights?.map((of) => pickNumbers(of, rows)),
      ),
    robust: () => regression(targets, targets.map(relativeWeights)),
  };
}

/** Shares of two classes or more that add up to 1 in every row, one array each. */
export function classification(shares: readonly Float64Array[]): Response {
  const rows = shares[0].length;
  const pick = (chosen: Int32Array): Response => classification(shares.map((share) => pickNumbers(share, chosen)));
  if (shares.length === 2) {
    const zeros = new Float64Array(rows);
    const losses = ([fitted]: readonly Float64Array[]): Float64Array => rowDeviances(shares, [zeros, fitted]);
    return { likelihoods: [logistic(shares[1], zeros)], softmax: undefined, losses, pick, robust: undefined };
  }
  const offsets = shares.map(() => new Float64Array(rows));
  return {
    likelihoods: shares.map((share, c) => logistic(share, offsets[c])),
    softmax: { shares, offsets },
    losses: (fitted) => rowDeviances(shares, fitted),
    pick,
    robust: undefined,
  };
}

/** −2·ln of the likelihood of the shares under the softmax of the fitted values, in every row. */
export function rowDeviances(shares: readonly Float64Array[], fitted: readonly Float64Array[]): Float64Array {
  return shares[0].map((_, i) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < fitted.length; c++) largest = Math.max(largest, fitted[c][i]);
    let sum = 0;
    let linear = 0;
    for (let c = 0; c < fitted.length; c++) {
      sum += exp(fitted[c][i] - largest);
      linear += shares[c][i] * fitted[c][i];
    }
    return 2 * (largest + log(sum) - linear);
  });
}

function pickNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (i) => values[i]);
}

/**
 * Weights 1/(|t| + median|t|)², so that errors count in relation to the target. A product of several normal forms has most of its variance in a few
 * rows, and least squares then fits these rows and little else; where the structure is right it holds in all rows, whatever their weights.
 */
function relativeWeights(target: Float64Array): Float64Array {
  const sorted = target.map(Math.abs).sort();
  const median = sorted[sorted.length >> 1] || 1;
  const weights = target.map((t) => 1 / (Math.abs(t) + median) ** 2);
  let squares = 0;
  for (let i = 0; i < target.length; i++) squares += weights[i] * target[i] ** 2;
  // The weighted target keeps mean square 1, which the floor of the deviance is made for.
  return weights.map((w) => (w * target.length) / squares);
}
