import { atan, cos, sin } from '@neuronseek/tensor/math';

/**
 * The t with P(|T| ≤ t) = confidence for Student's T with so many degrees of freedom, by bisection of the finite sums for the probability
 * (Abramowitz and Stegun 26.7.3 and 26.7.4).
 */
export function studentQuantile(confidence: number, degrees: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (central(middle, degrees) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * (sin(low) / cos(low));
}

/** P(|T| ≤ t) as a function of t. */
export function studentCentral(t: number, degrees: number): number {
  return central(atan(Math.abs(t) / Math.sqrt(degrees)), degrees);
}

/** P(|T| ≤ √ν·tan θ). */
function central(theta: number, degrees: number): number {
  const c = cos(theta);
  const odd = degrees % 2 === 1;
  let term = odd ? c : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * c * c;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sin(theta) * sum) : sin(theta) * sum;
}
