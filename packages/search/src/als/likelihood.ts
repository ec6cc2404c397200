import { exp, log, log1p } from '@neuronseek/tensor/math';

/** How fitted values of one output are judged: a deviance, minus twice the log-likelihood up to a constant. */
export interface Likelihood {
  /** Whether rows have weights of their own. */
  readonly weighted: boolean;
  /**
   * The deviance of the fitted values, and what a step of Gauss and Newton needs: with the derivatives J of the fitted values, the step δ solves
   * JᵀWJ·δ = Jᵀ·residual, W = diag(weights). Weights are written where `weighted`.
   */
  readonly deviance: (fitted: Float64Array, residual: Float64Array, weights: Float64Array) => number;
  /** The deviance that a weighted sum of squares stands for, in steps that solve least squares. */
  readonly fromSquares: (squares: number) => number;
  /** What moments are taken of: errors that were not weighted. */
  readonly errors: (residual: Float64Array, weights: Float64Array) => Float64Array;
  /** How much more than for normal errors products of order 3 and above may gain where there is nothing. */
  readonly tails: number;
  /** What is added for squared parameters: keeps classes that can be told apart without error at finite parameters. */
  readonly ridge: number;
}

/** A share of the target's variance (1) that counts as nothing: below it rounding would be taken for structure. */
const FLOOR = 1e-11;

/** Errors with heavy tails gain up to half more in products of order 3 and above than normal ones do (Student's t with 5 degrees, measured). */
const HEAVY_TAILS = 1.5;

/** n·ln(RSS/n) for a target of variance 1; with weights of rows the weighted sum of squares. */
export function gaussian(target: Float64Array, rowWeights?: Float64Array): Likelihood {
  const rows = target.length;
  const fromSquares = (squares: number): number => gaussianDeviance(squares, rows);
  return {
    weighted: rowWeights !== undefined,
    ridge: 0,
    tails: HEAVY_TAILS,
    fromSquares,
    errors: (residual) => (rowWeights === undefined ? residual : residual.map((r, i) => r / rowWeights[i])),
    deviance: (fitted, residual, weights) => {
      let squares = 0;
      for (let i = 0; i < rows; i++) {
        const r = target[i] - fitted[i];
        const w = rowWeights === undefined ? 1 : rowWeights[i];
        residual[i] = w * r;
        squares += w * r * r;
      }
      if (rowWeights !== undefined) weights.set(rowWeights);
      return fromSquares(squares);
    },
  };
}

/** n·ln(RSS/n), with a floor. */
function gaussianDeviance(squares: number, rows: number): number {
  return rows * log(squares / rows + FLOOR);
}

/** Ridge of a logistic fit: a form with coefficients of 10 pays 1 for each. */
const LOGISTIC_RIDGE = 0.01;

/** Rows certain to rounding keep this weight, so that the normal equations stay regular. */
const LEAST_WEIGHT = 1e-2;

/**
 * Minus twice the log-likelihood of shares of a class, p = 1/(1 + e^(−(fitted + offset))). The softmax of several classes is this for each of
 * them, with the log-sum of the others as an offset; `offset` is read at every call.
 */
export function logistic(share: Float64Array, offset: Float64Array): Likelihood {
  const rows = share.length;
  return {
    weighted: true,
    ridge: LOGISTIC_RIDGE,
    // The table for normal targets holds for drawn labels as well, measured with two classes.
    tails: 1,
    fromSquares: (squares) => squares,
    errors: (residual) => residual,
    deviance: (fitted, residual, weights) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const eta = fitted[i] + offset[i];
        const e = exp(-Math.abs(eta));
        const p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
        residual[i] = share[i] - p;
        weights[i] = Math.max(p * (1 - p), LEAST_WEIGHT);
        sum += Math.max(eta, 0) + log1p(e) - share[i] * eta;
      }
      return 2 * sum;
    },
  };
}
