import { erfc } from '@neuronseek/tensor/math';

/** A range of numbers, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval for a probability of which `successes` of `trials` are known: centre (p + z²/2n)/(1 + z²/n), half width
 * z·√(p(1 − p)/n + z²/4n²)/(1 + z²/n). It is never empty and never leaves [0, 1]; without trials it is [0, 1].
 *
 * Throws a RangeError for counts that are none, and a confidence not between 0 and 1. Source: Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927).
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (!Number.isSafeInteger(trials) || trials < 0) {
    throw new RangeError(`wilsonInterval: trials must be an integer from 0: got ${trials}`);
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(
      `wilsonInterval: successes must be an integer from 0 to ${trials}, the trials: got ${successes}`,
    );
  }
  checkConfidence('wilsonInterval', confidence);
  if (trials === 0) return { low: 0, high: 1 };
  const z = twoSidedQuantile(confidence);
  const p = successes / trials;
  const share = (z * z) / trials;
  const centre = (p + share / 2) / (1 + share);
  const half = (z * Math.sqrt((p * (1 - p)) / trials + share / (4 * trials))) / (1 + share);
  // At the ends the formula gives 0 and 1 but for rounding.
  return { low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}

/** An error by `op` unless the confidence is between 0 and 1. */
export function checkConfidence(op: string, confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`${op}: confidence must be between 0 and 1: got ${confidence}`);
  }
}

/** z with P(|N(0, 1)| ≤ z) = confidence, by bisection: erfc(z/√2) falls from 1 at 0 to less than any such rest at 40. */
function twoSidedQuantile(confidence: number): number {
  const rest = 1 - confidence;
  let [low, high] = [0, 40];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (erfc(middle / Math.SQRT2) > rest) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
