import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { checkNeuron } from './check-neuron.js';
import { checkCount } from './check-structure.js';
import { equivalentPolynomials, equivalentPolynomialsDefaults } from './exact/equivalent-polynomials.js';
import { isPolynomial } from './exact/is-polynomial.js';
import { compareSamples, type Witness } from './expressions/equivalence/compare-samples.js';
import { decideExactly } from './expressions/equivalence/decide-exactly.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import type { Neuron } from './neuron.js';
import { toExpressionNeuron } from './text/to-expression-neuron.js';

/** Options of {@link equivalent}. */
export interface EquivalentOptions {
  /** Points that must agree. Default: 256. */
  readonly samples?: number;
  /** Every input is drawn from this interval. Default: none, from several intervals between −10 and 10 in turn. */
  readonly range?: readonly [number, number];
  /** Relative differences up to this are none; above 0 nothing is decided exactly. Default: 0. */
  readonly tolerance?: number;
  /** Decides the points. Default: key(0). */
  readonly key?: Key;
  /** As in `expand`: what is longer is compared by values. Default: 200000. */
  readonly maxMonomials?: number;
}

/** Defaults of {@link equivalent}. */
export const equivalentDefaults: {
  readonly samples: number;
  readonly tolerance: number;
  readonly key: Key;
  readonly maxMonomials: number;
} = {
  samples: 256,
  tolerance: 0,
  key: /* @__PURE__ */ keyOf(0),
  maxMonomials: equivalentPolynomialsDefaults.maxMonomials,
};

/** What {@link equivalent} returns. */
export interface Equivalence {
  readonly equivalent: boolean;
  /** 'exact' where the answer is proved by algebra, 'sampled' where values were compared. */
  readonly method: 'exact' | 'sampled';
  /** A point at which the neurons differ for certain. An exact 'no' may come without one, and so does 'no point of a common domain was found'. */
  readonly witness?: Witness;
  /** Points that agreed. */
  readonly samples: number;
  /** Neurons that differ visibly on a larger share than this of where points are drawn pass with a probability below 1 in 1000; 0 for proofs. */
  readonly bound: number;
  /** The largest difference that the comparison could not have seen, relative to values above 1 and absolute below; 0 for proofs. */
  readonly resolution: number;
}

/** Monomials that formulas with functions in them are multiplied out to. */
const mostWithFunctions = 2000;

/**
 * Whether two neurons are the same function of their inputs wherever both are defined, output by output: x·(1 + x) and x² + x, sin² + cos² and 1, x/x and
 * 1, log(x²) and 2·log x. Names of features do not matter; neurons of different numbers of inputs or outputs are not equivalent.
 *
 * Every number is taken for the rational that it is. Polynomials are decided exactly, see `equivalentPolynomials`; rational functions by
 * cross-multiplication; formulas with functions in them where they are equal as rational functions of what the functions of equal arguments give. All
 * others are compared at random points by interval arithmetic, so that rounding is never taken for a difference: a `witness` proves that they differ. That they
 * agree is no proof, and there is none in general (Richardson 1968): analytic formulas that differ do so at almost every point, but maybe by less than
 * `resolution`; formulas with pieces (abs) may differ on a set that no point fell into, whose share `bound` limits with confidence 0.999.
 *
 * `tolerance` serves formulas with fitted constants. Throws what the constructors of the neurons would, and a RangeError for options out of range.
 * Cost: that of `expand` for polynomials, else of a few hundred to a few thousand evaluations.
 */
export function equivalent(a: Neuron, b: Neuron, options: EquivalentOptions = {}): Equivalence {
  const { samples = equivalentDefaults.samples, tolerance = equivalentDefaults.tolerance, range } = options;
  const { key = equivalentDefaults.key, maxMonomials = equivalentDefaults.maxMonomials } = options;
  checkCount('equivalent', 'samples', samples);
  checkCount('equivalent', 'maxMonomials', maxMonomials);
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw new RangeError(`equivalent: tolerance must be at least 0 and below 1: got ${tolerance}`);
  }
  if (range && !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1])) {
    throw new RangeError(`equivalent: range must be two finite numbers in ascending sequence: got ${range.join(', ')}`);
  }
  checkEither('a.', a);
  checkEither('b.', b);
  if (a.inputs !== b.inputs || a.outputs !== b.outputs) return proof(false);
  const decided = tolerance > 0 ? undefined : decide(a, b, maxMonomials);
  if (decided === true) return proof(true);
  const [left, right] = [a, b].map(formulasOf);
  const { witness, agreed, resolution } = compareSamples(left, right, a.inputs, { samples, tolerance, range, key });
  if (decided === false) return { ...proof(false), samples: agreed, ...(witness && { witness }) };
  if (witness) return { equivalent: false, method: 'sampled', witness, samples: agreed, bound: 0, resolution: 0 };
  return {
    equivalent: agreed > 0,
    method: 'sampled',
    samples: agreed,
    bound: 1 - 0.001 ** (1 / agreed),
    resolution,
  };
}

function proof(equal: boolean): Equivalence {
  return { equivalent: equal, method: 'exact', samples: 0, bound: 0, resolution: 0 };
}

function checkEither(at: string, neuron: Neuron): void {
  if (neuron.kind === 'polynomial') checkNeuron('equivalent', at, neuron);
  else checkExpressionNeuron('equivalent', at, neuron);
}

/** True and false are proved; undefined: only values can tell. */
function decide(a: Neuron, b: Neuron, maxMonomials: number): boolean | undefined {
  if (isPolynomial(a) && isPolynomial(b)) {
    try {
      return equivalentPolynomials(a, b, { maxMonomials });
    } catch (error) {
      // They agree modulo a prime, and are too long to be multiplied out.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
  const [left, right] = [a, b].map(formulasOf);
  const limit = Math.min(maxMonomials, mostWithFunctions);
  let all: boolean | undefined = true;
  for (const [c, formula] of left.entries()) {
    const equal = decideExactly(formula, right[c], a.inputs, limit);
    if (equal === false) return false;
    if (equal === undefined) all = undefined;
  }
  return all;
}

function formulasOf(neuron: Neuron): ExpressionNeuron['expressions'] {
  return neuron.kind === 'polynomial' ? toExpressionNeuron(neuron).expressions : neuron.expressions;
}
