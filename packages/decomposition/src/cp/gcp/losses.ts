import { exp, log, log1p, pow, sigmoid, softplus } from '@neuronseek/tensor/math';

/** A loss of the user's own, between an element x of the data and the element m of the model that stands for it. */
export interface GcpLoss {
  readonly value: (x: number, m: number) => number;
  /** ∂value/∂m */
  readonly derivative: (x: number, m: number) => number;
  /** Factors have no entries below this, as a rule 0 where m may not be negative. Without it: -Infinity. */
  readonly lower?: number;
  /** Root mean square of the elements of the model at the start. Without it: 1. */
  readonly start?: number;
}

/** Names of the losses that `gcp` knows. */
export type GcpLossName =
  | 'normal'
  | 'huber'
  | 'poisson'
  | 'poisson-log'
  | 'bernoulli-odds'
  | 'bernoulli-logit'
  | 'gamma'
  | 'rayleigh'
  | 'negative-binomial'
  | 'beta';

/** Numbers that some losses need. */
export interface LossParameters {
  /** Where 'huber' turns from squares to magnitudes. */
  readonly delta: number;
  /** Failures that 'negative-binomial' counts up to. */
  readonly failures: number;
  /** The exponent of 'beta'. */
  readonly beta: number;
}

/** A loss with what goes with it. */
export interface ElementLoss extends Required<Pick<GcpLoss, 'value' | 'derivative' | 'lower'>> {
  /** Root mean square of the model at the start, given mean and root mean square of the data. */
  readonly start: (mean: number, size: number) => number;
  /** What data must be; undefined where anything finite will do. */
  readonly domain?: { readonly holds: (x: number) => boolean; readonly text: string };
  /** Whether value(s·x, s·m) = s²·value(x, m), so that data may be scaled. */
  readonly isSquare?: boolean;
}

/** Keeps logarithms and quotients finite where the model is 0. */
const EPS = 1e-10;

const nonnegative = { holds: (x: number): boolean => x >= 0, text: 'x ≥ 0' };
const binary = { holds: (x: number): boolean => x === 0 || x === 1, text: 'x of 0 and 1' };
const ofMean = (mean: number): number => mean;

/** Odds of a mean, away from the ends. */
const odds = (mean: number): number => {
  const p = Math.max(0.01, Math.min(mean, 0.99));
  return p / (1 - p);
};

/**
 * Negative log-likelihoods up to constants, and other divergences, with ε = 1e-10 (Hong, Kolda & Duersch 2020, table 1):
 *
 *     'normal'             (x - m)²                                          m of any sign
 *     'huber'              (x - m)² up to |x - m| = δ, then 2δ|x - m| - δ²   m of any sign
 *     'poisson'            m - x·log(m + ε)                                  m ≥ 0, x ≥ 0
 *     'poisson-log'        eᵐ - x·m                                          m the logarithm of the rate, x ≥ 0
 *     'bernoulli-odds'     log(m + 1) - x·log(m + ε)                         m ≥ 0 the odds of x = 1, x of 0 and 1
 *     'bernoulli-logit'    log(1 + eᵐ) - x·m                                 m their logarithm, x of 0 and 1
 *     'gamma'              x/(m + ε) + log(m + ε)                            m ≥ 0, x ≥ 0
 *     'rayleigh'           2·log(m + ε) + (π/4)·(x/(m + ε))²                 m ≥ 0, x ≥ 0
 *     'negative-binomial'  (k + x)·log(1 + m) - x·log(m + ε)                 m ≥ 0 odds, k failures, x ≥ 0
 *     'beta'               (m + ε)ᵝ/β - x·(m + ε)ᵝ⁻¹/(β - 1)                 m ≥ 0, x ≥ 0
 */
export function lossOf(name: GcpLossName, { delta, failures, beta }: LossParameters): ElementLoss {
  switch (name) {
    case 'normal':
      return {
        value: (x, m) => (x - m) * (x - m),
        derivative: (x, m) => 2 * (m - x),
        lower: -Infinity,
        start: (_mean, size) => size,
        isSquare: true,
      };
    case 'huber':
      return {
        value: (x, m) => {
          const distance = Math.abs(x - m);
          return distance <= delta ? distance * distance : 2 * delta * distance - delta * delta;
        },
        derivative: (x, m) => 2 * Math.max(-delta, Math.min(m - x, delta)),
        lower: -Infinity,
        start: (_mean, size) => size,
        isSquare: true,
      };
    case 'poisson':
      return {
        value: (x, m) => m - x * log(m + EPS),
        derivative: (x, m) => 1 - x / (m + EPS),
        lower: 0,
        start: ofMean,
        domain: nonnegative,
      };
    case 'poisson-log':
      return {
        value: (x, m) => exp(m) - x * m,
        derivative: (x, m) => exp(m) - x,
        lower: -Infinity,
        // Entries of either sign: rates between 1/e and e, because eᵐ of larger ones would be all of the objective, or overflow.
        start: (mean) => (mean > 0 ? Math.max(0.1, Math.min(1, Math.abs(log(mean)))) : 0.1),
        domain: nonnegative,
      };
    case 'bernoulli-odds':
      return {
        value: (x, m) => log1p(m) - x * log(m + EPS),
        derivative: (x, m) => 1 / (m + 1) - x / (m + EPS),
        lower: 0,
        start: odds,
        domain: binary,
      };
    case 'bernoulli-logit':
      return {
        value: (x, m) => softplus(m) - x * m,
        derivative: (x, m) => sigmoid(m) - x,
        lower: -Infinity,
        start: (mean) => Math.max(0.1, Math.abs(log(odds(mean)))),
        domain: binary,
      };
    case 'gamma':
      return {
        value: (x, m) => x / (m + EPS) + log(m + EPS),
        derivative: (x, m) => (1 - x / (m + EPS)) / (m + EPS),
        lower: 0,
        start: ofMean,
        domain: nonnegative,
      };
    case 'rayleigh':
      return {
        value: (x, m) => 2 * log(m + EPS) + (Math.PI / 4) * (x / (m + EPS)) * (x / (m + EPS)),
        derivative: (x, m) => (2 - (Math.PI / 2) * (x / (m + EPS)) * (x / (m + EPS))) / (m + EPS),
        lower: 0,
        start: ofMean,
        domain: nonnegative,
      };
    case 'negative-binomial':
      return {
        value: (x, m) => (failures + x) * log1p(m) - x * log(m + EPS),
        derivative: (x, m) => (failures + x) / (1 + m) - x / (m + EPS),
        lower: 0,
        start: (mean) => mean / failures,
        domain: nonnegative,
      };
    case 'beta':
      return {
        value: (x, m) => pow(m + EPS, beta) / beta - (x * pow(m + EPS, beta - 1)) / (beta - 1),
        derivative: (x, m) => pow(m + EPS, beta - 1) - x * pow(m + EPS, beta - 2),
        lower: 0,
        start: ofMean,
        domain: nonnegative,
      };
  }
}

/** A loss of the user's own in the form of the others. */
export function ownLoss({ value, derivative, lower = -Infinity, start = 1 }: GcpLoss): ElementLoss {
  return { value, derivative, lower, start: () => start };
}
