import { flatten } from '@neuronseek/tensor';
import { parameterOf } from '../constructions/exact-layers.js';
import type { Network } from '../constructions/network.js';
import { add, compare, divide, multiply, negate, type Rational, zero } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';

/** A bend of a piecewise linear function: where, and by how much slope and intercept change there. */
interface Bend {
  readonly at: Rational;
  readonly slope: Rational;
  readonly intercept: Rational;
}

/** A one-hidden-layer ReLU network of one input, read from its weights as slopes and intercepts. */
export interface Hinges {
  /** Ascending. */
  readonly bends: readonly Bend[];
  /** Left of all bends. */
  readonly slope: Rational;
  readonly intercept: Rational;
}

/** Whether h has layers to read. */
export function isNetwork(h: Approximant): h is Network {
  return 'layers' in h && 'variables' in h;
}

/** The hinges of linear(1, n), relu, linear(n, 1); undefined for a network of another form. */
export function hingesOf({ layers, variables: { params } }: Network): Hinges | undefined {
  const [first, middle, last] = layers;
  const fits =
    layers.length === 3 &&
    first.kind === 'linear' &&
    first.inputs === 1 &&
    middle.kind === 'activation' &&
    middle.name === 'relu' &&
    last.kind === 'linear' &&
    last.outputs === 1;
  if (!fits) return undefined;
  const numbers = (i: number, name: string): Rational[] =>
    Array.from(flatten(parameterOf(params, i, name)), toRational);
  const [weights, offsets, heights] = [numbers(0, 'weight'), numbers(0, 'bias'), numbers(2, 'weight')];
  const bends: Bend[] = [];
  let slope = zero;
  let [intercept] = numbers(2, 'bias');
  weights.forEach((w, i) => {
    const unit = { slope: multiply(heights[i], w), intercept: multiply(heights[i], offsets[i]) };
    if (w.numerator === 0n) {
      if (offsets[i].numerator > 0n) intercept = add(intercept, unit.intercept);
      return;
    }
    const at = divide(negate(offsets[i]), w);
    if (w.numerator > 0n) {
      bends.push({ at, ...unit });
    } else {
      // Active on the left: it starts switched on and is switched off at its bend.
      slope = add(slope, unit.slope);
      intercept = add(intercept, unit.intercept);
      bends.push({ at, slope: negate(unit.slope), intercept: negate(unit.intercept) });
    }
  });
  return { bends: bends.sort((p, q) => compare(p.at, q.at)), slope, intercept };
}

/** Values of hinges at ascending points, in one sweep. */
export function hingeValues({ bends, slope, intercept }: Hinges, points: readonly Rational[]): Rational[] {
  let next = 0;
  return points.map((x) => {
    while (next < bends.length && compare(bends[next].at, x) <= 0) {
      slope = add(slope, bends[next].slope);
      intercept = add(intercept, bends[next].intercept);
      next++;
    }
    return add(multiply(slope, x), intercept);
  });
}
